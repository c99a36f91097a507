"""What each public page says, from what the desk published and what the pack holds."""

from datetime import UTC, date, datetime, timedelta
from typing import Protocol

import pytest
from django.test import Client
from tests.factories.sealed_front import Desk

from lastpiece.results.publication import Campaign, Figure, Publication, Week, WeekResult, to_json
from lastpiece.site.parts.published import spoken
from lastpiece.tell.mail import MailLayout, make_mail
from lastpiece.tell.mailbox import open_mailbox, read_batch, seal_reply
from lastpiece.tell.words import words_from

TODAY = datetime.now(UTC).date()  # noqa: TID251 - the pages read the clock
WORDS, OTHERS = words_from(bytes(32)), words_from(bytes([1]) * 32)


class Answer(Protocol):
    @property
    def content(self) -> bytes: ...
    @property
    def status_code(self) -> int: ...


def publication(start: date) -> Publication:
    weeks = tuple(
        Week(number, f"Theme {number}", start + timedelta(weeks=number - 1), start + timedelta(weeks=number))
        for number in (1, 2, 3)
    )
    held = Figure("knives", "knives taken", None, suppressed=True, unit="items", reason="Held back.")
    figures = (Figure("arrests", "people arrested", 22, unit="people"), held)
    return Publication(
        published_on=start,
        campaign=Campaign("Three weeks", "What you know, put to work.", weeks),
        results=(WeekResult(1, "provisional", figures),),
        totals=figures,
    )


def text(response: Answer) -> str:
    assert response.status_code == 200
    return str(response.content.decode())


def test_the_first_page_says_which_week_it_is_and_what_came_of_it(visitor: Client, desk: Desk) -> None:
    desk.publish(public_json=to_json(publication(TODAY - timedelta(days=8))))
    page = text(visitor.get("/"))
    assert "Week 2 of 3" in page
    assert "22" in page
    assert "people arrested" in page
    assert "knives taken" not in page


@pytest.mark.parametrize("days", [-100, 100])
def test_outside_its_weeks_the_campaign_is_named_without_a_week(visitor: Client, desk: Desk, days: int) -> None:
    desk.publish(public_json=to_json(publication(TODAY + timedelta(days=days))))
    page = text(visitor.get("/"))
    assert "Three weeks" in page
    assert " of 3" not in page


def test_results_say_what_is_early_and_what_is_held_back(visitor: Client, desk: Desk) -> None:
    desk.publish(public_json=to_json(publication(TODAY)))
    page = text(visitor.get("/results")).casefold()
    assert "early" in page
    assert "held back" in page


@pytest.mark.parametrize("document", [b"", b"{}", b"\xff", b'{"version": 1}'])
def test_a_document_that_cannot_be_read_shows_no_results_and_breaks_nothing(
    visitor: Client, desk: Desk, document: bytes
) -> None:
    desk.publish(public_json=document)
    for address, said in (
        ("/", "You can tell us"),
        ("/campaign", "No campaign has been published"),
        ("/results", "There are no results"),
    ):
        assert said in text(visitor.get(address))


def test_an_older_board_than_one_already_seen_is_not_shown(visitor: Client, desk: Desk) -> None:
    desk.publish(public_json=to_json(publication(TODAY)))
    assert "Three weeks" in text(visitor.get("/campaign"))
    desk.serial = 0
    desk.publish()
    assert visitor.get("/tell").status_code == 503


def test_figures_are_said_as_people_say_them() -> None:
    assert spoken(Figure("cash", "cash", 10_256, unit="£")) == "£10,256"
    assert spoken(Figure("crack", "crack", 66, unit="g")) == "66 g"
    assert spoken(Figure("arrests", "arrests", 40, unit="people", at_least=True)) == "at least 40"
    assert spoken(Figure("knives", "knives", None, suppressed=True, unit="items", reason="x")) == "held back"


def test_every_signs_page_opens_and_another_does_not(visitor: Client) -> None:
    for slug in ("cuckooing", "child-exploitation", "deal-line", "modern-slavery"):
        assert "What you may see" in text(visitor.get(f"/signs/{slug}"))
    assert visitor.get("/signs/nothing").status_code == 404


def test_no_page_promises_what_nobody_can_keep(visitor: Client) -> None:
    for address in ("/", "/tell", "/privacy", "/safety", "/mailbox", "/signs/deal-line"):
        page = text(visitor.get(address)).casefold()
        for promise in ("100%", "100 %", "completely anonymous", "never breached", "untraceable", "guarantee"):
            assert promise not in page


def test_the_privacy_page_says_what_it_cannot_protect_from(visitor: Client) -> None:
    page = text(visitor.get("/privacy"))
    for part in ("What we keep", "What this site cannot read", "What we cannot protect you from", "A court"):
        assert part in page


def test_the_right_words_show_the_message(visitor: Client, desk: Desk) -> None:
    post_reply(desk)
    assert "Your piece helped" in text(visitor.post("/mailbox", {"words": " ".join(WORDS)}))


def post_reply(desk: Desk) -> None:
    box = open_mailbox(WORDS)
    mail = make_mail({box.id: seal_reply("Your piece helped", box.address)}, [box.address], MailLayout(0, TODAY))
    desk.publish(**{name.replace("-", "__").replace(".", "_"): content for name, content in mail.items()})


def test_a_script_gets_the_whole_file_of_a_bucket_and_nothing_else(visitor: Client, desk: Desk) -> None:
    assert visitor.post("/mailbox/bucket", {"bucket": "0"}).status_code == 404
    assert 'data-bits=""' in text(visitor.get("/mailbox"))
    post_reply(desk)
    assert 'data-bucket="/mailbox/bucket" data-bits="0"' in text(visitor.get("/mailbox"))
    answer = visitor.post("/mailbox/bucket", {"bucket": "0", "bits": "0"})
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/octet-stream")
    assert read_batch(answer.content, open_mailbox(WORDS)) == ("Your piece helped",)
    assert answer["Cache-Control"].startswith("no-store")
    for bucket in ("", "1", "00", "../0", "json", "mail-0.bin"):
        assert visitor.post("/mailbox/bucket", {"bucket": bucket}).status_code == 404
    assert visitor.post("/mailbox/bucket", {"bucket": "1", "bits": "1"}).status_code == 409
    assert visitor.get("/mailbox/bucket").status_code == 405


def test_wrong_words_and_no_mail_give_the_same_page_of_the_same_size(visitor: Client, desk: Desk) -> None:
    visit = {"visit": "cd" * 32}
    wrong = text(visitor.post("/mailbox", {"words": " ".join(OTHERS), **visit}))
    post_reply(desk)
    none = text(visitor.post("/mailbox", {"words": " ".join(OTHERS), **visit}))
    mail = text(visitor.post("/mailbox", {"words": " ".join(WORDS), **visit}))
    assert len(wrong) == len(none)
    assert len(mail.encode()) == len(none.encode())
    assert without_seed(wrong) == without_seed(none)


def without_seed(page: str) -> str:
    head, _, tail = page.partition('name="seed" value="')
    return head + tail[64:]


def test_an_empty_addition_is_explained_with_the_messages_still_there(visitor: Client, desk: Desk) -> None:
    post_reply(desk)
    page = text(visitor.post("/mailbox", {"words": " ".join(WORDS), "go": "add", "message": " "}))
    assert "Write what you want to add" in page
    assert "Your piece helped" in page
    assert desk.spool.waiting() == []


def test_an_addition_is_sealed_under_the_same_mailbox(visitor: Client, desk: Desk) -> None:
    sent = {"words": " ".join(WORDS), "go": "add", "message": "It was blue", "seed": "ab" * 32}
    for _ in range(2):
        assert "It is sent" in text(visitor.post("/mailbox", sent))
    first, second = desk.opened()
    assert (first.kind, first.answers["what"]) == ("message", "It was blue")
    assert first.nonce == second.nonce
    assert first.mailbox == open_mailbox(WORDS).address


def test_a_mailbox_is_deleted_only_after_asking_once_more(visitor: Client, desk: Desk) -> None:
    words = " ".join(WORDS)
    assert "Delete my mailbox" in text(visitor.post("/mailbox", {"words": words}))
    asked = text(visitor.post("/mailbox", {"words": words, "go": "close"}))
    assert "Delete your mailbox?" in asked
    assert "There is no message" in text(visitor.post("/mailbox", {"words": words, "go": "open"}))
    assert desk.spool.waiting() == []
    sent = {"words": words, "go": "close-now", "seed": "ab" * 32}
    assert "will be deleted" in text(visitor.post("/mailbox", sent))
    (wish,) = desk.opened()
    assert (wish.kind, wish.answers, wish.mailbox) == ("close", {}, open_mailbox(WORDS).address)


def test_a_deletion_page_keeps_the_words_when_another_language_is_chosen(visitor: Client) -> None:
    chosen = {"words": " ".join(WORDS), "seed": "ab" * 32, "at": "close", "language": "en"}
    page = text(visitor.post("/mailbox", chosen))
    assert "Delete your mailbox?" in page
    assert " ".join(WORDS) in page


def test_a_wish_to_delete_that_cannot_be_taken_stays_on_the_page(visitor: Client, desk: Desk) -> None:
    desk.renew(timedelta(hours=1))
    kept = visitor.post("/mailbox", {"words": " ".join(WORDS), "go": "close-now", "seed": "ab" * 32})
    assert kept.status_code == 503
    assert 'value="close-now"' in kept.content.decode()


def test_pages_say_before_and_after_that_words_lost_are_a_mailbox_lost_and_when_it_ends(visitor: Client) -> None:
    told = {"what": "A blue van", "seed": "ab" * 32, "step": "check"}
    for door in ("/tell", "/young"):
        before, after = text(visitor.post(door, told)), text(visitor.post(door, {**told, "go": "send"}))
        assert "If you lose the" in before
        assert "If you lose the words, you lose your mailbox." in after
        assert "180 days after the last note" in after
    assert "180 days after the last note" in text(visitor.get("/mailbox"))


def test_feedback_is_sealed_like_a_report(visitor: Client, desk: Desk) -> None:
    assert "Thank you" in text(visitor.post("/feedback", {"feedback": "Hard to read", "seed": "ab" * 32}))
    (sending,) = desk.opened()
    assert (sending.kind, sending.answers, sending.mailbox) == ("feedback", {"what": "Hard to read"}, None)


def test_feedback_that_cannot_be_taken_stays_on_the_page(visitor: Client, desk: Desk) -> None:
    desk.renew(timedelta(hours=1))
    kept = visitor.post("/feedback", {"feedback": "Hard to read"})
    assert kept.status_code == 503
    assert "Hard to read" in kept.content.decode()
    assert visitor.post("/mailbox", {"words": " ".join(WORDS), "go": "add", "message": "Blue"}).status_code == 503
