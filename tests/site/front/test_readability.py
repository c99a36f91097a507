"""All that the public reads is within a reading age of 9, and what young people read is easier still."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.template import Template
from django.test.signals import template_rendered
from tests.factories.public_pages import frame, limits_of, public_pages
from tests.factories.readability import ADULT, SITE_SMOG, YOUNG, Blocks, Limits, measure, syllables, too_hard, words_of
from tests.factories.sealed_front import Desk

from lastpiece.site.settings import front as front_settings

TEMPLATES = Path(front_settings.__file__).parents[1] / "front" / "templates" / "front"
SYLLABLES = {
    1: "make locked names trained gone tried asked drugs hours owes whole those there does judge style eye true",
    2: "table wanted boxes places river browser message weather question danger station playing window bottles apple "
    "quiet money carry police noises agreed user value guidelines pictures",
    3: "computer family arrested messages internet decided library history slavery area violence serious "
    "organised previous actual somebody restaurants",
    4: "information situation material usually anonymous accessible",
}


@contextmanager
def rendered() -> Iterator[set[str]]:
    """Collect the names of the templates that are drawn."""
    names: set[str] = set()

    def note(template: Template, **_: object) -> None:
        names.add(template.name or "")

    template_rendered.connect(note, weak=False)
    try:
        yield names
    finally:
        template_rendered.disconnect(note)


def test_every_public_page_in_every_state_is_easy_to_read(desk: Desk) -> None:
    with rendered() as names:
        pages = list(public_pages(desk))
    hard = [
        f"{name}: {fault}" for name, page in pages for fault in too_hard(Blocks(page, "main").found, limits_of(name))
    ]
    hard += [f"frame: {fault}" for fault in too_hard(Blocks(frame(dict(pages)["home"])).found, ADULT)]
    assert not hard, "\n".join(dict.fromkeys(hard))
    whole = measure([block for _, page in pages for block in Blocks(page, "main").found])
    assert whole.smog <= SITE_SMOG
    assert {f"front/{path.name}" for path in TEMPLATES.glob("*.html")} - names == set(), "pages that nobody measured"


def test_syllables_are_counted_as_they_are_spoken() -> None:
    for count, words in SYLLABLES.items():
        assert {word: syllables(word) for word in words.split()} == dict.fromkeys(words.split(), count)


def test_the_formulas_give_what_their_authors_say() -> None:
    # 10 words, 2 sentences, 13 syllables, 44 letters, worked out by hand
    text = measure(["We read what you send. Nobody knows your seven words."])
    assert (text.words, text.sentences, text.syllables, text.letters) == (10, 2, 13, 42)
    assert text.flesch_kincaid == pytest.approx(0.39 * 5 + 11.8 * 1.3 - 15.59)
    assert text.coleman_liau == pytest.approx(0.0588 * 420 - 0.296 * 20 - 15.8)
    assert text.smog == pytest.approx(3.1291 + 1.0430 * (30 / 2) ** 0.5)
    assert text.long_words == ("nobody",)


@pytest.mark.parametrize("limits", [ADULT, YOUNG])
def test_the_law_finds_an_officials_sentence(limits: Limits) -> None:
    official = (
        "Information submitted anonymously will subsequently be evaluated by appropriately qualified personnel in "
        "accordance with organisational procedures before any operational dissemination is authorised."
    )
    faults = too_hard([official, "Tell us what you know."], limits)
    assert any(fault.startswith("Flesch") for fault in faults)
    assert any(fault.startswith("Coleman") for fault in faults)
    assert any(official.rstrip(".") in fault for fault in faults)


def test_a_label_makes_no_page_easier_and_a_name_or_a_number_makes_none_harder() -> None:
    page = "<main><p>Tell us what you saw at home.</p><button>Send</button><textarea>organisational</textarea></main>"
    assert measure(Blocks(page, "main").found).sentences == 1
    assert words_of("Call Childline on 0800 1111") == ["Call", "Anna", "on", "five"]
    said = Blocks('<main><textarea data-empty="Write what you know here."></textarea></main>', "main").found
    assert said == ["Write what you know here."]
