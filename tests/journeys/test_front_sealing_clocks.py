"""Wrong clocks, midnights and keys that end in the middle of the form: a report is taken, or nothing typed is lost."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect
from tests.factories.clocked_front import ClockedFront, before_midnight, clocked_front
from tests.factories.firefox import running_firefox, wait_for
from tests.factories.servers import Front

from lastpiece.tell.mail import MailLayout, make_mail
from lastpiece.tell.mailbox import open_mailbox, seal_reply

TOLD = "Zebrafinch sells from the kiosk"
NOTE = "Do you remember the colour of the van?"
TEN_YEARS, DAY, MINUTE = timedelta(days=3652), timedelta(days=1), timedelta(minutes=1)
PHOTO = bytes(range(256)) * 5000
"""Two chunks."""
WRONG_CLOCK = """(() => {
    const Right = Date;
    globalThis.Date = class extends Right {
        constructor(...given) { super(...(given.length ? given : [Right.now() + AHEAD_MS])); }
        static now() { return Right.now() + AHEAD_MS; }
    };
})();"""


@pytest.fixture
def midnight(tmp_path: Path) -> Iterator[ClockedFront]:
    """A front half a minute before midnight; its key lasts for two weeks."""
    with clocked_front(tmp_path / "home", before_midnight()) as front:
        yield front


@pytest.fixture
def last_day(tmp_path: Path) -> Iterator[ClockedFront]:
    """A front half a minute before midnight, when its key ends."""
    with clocked_front(tmp_path / "home", before_midnight(), days=0) as front:
        yield front


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def heading(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(text, timeout=30_000)


def fill_in(page: Page, address: str) -> None:
    page.goto(address + "/tell/one-page")
    expect(page.locator("[data-locked=device]")).to_be_visible()
    page.locator("textarea[name=what]").fill(TOLD)


def send(page: Page) -> tuple[str, ...]:
    press(page, "Send")
    return words_on_receipt(page)


def words_on_receipt(page: Page) -> tuple[str, ...]:
    heading(page, "Thank you. It is sent.")
    expect(page.get_by_text("It was locked on your own device, before it was sent.")).to_be_visible()
    return tuple(word.strip() for word in page.locator(".words__word").all_inner_texts())


def when_the_nth_envelope_comes(page: Page, number: int, doing: Callable[[], None]) -> list[int]:
    """Let something happen between the sealing of the n-th envelope and its arrival; return what each was answered."""
    answered: list[int] = []

    def on_its_way(route: Route) -> None:
        if len(answered) == number - 1:
            doing()
        answer = route.fetch()
        answered.append(answer.status)
        route.fulfill(response=answer)

    page.route("**/sealed", on_its_way)
    return answered


@pytest.mark.parametrize("ahead", [TEN_YEARS, -TEN_YEARS, DAY, -DAY], ids=["+10y", "-10y", "+1d", "-1d"])
def test_on_a_device_with_a_wrong_clock_a_person_tells_and_reads_an_answer(
    ahead: timedelta, front_server: Front, device: Callable[..., BrowserContext]
) -> None:
    front_server.take_all()
    context = device()
    context.add_init_script(WRONG_CLOCK.replace("AHEAD_MS", str(int(ahead.total_seconds() * 1000))))
    page = context.new_page()
    before = datetime.now(UTC).date()  # noqa: TID251 - the front reads the clock
    fill_in(page, front_server.address)
    shown = date.fromisoformat(page.evaluate("new Date().toISOString().slice(0, 10)"))
    assert abs(shown - (before + ahead)) <= DAY
    words = send(page)
    (report,) = front_server.take_all()
    assert report.answers == {"what": TOLD}
    assert before <= report.told_on <= before + DAY  # the front's day, which is the same for everyone
    box = open_mailbox(words)
    assert report.mailbox == box.address
    front_server.post_on_board(make_mail({box.id: seal_reply(NOTE, box.address)}, [box.address], MailLayout(0, before)))
    page.goto(front_server.address + "/mailbox")
    page.get_by_label("Your seven words").fill(" ".join(words))
    press(page, "Open")
    expect(page.get_by_text(NOTE)).to_be_visible()


@pytest.mark.parametrize("ahead", [TEN_YEARS, -TEN_YEARS], ids=["+10y", "-10y"])
def test_a_browser_that_is_ten_years_from_the_front_in_all_it_does_tells_in_chromium_and_firefox(
    ahead: timedelta, tmp_path: Path, device: Callable[..., BrowserContext], firefox_path: str
) -> None:
    """Not only in scripts: what a browser caches, and for how long, goes by its own clock too."""
    then = datetime.now(UTC) + ahead  # noqa: TID251 - ten years from now
    with clocked_front(tmp_path / "home", then) as front:
        page = device().new_page()
        fill_in(page, front.address)
        send(page)
        with running_firefox(firefox_path, tmp_path / "profile") as firefox:
            firefox.goto(front.address + "/tell/one-page")
            firefox.find("[data-locked=device]:not([hidden])")
            firefox.type_into("textarea[name=what]", TOLD)
            firefox.click("button[name=go][value=send]")
            wait_for(lambda: firefox.find(".words__word"), "the words")
            assert "locked on your own device" in firefox.text_of("main")
        reports = front.take_all()
    assert [report.answers for report in reports] == [{"what": TOLD}] * 2
    assert all(abs(report.told_on - then.date()) <= DAY for report in reports)


@pytest.mark.parametrize("ahead", [TEN_YEARS, -TEN_YEARS], ids=["+10y", "-10y"])
def test_a_front_whose_clock_jumps_ten_years_shows_numbers_keeps_what_was_typed_and_goes_on_when_it_is_right(
    ahead: timedelta, midnight: ClockedFront, device: Callable[..., BrowserContext]
) -> None:
    now = before_midnight()
    page, late = device().new_page(), device().new_page()
    fill_in(page, midnight.address)
    midnight.move_to(now + ahead)
    press(page, "Send")
    expect(page.get_by_role("heading", name="We could not take this just now")).to_be_visible(timeout=20_000)
    expect(page.get_by_text("101", exact=True)).to_be_visible()
    expect(page.locator("textarea[name=what]")).to_have_value(TOLD)
    late.goto(midnight.address + "/tell")
    heading(late, "We cannot take anything here just now")
    expect(late.get_by_text("101", exact=True)).to_be_visible()
    assert midnight.take_all() == []
    midnight.move_to(now)
    send(page)
    (report,) = midnight.take_all()
    assert report.answers == {"what": TOLD}


def test_sealed_just_before_midnight_and_sent_just_after_it_is_taken_under_the_same_key(
    midnight: ClockedFront, device: Callable[..., BrowserContext]
) -> None:
    evening = before_midnight()
    page = device().new_page()
    fill_in(page, midnight.address)
    answered = when_the_nth_envelope_comes(page, 1, lambda: midnight.move_to(evening + MINUTE))
    send(page)
    assert answered == [204]
    (report,) = midnight.take_all()
    assert (report.answers, report.told_on) == ({"what": TOLD}, evening.date())


def test_when_the_key_changes_at_midnight_parts_and_report_are_sealed_again_and_all_arrive_once(
    last_day: ClockedFront, device: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    evening = before_midnight()
    photo = tmp_path / "van.jpg"
    photo.write_bytes(PHOTO)
    page = device().new_page()
    fill_in(page, last_day.address)
    page.locator("input[type=file]").set_input_files(photo)
    expect(page.locator("[data-files-list]")).to_contain_text("van.jpg")

    def night() -> None:
        last_day.change_key(evening + MINUTE)
        last_day.move_to(evening + MINUTE)

    answered = when_the_nth_envelope_comes(page, 2, night)
    send(page)
    assert answered == [204, 409, 204, 204]  # a part, the next and again to the new key, the report
    (report,), files = last_day.take_with_files()
    (file,) = report.attachments
    assert (report.answers, report.told_on) == ({"what": TOLD}, evening.date() + DAY)
    assert files == {file.id: PHOTO}


def test_a_report_that_was_safe_before_midnight_but_not_answered_is_sent_again_as_the_same_one(
    last_day: ClockedFront, device: Callable[..., BrowserContext]
) -> None:
    evening = before_midnight()
    page = device().new_page()
    fill_in(page, last_day.address)
    stored: list[int] = []

    def answer_lost(route: Route) -> None:
        if stored:
            return route.continue_()
        stored.append(route.fetch().status)
        last_day.change_key(evening + MINUTE)
        last_day.move_to(evening + MINUTE)
        return route.abort()

    page.route("**/sealed", answer_lost)
    words = send(page)
    assert stored == [204]
    reports = last_day.take_all()
    assert [report.answers for report in reports] == [{"what": TOLD}] * 2
    assert len({report.nonce for report in reports}) == 1  # by which the desk takes it in once
    assert {report.mailbox for report in reports} == {open_mailbox(words).address}


def test_a_key_that_ends_in_the_middle_of_the_form_shows_numbers_until_the_next_one_and_loses_nothing(
    last_day: ClockedFront, device: Callable[..., BrowserContext], check_axe: Callable[[Page], None]
) -> None:
    evening = before_midnight()
    page = device(width=320).new_page()
    fill_in(page, last_day.address)
    answered = when_the_nth_envelope_comes(page, 1, lambda: last_day.move_to(evening + MINUTE))
    press(page, "Send")
    expect(page.get_by_role("heading", name="We could not take this just now")).to_be_visible(timeout=20_000)
    expect(page.get_by_text("101", exact=True)).to_be_visible()
    expect(page.locator("textarea[name=what]")).to_have_value(TOLD)
    check_axe(page)
    assert (answered, last_day.take_all()) == ([503], [])
    last_day.change_key(evening + MINUTE)
    send(page)
    assert answered == [503, 204]
    (report,) = last_day.take_all()
    assert (report.answers, report.told_on) == ({"what": TOLD}, evening.date() + DAY)


def test_without_javascript_a_key_that_ends_in_the_middle_of_the_form_loses_nothing_either(
    last_day: ClockedFront, device: Callable[..., BrowserContext]
) -> None:
    evening = before_midnight()
    page = device(script=False).new_page()
    page.goto(last_day.address + "/tell/one-page")
    page.locator("textarea[name=what]").fill(TOLD)
    last_day.move_to(evening + MINUTE)
    press(page, "Send")
    heading(page, "We could not take this just now")
    expect(page.get_by_text("101", exact=True)).to_be_visible()
    expect(page.get_by_text(TOLD)).to_be_visible()
    last_day.change_key(evening + MINUTE)
    press(page, "Try again")
    heading(page, "Thank you. It is sent.")
    (report,) = last_day.take_all()
    assert (report.answers, report.told_on) == ({"what": TOLD}, evening.date() + DAY)


def test_a_page_that_was_open_for_days_goes_on_and_its_report_is_sealed_to_the_key_of_the_day(
    last_day: ClockedFront, device: Callable[..., BrowserContext]
) -> None:
    evening = before_midnight()
    page = device().new_page()
    page.goto(last_day.address + "/tell")
    press(page, "I am ready")
    page.locator("textarea[name=what]").fill(TOLD)
    press(page, "Continue")
    heading(page, "Where is it?")
    for day in (2, 5):  # two keys later
        last_day.change_key(evening + day * DAY, days=3)
    last_day.move_to(evening + 5 * DAY)
    page.locator("textarea[name=where]").fill("Quillfeather Lane")
    press(page, "Continue")
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Where is it?", timeout=30_000)
    while (asked := page.get_by_role("heading", level=1).inner_text()) != "Check your answers":
        press(page, "Skip this")
        expect(page.get_by_role("heading", level=1)).not_to_have_text(asked, timeout=30_000)
    send(page)
    (report,) = last_day.take_all()
    assert report.answers == {"what": TOLD, "where": "Quillfeather Lane"}
    assert report.told_on == (evening + 5 * DAY).date()
