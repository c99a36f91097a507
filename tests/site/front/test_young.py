"""The young people's door: who it lets in, what it never asks, who helps, and what it keeps of an age."""

import re
from html import unescape

import pytest
from django.test import Client
from tests.factories.public_pages import public_pages
from tests.factories.sealed_front import Desk

from lastpiece.site.parts.doors import ADULT, YOUNG
from lastpiece.tell.words import words_from

SEED = "ab" * 32
NEVER_ASKED = {"contact", "where", "how", "phones", "vehicles"}
PUSHING = (
    "well done",
    "almost there",
    "nearly",
    "keep going",
    "don't stop",
    "streak",
    "reward",
    "points",
    "hurry",
    "%",
)


def at(visitor: Client, **posted: str) -> str:
    return visitor.post("/young", posted).content.decode()


def heading(page: str) -> str:
    found = re.search(r"<h1[^>]*>(.*?)</h1>", page, re.DOTALL)
    assert found
    return unescape(re.sub(r"<[^>]+>", "", found[1])).strip()


def test_the_first_page_leads_to_it(visitor: Client) -> None:
    page = visitor.get("/").content.decode()
    assert '<a class="govuk-link" href="/young">I am 11 to 17</a>' in page
    assert heading(visitor.get("/young").content.decode()) == "How old are you?"


@pytest.mark.parametrize("language", ["", "/ar"])
def test_whoever_is_too_young_for_a_form_finds_help_from_the_first_page_in_one_step(
    visitor: Client, language: str
) -> None:
    home = visitor.get(f"{language}/").content.decode()
    links = re.findall(rf'<a class="govuk-link" href="({language}/young[^"]*)">([^<]*)</a>', home)
    assert [address for address, _ in links] == [f"{language}/young", f"{language}/young/help"]
    assert "10" in links[1][1]
    page = visitor.get(links[1][0]).content.decode()
    for number in ("0800 1111", "999", "116 000", "85258"):
        assert number in page
    assert "<textarea" not in page
    assert "<form" not in page.partition("<main")[2]
    assert f'href="{language}/" class="govuk-back-link"' in page
    assert f'href="{"/ar" if not language else ""}/young/help"' in page, "and in another language"


@pytest.mark.parametrize(
    ("age", "told"),
    [("under", "Talk to someone now"), ("young", "You can tell us here"), ("over", "Before you start")],
)
def test_how_old_somebody_is_decides_the_page(visitor: Client, desk: Desk, age: str, told: str) -> None:
    page = at(visitor, step="age", age=age)
    assert heading(page) == told
    assert desk.spool.waiting() == []
    assert f'value="{age}"' not in page, "the age goes no further"
    assert ('action="/tell"' in page) == (age == "over")


@pytest.mark.parametrize("age", ["", "12", "young<script>"])
def test_without_an_age_it_asks_again(visitor: Client, age: str) -> None:
    page = at(visitor, step="age", age=age)
    assert heading(page) == "How old are you?"
    assert "Choose how old you are" in page


def test_whoever_is_ten_or_under_is_shown_who_helps_and_no_form(visitor: Client) -> None:
    page = at(visitor, step="age", age="under")
    assert "<textarea" not in page
    for number in ("0800 1111", "999", "116 000", "85258"):
        assert number in page
    assert "grown-up you trust" in page


def test_it_asks_for_no_way_to_be_reached_no_place_and_not_how_one_knows(visitor: Client, desk: Desk) -> None:
    assert not NEVER_ASKED & set(YOUNG.by_key)
    sent = at(visitor, seed=SEED, step="check", go="send", what="He has a knife", where="here", contact="07700 900123")
    assert "It is sent" in sent
    (report,) = desk.opened()
    assert report.answers == {"what": "He has a knife"}
    assert (report.channel, report.form_version) == ("young", "young-1")
    assert b"young" not in b"".join(desk.spool.read(name) for name in desk.spool.waiting())


def test_help_comes_first_on_every_page_and_nothing_pushes(desk: Desk) -> None:
    pages = {name: page for name, page in public_pages(desk) if name.startswith("young") and "not taken" not in name}
    assert len(pages) > 15
    for name, page in pages.items():
        main = page.partition("<main")[2].partition("</main>")[0]
        text = re.sub(r"<[^>]+>", " ", main).casefold()
        assert "0800 1111" in text, name
        if name not in {"young: under", "young/help"}:
            assert main.index("0800 1111") < main.index("<h1"), name
        assert "999" in text, name
        assert not [word for word in PUSHING if word in text], name
        assert "question 1 of" not in text, name


def test_each_box_says_who_reads_it_and_what_they_must_do(visitor: Client) -> None:
    for question in YOUNG.questions:
        page = at(visitor, seed=SEED, what="x", step="check", go=question.change)
        box = page.index("<textarea")
        described = re.search(r'<textarea[^>]* aria-describedby="([^" ]+)', page)
        assert described
        hint = page[page.index(f'id="{described[1]}"') : box]
        assert "Who reads this?" in hint
        assert "keep them safe" in " ".join(hint.split())


def test_the_receipt_says_when_and_who_helps_in_its_own_words(visitor: Client) -> None:
    page = " ".join(at(visitor, seed=SEED, step="check", go="send", what="x").split())
    assert page.count('class="words__word"') == 7
    for part in ("At once, day or night", "Within 72 hours", "Once a day", "ask for help for that child", "85258"):
        assert part in page


def test_young_people_who_meet_a_closed_site_are_told_who_helps(visitor: Client, desk: Desk) -> None:
    (desk.home / "front" / "root.pub").unlink()
    assert heading(visitor.get("/young").content.decode()) == "How old are you?"
    closed = visitor.post("/young", {"step": "age", "age": "young"})
    assert closed.status_code == 503
    assert "0800 1111" in closed.content.decode()
    kept = visitor.post("/young", {"seed": SEED, "step": "check", "go": "send", "what": "Still here"})
    assert kept.status_code == 503
    assert "Still here" in kept.content.decode()
    assert 'action="/young"' in kept.content.decode()


def test_the_front_cannot_tell_whose_mailbox_is_a_childs(visitor: Client) -> None:
    words = " ".join(words_from(bytes.fromhex(SEED)))
    at(visitor, seed=SEED, step="check", go="send", what="x")
    page = visitor.post("/mailbox", {"words": words}).content.decode()
    assert "young" not in page.partition("<main")[2].replace('href="/young"', "")
    assert "0800 1111" in page
    added = visitor.post("/mailbox", {"words": words, "go": "add", "message": "more", "seed": SEED}).content.decode()
    assert "0800 1111" in added


def test_the_two_doors_ask_under_the_same_names(visitor: Client) -> None:
    assert set(YOUNG.by_key) < set(ADULT.by_key)
