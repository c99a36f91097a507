"""Every sentence the public reads stands in every language, whole, and with what is put into it unharmed."""

import re
from collections import Counter
from pathlib import Path

import messages
import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.plurals import get_plural

from lastpiece.site.pack.loading import LANGUAGES

FOUND = messages.sentences()
CATALOGUES = {language: messages.read(language) for language in messages.LANGUAGES}
PUT_IN = re.compile(r"%\(\w+\)s|\{\w*\}|%%")
TAG = re.compile(r"</?[a-z][^>]*>")
DIGITS = re.compile(r"[0-9]+(?: [0-9]+)*")
NAMES = ("Childline", "JavaScript", "PDF", "Equality Advisory and Support Service", "Mill Road", "KV19", "Duke")
"""What is called the same in every language."""
SAME_IN_ENGLISH = {"Beta", "Start", "{age} or under", "%(first)s to %(last)s"}


MADE_BY_DJANGO = re.compile(r"{#.*?#}|{%\s*comment.*?%}.*?{%\s*endcomment\s*%}", re.DOTALL)
FOR_MACHINES = re.compile(r"{% block (robots|lang) %}.*?{% endblock %}")
TRANSLATED = re.compile(r"{%\s*blocktranslate.*?%}.*?{%\s*endblocktranslate\s*%}", re.DOTALL)
SPOKEN_ATTRIBUTE = re.compile(r"(?:aria-label|alt|title|placeholder)=\"[^\"]*[A-Za-z]{2,}[^\"]*\"")
TAG_WITH_QUOTES = re.compile(r"<(?:[^>\"']|\"[^\"]*\"|'[^']*')*>", re.DOTALL)


def entries(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def texts(message: Message) -> tuple[str, ...]:
    """Return every form of a translation."""
    return every_form(message.string)


def english(message: Message) -> tuple[str, ...]:
    return every_form(message.id)


def every_form(text: object) -> tuple[str, ...]:
    return tuple(map(str, text)) if isinstance(text, tuple | list) else (str(text or ""),)


def test_the_catalogues_the_packs_languages_and_the_sites_are_the_same() -> None:
    from lastpiece.site.settings import front  # noqa: PLC0415 - settings are read when this is asked

    assert set(messages.LANGUAGES) == set(LANGUAGES) == {code for code, _ in front.LANGUAGES} - {"en"}
    assert {path.name for path in messages.LOCALE.iterdir()} == set(LANGUAGES)


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_a_catalogue_holds_exactly_the_sentences_of_the_site(language: str) -> None:
    held = {(message.context, message.id) for message in entries(CATALOGUES[language])}
    found = {(message.context, message.id) for message in entries(FOUND)}
    assert sorted(map(str, found - held)) == [], "run `make messages` and translate what is new"
    assert sorted(map(str, held - found)) == [], "run `make messages`: nobody says this any more"


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_every_sentence_is_translated_in_every_form(language: str) -> None:
    forms = get_plural(language).num_plurals
    gaps = [
        message.id
        for message in entries(CATALOGUES[language])
        if not all(texts(message))
        or message.fuzzy
        or len(texts(message)) != (forms if isinstance(message.id, tuple) else 1)
    ]
    assert gaps == []


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_what_is_put_into_a_sentence_and_its_tags_are_those_of_the_english(language: str) -> None:
    wrong = []
    for message in entries(CATALOGUES[language]):
        for pattern in (PUT_IN, TAG):
            wanted = Counter(pattern.findall(english(message)[-1]))
            wrong += [text for text in texts(message) if Counter(pattern.findall(text)) != wanted]
    assert wrong == []


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_numbers_to_ring_and_names_are_the_same_in_every_language(language: str) -> None:
    wrong = []
    for message in entries(CATALOGUES[language]):
        source = english(message)[-1]
        for text in texts(message):
            if "999" in source and "999" not in text:
                wrong.append(text)
            wrong += [f"{name}: {text}" for name in NAMES if name in source and name not in text]
    assert wrong == []


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_no_translation_is_the_english_left_as_it_was(language: str) -> None:
    same = [message.id for message in entries(CATALOGUES[language]) if message.id == message.string]
    assert set(same) <= SAME_IN_ENGLISH


def test_arabic_is_in_arabic_letters() -> None:
    latin = [
        message.string
        for message in entries(CATALOGUES["ar"])
        if all(texts(message)) and not any("\u0600" <= letter <= "\u06ff" for text in texts(message) for letter in text)
    ]
    assert latin == []


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_no_translation_speaks_as_the_police_write(language: str) -> None:
    """The words the English must not use, as each language would say them."""
    banned = {
        "cy": r"digwyddiad|cudd-wybodaeth|dan amheuaeth",
        "pl": r"\bincydent|wywiad\b|podejrzan",
        "ro": r"\bincident|informații operative|suspect",
        "ar": r"مشتبه|استخبارات",
    }
    found = [
        text
        for message in entries(CATALOGUES[language])
        for text in texts(message)
        if re.search(banned[language], text, re.IGNORECASE)
    ]
    assert found == []


def test_the_extractor_finds_a_sentence_in_a_template_an_argument_and_in_python(tmp_path: Path) -> None:
    template = tmp_path / "page.html"
    template.write_text(
        '{% load i18n %}{% translate "One" %}{% button _("Two") %}'
        "{% blocktranslate trimmed count hours=3 %}{{ hours }} hour{% plural %}{{ hours }} hours{% endblocktranslate %}"
    )
    python = tmp_path / "page.py"
    python.write_text('text = _("Three")\nngettext("a day", "{n} days", 2)\n')
    found = {
        messages.split(function, message)[1]
        for file in (template, python)
        for _line, function, message, _comments in extract_python(messages.readable(file), messages.KEYWORDS, [], {})
    }
    assert found == {"One", "Two", ("%(hours)s hour", "%(hours)s hours"), "Three", ("a day", "{n} days")}


@pytest.mark.parametrize(
    "page", sorted((messages.SITE / "front/templates").rglob("*.html")), ids=lambda page: page.name
)
def test_no_template_says_something_outside_of_translation(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for made in (MADE_BY_DJANGO, FOR_MACHINES, TRANSLATED, re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)):
        text = made.sub(" ", text)
    assert SPOKEN_ATTRIBUTE.findall(text) == []
    for markup in (re.compile(r"<kbd>.*?</kbd>"), TAG_WITH_QUOTES, re.compile(r"[\w-]+=\"[^\"]*\"")):
        text = markup.sub(" ", text)
    assert re.findall(r"[A-Za-z]{2,}", text) == []


@pytest.mark.parametrize(
    "page", sorted((messages.SITE / "front/templates").rglob("*.html")), ids=lambda page: page.name
)
def test_no_template_writes_an_address_of_ours_by_hand(page: Path) -> None:
    assert re.findall(r"(?:href|action|src)=\"/[^\"]*\"", page.read_text(encoding="utf-8")) == []
