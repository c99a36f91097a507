"""Sealed on the device: with every byte of the network recorded, no answer and no word leaves it but sealed."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect
from tests.factories.recording import Recording
from tests.factories.servers import Front

from lastpiece.tell.mail import MailLayout, make_mail
from lastpiece.tell.mailbox import open_mailbox, seal_reply
from lastpiece.tell.words import WORDS, words_from

TELLER = words_from(b"a teller whose phone seals, 32 b")
NOTE = "You told us about a van. Do you remember its colour?"
TOLD = {
    "what": "Zebrafinch sells from the kiosk\nafter dark",
    "where": "Quillfeather Lane",
    "when": "Most Fridays",
    "who": "A man called Oddsocks",
    "vehicles": "A blue van, ZZ19",
    "phones": "07700 900461",
    "how": "I saw it, ضع هنا 🧩",
    "at_risk": "A child of about 13",
    "contact": "Ring 07700 900123 after nine",
}


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def heading(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(text, timeout=30_000)


def skip_to_the_end(page: Page) -> None:
    while (asked := page.get_by_role("heading", level=1).inner_text()) != "Check your answers":
        press(page, "Skip this")
        expect(page.get_by_role("heading", level=1)).not_to_have_text(asked, timeout=30_000)


def words_on(page: Page) -> tuple[str, ...]:
    return tuple(word.strip() for word in page.locator(".words__word").all_inner_texts())


def tell_everything(page: Page, address: str) -> None:
    page.goto(address + "/tell")
    press(page, "I am ready")
    for key, text in TOLD.items():
        if key == "contact":
            heading(page, "Do you have a photo or a file?")
            press(page, "Skip this")
        page.locator(f"textarea[name={key}]").fill(text)
        press(page, "Continue")
    heading(page, "Check your answers")


def test_no_answer_and_no_word_leaves_the_device_but_sealed(
    front_server: Front, device: Callable[..., BrowserContext], check_axe: Callable[[Page], None], shots: Path
) -> None:
    front_server.take_all()
    page = device(width=360, height=760).new_page()
    recording = Recording()
    recording.watch(page)
    tell_everything(page, front_server.address)
    for text in TOLD.values():
        expect(page.locator("main")).to_contain_text(text.splitlines()[0])
    expect(page.locator("[data-locked=device]")).to_be_visible()
    expect(page.locator("[data-locked=arrival]")).to_be_hidden()
    page.get_by_role("button", name="Change where").click()
    expect(page.locator("textarea")).to_have_value(TOLD["where"])
    press(page, "Continue")
    check_axe(page)
    press(page, "Send")
    heading(page, "Thank you. It is sent.")
    expect(page.get_by_text("It was locked on your own device, before it was sent.")).to_be_visible()
    words = words_on(page)
    assert len(words) == 7
    assert set(words) <= set(WORDS)
    check_axe(page)
    page.screenshot(path=shots / "sealed-receipt.png", full_page=True)
    assert [text for text in TOLD.values() if recording.holds(text)] == []
    assert recording.spoke(words) == []
    assert all(set(names(body)) <= {"held", "step", "checking", "go"} for body in recording.bodies["tell"] if body)
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
    assert page.evaluate("indexedDB.databases().then(found => found.length)") == 0
    (report,) = front_server.take_all()
    assert dict(report.answers) == TOLD
    assert report.mailbox == open_mailbox(words).address
    assert (report.channel, report.form_version, report.language) == ("online", "tell-2", "en")


def names(body: bytes) -> list[str]:
    return [pair.split("=")[0] for pair in body.decode().split("&")]


def test_the_recording_would_see_an_answer_that_leaves_without_the_script(
    front_server: Front, device: Callable[..., BrowserContext]
) -> None:
    page = device().new_page()
    recording = Recording()
    recording.watch(page)
    page.route("**/seal.js*", lambda route: route.abort())
    page.goto(front_server.address + "/tell")
    press(page, "I am ready")
    page.locator("textarea").fill(TOLD["what"])
    press(page, "Continue")
    heading(page, "Where is it?")
    assert recording.holds(TOLD["what"])


def test_the_script_that_is_not_the_one_the_page_names_does_not_run_and_the_form_works_and_says_so(
    front_server: Front, device: Callable[..., BrowserContext]
) -> None:
    front_server.take_all()
    page = device().new_page()

    def other(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text() + "\n")

    page.route("**/seal.js*", other)
    page.goto(front_server.address + "/feedback")
    expect(page.locator("[data-locked=arrival]")).to_be_visible()
    page.locator("textarea").fill("Too many words")
    press(page, "Send feedback")
    heading(page, "Thank you")
    (feedback,) = front_server.take_all()
    assert (feedback.kind, dict(feedback.answers)) == ("feedback", {"what": "Too many words"})


def test_young_people_the_one_page_and_feedback_are_sealed_too(
    front_server: Front, device: Callable[..., BrowserContext]
) -> None:
    front_server.take_all()
    page = device().new_page()
    recording = Recording()
    recording.watch(page)
    page.goto(front_server.address + "/young")
    page.get_by_label("11 to 17").check()
    press(page, "Continue")
    press(page, "I am ready")
    page.locator("textarea").fill(TOLD["what"])
    press(page, "Continue")
    heading(page, "Who is it about?")
    skip_to_the_end(page)
    press(page, "Send")
    heading(page, "Thank you. It is sent.")
    page.goto(front_server.address + "/tell/one-page")
    press(page, "Send")
    expect(page.locator(".govuk-error-summary")).to_contain_text("Tell us what you know")
    assert page.title().startswith("Error: ")
    page.locator("textarea[name=what]").fill(TOLD["where"])
    press(page, "Send")
    heading(page, "Thank you. It is sent.")
    assert not page.title().startswith("Error: ")
    page.goto(front_server.address + "/feedback")
    page.locator("textarea").fill(TOLD["who"])
    press(page, "Send feedback")
    heading(page, "Thank you")
    reports = front_server.take_all()
    assert {(report.kind, report.channel, *report.answers.values()) for report in reports} == {
        ("report", "young", TOLD["what"]),
        ("report", "online", TOLD["where"]),
        ("feedback", "online", TOLD["who"]),
    }
    assert [text for text in TOLD.values() if recording.holds(text)] == []


def test_an_answer_that_is_wrong_is_explained_on_the_device_in_the_words_of_the_page(
    front_server: Front, device: Callable[..., BrowserContext], check_axe: Callable[[Page], None]
) -> None:
    page = device(width=320, height=700).new_page()
    page.goto(front_server.address + "/tell")
    press(page, "I am ready")
    press(page, "Continue")
    link = page.get_by_role("link", name="Tell us what you know, even if it is only a little")
    expect(link).to_be_visible()
    check_axe(page)
    page.locator("textarea").fill("x" * 20_005)
    press(page, "Continue")
    expect(page.locator(".govuk-error-summary")).to_contain_text("Letters over the limit: 5")
    assert page.locator(".govuk-error-message:visible").count() == 1
    page.locator("textarea").fill("x")
    press(page, "Continue")
    heading(page, "Where is it?")
    assert not page.title().startswith("Error")
    skip_to_the_end(page)
    heading(page, "Check your answers")
    page.get_by_role("button", name="Change what you know").click()
    page.locator("textarea").fill("")
    press(page, "Back")
    heading(page, "Check your answers")
    press(page, "Send")
    expect(page.locator(".govuk-error-summary")).to_contain_text("Tell us what you know")
    expect(page.locator("textarea[name=what]")).to_be_visible()


def test_a_double_click_is_one_step(front_server: Front, device: Callable[..., BrowserContext]) -> None:
    page = device().new_page()
    page.goto(front_server.address + "/tell")
    posted: list[str] = []
    page.on("request", lambda request: posted.append(request.url) if request.method == "POST" else None)
    page.get_by_role("button", name="I am ready").dblclick()
    heading(page, "What do you know?")
    page.locator("textarea").fill(TOLD["what"])
    page.get_by_role("button", name="Continue").dblclick()
    heading(page, "Where is it?")
    assert posted == [front_server.address + "/tell"] * 2


def test_the_language_may_change_in_the_middle_and_the_answers_stay_on_the_device(
    front_server: Front, device: Callable[..., BrowserContext]
) -> None:
    front_server.take_all()
    page = device().new_page()
    recording = Recording()
    recording.watch(page)
    page.goto(front_server.address + "/tell")
    press(page, "I am ready")
    page.locator("textarea").fill(TOLD["what"])
    page.get_by_role("button", name="Cymraeg").click()
    expect(page.locator("html")).to_have_attribute("lang", "cy")
    expect(page.locator("textarea")).to_have_value(TOLD["what"])
    assert recording.holds(TOLD["what"]) == []


def test_files_are_sealed_in_chunks_on_the_device_and_the_report_names_them(
    front_server: Front, device: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    front_server.take_all()
    content = bytes(range(256)) * 5000  # two chunks
    photo = tmp_path / "van.jpg"
    photo.write_bytes(content)
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    page = device().new_page()
    recording = Recording()
    recording.watch(page)
    page.goto(front_server.address + "/tell/one-page")
    page.locator("textarea[name=what]").fill(TOLD["what"])
    page.locator("input[type=file]").set_input_files([photo, empty])
    expect(page.locator("[data-files-list]")).to_contain_text("van.jpg")
    expect(page.locator("[data-files-problems]")).to_contain_text("empty.txt")
    page.get_by_label("Use the place stored in this photo").check()
    press(page, "Send")
    heading(page, "Thank you. It is sent.")
    (report,), files = front_server.take_with_files()
    (file,) = report.attachments
    assert (file.name, file.size, file.chunks, file.use_place) == ("van.jpg", len(content), 2, True)
    assert files == {file.id: content}
    assert recording.holds("van.jpg") == []
    assert not [sent for sent in recording.sent if content[:64] in sent]


def test_what_could_not_be_sent_stays_and_goes_again_as_the_same_report(
    front_server: Front, device: Callable[..., BrowserContext]
) -> None:
    front_server.take_all()
    page = device().new_page()
    recording = Recording()
    recording.watch(page)
    tell_everything(page, front_server.address)
    page.route("**/sealed", lambda route: route.abort())
    press(page, "Send")
    expect(page.get_by_role("alert")).to_contain_text("What you typed is still here", timeout=20_000)
    heading(page, "Check your answers")
    page.unroute("**/sealed")
    press(page, "Send")
    heading(page, "Thank you. It is sent.")
    assert len({body for body in recording.bodies["sealed"] if body}) == 1
    (report,) = front_server.take_all()
    assert dict(report.answers) == TOLD


def test_when_nothing_can_be_taken_numbers_are_shown_and_what_was_typed_stays(
    front_server: Front, device: Callable[..., BrowserContext]
) -> None:
    front_server.take_all()
    page = device().new_page()
    recording = Recording()
    recording.watch(page)
    tell_everything(page, front_server.address)
    pinned = front_server.home / "front" / "root.pub"
    aside = pinned.with_name("root.aside")
    pinned.rename(aside)
    try:
        press(page, "Send")
        expect(page.get_by_role("heading", name="We could not take this just now")).to_be_visible(timeout=20_000)
        expect(page.get_by_text(TOLD["where"])).to_be_visible()
    finally:
        aside.rename(pinned)
    press(page, "Send")
    heading(page, "Thank you. It is sent.")
    assert len(front_server.take_all()) == 1
    assert [text for text in TOLD.values() if recording.holds(text)] == []


def test_a_browser_that_cannot_seal_says_so_and_sends_only_when_asked_again(
    front_server: Front, device: Callable[..., BrowserContext]
) -> None:
    front_server.take_all()
    page = device().new_page()
    page.goto(front_server.address + "/tell/one-page")
    page.locator("textarea[name=what]").fill(TOLD["what"])
    page.evaluate("() => { globalThis.BigInt = () => { throw new TypeError('broken'); }; }")
    press(page, "Send")
    expect(page.get_by_text("Your browser could not lock this")).to_be_visible(timeout=20_000)
    assert front_server.take_all() == []
    press(page, "Send")
    heading(page, "Thank you. It is sent.")
    expect(page.get_by_text("It was locked when it got to us.")).to_be_visible()
    (report,) = front_server.take_all()
    assert report.answers == {"what": TOLD["what"]}


def test_leaving_in_the_middle_leaves_nothing_in_memory_to_come_back_to(
    front_server: Front, device: Callable[..., BrowserContext]
) -> None:
    page = device().new_page()
    page.goto(front_server.address + "/tell")
    press(page, "I am ready")
    page.locator("textarea").fill(TOLD["what"])
    press(page, "Continue")
    page.evaluate("document.dispatchEvent(new Event('leaving'))")
    press(page, "Back")
    heading(page, "What do you know?")
    expect(page.locator("textarea")).to_have_value("")


@pytest.mark.parametrize("bits", [0, 3])
def test_a_mailbox_is_opened_answered_and_closed_on_the_device(
    *, bits: int, front_server: Front, device: Callable[..., BrowserContext], check_axe: Callable[[Page], None]
) -> None:
    box = open_mailbox(TELLER)
    layout = MailLayout(bits, date(2026, 11, 20))
    front_server.post_on_board(make_mail({box.id: seal_reply(NOTE, box.address)}, [box.address], layout))
    front_server.take_all()
    page = device(width=360).new_page()
    recording = Recording()
    recording.watch(page)
    page.goto(front_server.address + "/mailbox")
    page.get_by_label("Your seven words").fill("not seven")
    press(page, "Open")
    expect(page.locator(".govuk-error-summary")).to_contain_text("Check your words")
    expect(page.get_by_label("Your seven words")).to_have_value("not seven")
    page.get_by_label("Your seven words").fill(" , ".join(TELLER).upper())
    press(page, "Open")
    heading(page, "Your messages")
    expect(page.get_by_text(NOTE)).to_be_visible()
    expect(page.get_by_text("There is no message for these words.")).to_be_hidden()
    check_axe(page)
    page.get_by_label("What do you want to say back?").fill(TOLD["vehicles"])
    press(page, "Send")
    heading(page, "Thank you. It is sent.")
    page.goto(front_server.address + "/mailbox")
    page.get_by_label("Your seven words").fill(" ".join(TELLER))
    press(page, "Open")
    heading(page, "Your messages")
    press(page, "Delete my mailbox")
    heading(page, "Delete your mailbox?")
    press(page, "Yes, delete it")
    heading(page, "Your mailbox will be deleted")
    reports = {report.kind: report for report in front_server.take_all()}
    assert reports["message"].answers == {"what": TOLD["vehicles"]}
    assert reports["close"].answers == {}
    assert {report.mailbox for report in reports.values()} == {box.address}
    assert recording.spoke(TELLER) == []
    assert [text for text in (TOLD["vehicles"], NOTE) if recording.holds(text)] == []


def test_words_without_mail_show_what_words_with_none_show(
    front_server: Front, device: Callable[..., BrowserContext]
) -> None:
    box = open_mailbox(TELLER)
    front_server.post_on_board(make_mail({}, [box.address], MailLayout(0, date(2026, 11, 20))))
    page = device().new_page()
    for words in (TELLER, words_from(b"a stranger whose phone seals 32b")):
        page.goto(front_server.address + "/mailbox")
        page.get_by_label("Your seven words").fill(" ".join(words))
        press(page, "Open")
        heading(page, "Your messages")
        expect(page.get_by_text("There is no message for these words.")).to_be_visible()


def test_words_are_copied_only_when_asked_and_the_page_says_what_that_leaves(
    front_server: Front, device: Callable[..., BrowserContext]
) -> None:
    context = device()
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(front_server.address + "/tell/one-page")
    page.locator("textarea[name=what]").fill(TOLD["what"])
    press(page, "Send")
    heading(page, "Thank you. It is sent.")
    words = words_on(page)
    assert tuple(page.locator("[data-walk-word]").all_inner_texts()) == words
    assert page.locator("[data-first-letters]").inner_text().lower().split() == [word[0] for word in words]
    press(page, "Copy the words")
    expect(page.locator("[data-copied]")).to_contain_text("Your phone may keep a copy")
    page.emulate_media(media="print")
    expect(page.locator("ol.words")).to_be_visible()
    expect(page.locator(".masthead")).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_hidden()
