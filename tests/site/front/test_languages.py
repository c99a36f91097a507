"""Every page stands in every language the pack offers; the address alone decides, and what was typed is kept."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from tests.factories.public_pages import ONE_FILE, SEED, WORDS, Visitor, public_pages
from tests.factories.sealed_front import Desk

from lastpiece.site.front import current, languages, warming
from lastpiece.site.parts.assets import AssetMissing
from lastpiece.site.settings import env
from lastpiece.tell.mail import MailLayout, make_mail
from lastpiece.tell.mailbox import open_mailbox, seal_reply
from lastpiece.tell.words import words_from

TODAY = datetime.now(UTC).date()  # noqa: TID251 - the pages read the clock
FOREIGN = ("cy", "pl", "ro", "ar")
DRAFTS = ("pl", "ro", "ar")
VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
SEVERAL_WORDS = re.compile(r"[A-Za-z’']+(?:[ ,.]+[A-Za-z’']+){2,}")
SAME = ("Equality Advisory and Support Service", "Information Commissioner’s Office")
TYPED = "Blue van\nat nine <b>&\u202e"
KEPT = "Blue van\nat nine &lt;b&gt;&amp;\u202e"


class Said(HTMLParser):
    """What a page says: its texts and spoken attributes, each with whether it is marked as English."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = []
        self.said: list[tuple[str, bool]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        lang = named.get("lang") or (self.open[-1][1] if self.open else "")
        self.said += [
            (value, lang.startswith("en"))
            for name, value in attrs
            if value
            and not value.startswith(("https:", "/"))
            and (name in {"aria-label", "title", "alt", "placeholder"} or name.startswith("data-"))
        ]
        if tag not in VOID:
            self.open.append((tag, lang))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        tag, lang = self.open[-1] if self.open else ("", "")
        if tag not in {"script", "style", "textarea"}:
            self.said.append((" ".join(data.split()), lang.startswith("en")))

    def sentences(self) -> set[str]:
        """Return the runs of three words or more that are not marked as English."""
        return {text for text, english in self.said if not english and SEVERAL_WORDS.search(text)}


@pytest.fixture
def fresh_pack() -> Iterator[None]:
    current.whole_pack.cache_clear()
    yield
    current.whole_pack.cache_clear()


BANNER = {
    "pl": "Nikt jeszcze nie sprawdził tego tłumaczenia",
    "ro": "Nimeni nu a verificat încă această traducere",
    "ar": "لم يراجع أحد هذه الترجمة بعد",
}


def test_every_page_in_every_state_speaks_its_language_alone_and_says_whether_anyone_checked_it(desk: Desk) -> None:
    english: set[str] = set()
    for language in ("en", *FOREIGN):
        for name, page in public_pages(desk, language):
            if not page.startswith("<!DOCTYPE"):
                continue  # what the desk writes to tellers, which is in English
            said = Said(page)
            if language == "en":
                english |= {text for text, _ in said.said if SEVERAL_WORDS.search(text)}
            else:
                left = {text for text in said.sentences() & english if not any(same in text for same in SAME)}
                assert left == set(), f"{language}, {name}"
            stands_in(page, language, name)


def stands_in(page: str, language: str, name: str) -> None:
    """Check what stands around a page in one language."""
    rtl = language == "ar"
    lang = "en-GB" if language == "en" else language
    assert f'<html lang="{lang}" dir="{"rtl" if rtl else "ltr"}"' in page, name
    if name == "capture":
        return  # one file for a tablet: it holds its sheet, has no other page beside it, and staff ask the questions
    assert re.findall(r"vendor/(front[.a-z]*css)", page) == ["front.rtl.css" if rtl else "front.css"], name
    assert [code for code, text in BANNER.items() if text in page] == [language] * (language in DRAFTS), name
    assert re.findall(r'="[0-9]+,[0-9]+"', page) == [], f"{name}: a drawing with a number in words of the language"
    ways = re.findall(r"(?:href|action|formaction)=\"(/[^\"]*)\"", page)
    ours = {way for way in ways if not way.startswith(("/static/", "/leave", "/brand.css"))}
    elsewhere = {way for way in ours if languages.language_of(way) != language}
    navigation = re.search(r'<nav class="language-navigation".*?</nav>', page, re.DOTALL)
    assert all(navigation and f'"{way}"' in navigation[0] for way in elsewhere), name


@pytest.mark.parametrize("page", ["/", "/tell", "/tell/one-page", "/young", "/signs/deal-line", "/mailbox", "/nowhere"])
def test_every_page_that_can_be_asked_for_leads_to_itself_in_each_language(visitor: Client, page: str) -> None:
    for language in ("en", *FOREIGN):
        answer = visitor.get(languages.in_language(page, language))
        text = answer.content.decode()
        navigation = text.split('<nav class="language-navigation"')[1].split("</nav>")[0]
        assert re.findall(r'aria-current="true">([^<]+)<', navigation) == [languages.NAMES[language]]
        for other in {"en", *FOREIGN} - {language}:
            assert f'"{languages.in_language(page, other)}"' in navigation
            assert f'lang="{other}"' in navigation
        assert answer["Content-Language"] == language
        assert "Vary" not in answer


def test_neither_a_cookie_nor_the_browsers_languages_decide(visitor: Client) -> None:
    plain = visitor.get("/privacy").content
    visitor.cookies["django_language"] = "cy"
    asked = visitor.get("/privacy", HTTP_ACCEPT_LANGUAGE="cy,ar;q=0.9").content
    visitor.cookies.clear()
    assert asked == plain
    assert b"Ffoniwch" not in plain


def test_what_is_no_page_has_one_address(visitor: Client) -> None:
    for address in ("/leave", "/brand.css", "/key.json", "/scripts.json"):
        assert visitor.get(address).status_code in (200, 303)
        assert visitor.get(f"/cy{address}").status_code == 404
    assert 'href="/leave"' in visitor.get("/cy/").content.decode()


@pytest.mark.parametrize("address", ["/de/", "/en/", "/EN/", "/cy/cy/", "/cyx", "/cy/nowhere"])
def test_an_address_in_no_language_of_ours_is_no_page(visitor: Client, address: str) -> None:
    assert visitor.get(address).status_code == 404


def test_a_language_typed_from_a_poster_needs_no_stroke_at_its_end(visitor: Client) -> None:
    answer = visitor.get("/cy")
    assert answer.status_code == 200
    assert '<html lang="cy"' in answer.content.decode()


def test_a_language_the_pack_does_not_offer_is_not_there(
    visitor: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fresh_pack: None
) -> None:
    from lastpiece.site.pack.loading import SHIPPED  # noqa: PLC0415 - beside its only use

    pack = tmp_path / "pack"
    pack.mkdir()
    for name in ("signs", "cy"):
        (pack / name).symlink_to(SHIPPED / name)
    text = (SHIPPED / "pack.yaml").read_text(encoding="utf-8").split("\nlanguages:")[0]
    (pack / "pack.yaml").write_text(f"{text}\nlanguages:\n  cy: complete\n", encoding="utf-8")
    monkeypatch.setattr(env, "PACK", str(pack))
    page = visitor.get("/").content.decode()
    assert "Cymraeg" in page
    assert "Polski" not in page
    assert visitor.get("/cy/").status_code == 200
    missing = visitor.get("/pl/")
    assert missing.status_code == 404
    assert '<html lang="en-GB"' in missing.content.decode()
    (pack / "pack.yaml").write_text(f"{text}\nlanguages: {{}}\n", encoding="utf-8")
    current.whole_pack.cache_clear()
    assert "language-navigation" not in visitor.get("/").content.decode()


@pytest.mark.parametrize(
    ("address", "sent"),
    [
        ("/tell", {"step": "what", "what": TYPED, "where": TYPED}),
        ("/tell", {"step": "contact", "checking": "yes", "what": "x", "contact": TYPED}),
        ("/tell", {"step": "check", "what": TYPED}),
        ("/tell", {"step": "start", "what": TYPED}),
        ("/tell", {"step": "files", "what": TYPED, "files": ONE_FILE}),
        ("/young", {"step": "what", "what": TYPED}),
        ("/young", {"step": "check", "what": TYPED}),
        ("/tell/one-page", {"step": "page", "what": TYPED, "who": TYPED}),
        ("/feedback", {"feedback": TYPED}),
        ("/mailbox", {"words": TYPED}),
        ("/mailbox", {"words": WORDS, "at": "open", "message": TYPED}),
    ],
)
@pytest.mark.parametrize("language", ["cy", "ar"])
def test_changing_the_language_in_the_middle_keeps_what_was_typed(
    visitor: Client, desk: Desk, address: str, sent: dict[str, str], language: str
) -> None:
    seed = {} if sent.get("words") == TYPED else {"seed": SEED}
    answer = visitor.post(languages.in_language(address, language), {**sent, **seed, "language": language})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert f'<html lang="{language}"' in page
    assert KEPT in page
    assert "govuk-error-summary" not in re.sub(r"<template.*?</template>", "", page, flags=re.DOTALL)
    if seed:
        assert f'name="seed" value="{SEED}"' in page
    if "step" in sent:
        assert f'name="step" value="{sent["step"]}"' in page
    back = visitor.post(address, {**sent, **seed, "language": "en"}).content.decode()
    assert '<html lang="en-GB"' in back
    assert KEPT in back
    assert not desk.opened()


def test_an_age_that_was_chosen_stays_chosen_and_help_stays_help(visitor: Client) -> None:
    page = visitor.post("/pl/young", {"step": "age", "age": "young", "language": "pl"}).content.decode()
    assert re.search(r'value="young" checked', page)
    helped = visitor.post("/ar/young", {"step": "help", "language": "ar"}).content.decode()
    assert "0800 1111" in helped
    assert "<textarea" not in helped


def test_a_report_says_in_which_language_it_was_told(visitor: Client, desk: Desk) -> None:
    visitor.post("/ar/tell", {"seed": SEED, "what": "سيارة زرقاء", "step": "check", "go": "send"})
    (report,) = desk.opened()
    assert report.language == "ar"
    assert report.answers["what"] == "سيارة زرقاء"


def test_the_words_stay_english_and_from_left_to_right_on_an_arabic_receipt(visitor: Client) -> None:
    page = visitor.post("/ar/tell", {"seed": SEED, "what": "x", "step": "check", "go": "send"}).content.decode()
    words = page.split('<ol class="words"')[1].split("</ol>")[0]
    assert 'lang="en-GB"' in words
    assert 'dir="ltr"' in words
    assert re.findall(r"words__word\">([a-z]+)<", words) == list(words_from(bytes.fromhex(SEED)))
    assert "language-navigation" not in page


def test_typed_text_takes_its_own_direction_and_numbers_keep_theirs(visitor: Client) -> None:
    page = visitor.post("/ar/tell", {"step": "start"}).content.decode()
    assert re.search(r"<textarea[^>]* dir=\"auto\"", page)
    numbers = visitor.get("/ar/").content.decode()
    assert '<bdi dir="ltr">0800 555 111</bdi>' in numbers
    mailbox = visitor.post("/ar/mailbox", {"words": WORDS}).content.decode()
    assert ">\u20660800 1111\u2069</a>" in mailbox


def test_a_mailbox_with_mail_and_one_without_are_of_one_size_in_every_language(visitor: Client, desk: Desk) -> None:
    box = open_mailbox(words_from(bytes(32)))
    mail = make_mail({box.id: seal_reply("We read it.", box.address)}, [box.address], MailLayout(0, TODAY))
    desk.publish(**{name.replace("-", "__").replace(".", "_"): content for name, content in mail.items()})
    for language in FOREIGN:
        sizes = {
            len(visitor.post(f"/{language}/mailbox", {"words": " ".join(opened)}).content)
            for opened in (words_from(bytes(32)), words_from(bytes([1]) * 32))
        }
        assert len(sizes) == 1


def test_a_language_that_was_not_compiled_stops_the_site_before_it_answers_in_english(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    languages.check_catalogues()
    monkeypatch.setattr(settings, "LOCALE_PATHS", [tmp_path])
    with pytest.raises(AssetMissing, match=r"cy/LC_MESSAGES/django\.mo is missing"):
        languages.check_catalogues()


def test_pages_are_ready_before_they_are_asked_for_in_every_language() -> None:
    found = warming.addresses()
    assert {f"/{language}/tell" for language in FOREIGN} | {"/tell", "/ar/", "/leave"} <= set(found)


def test_the_visitor_of_these_tests_reads_what_a_browser_would(desk: Desk) -> None:
    assert '<html lang="cy"' in Visitor("cy").get("/tell").content.decode()
