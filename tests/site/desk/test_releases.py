"""Releases: two people, the exact bytes, small counts held back, and the board."""

import hashlib
import json
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from tests.factories.campaign_weeks import NOW, campaign, record, week
from tests.factories.sealing_keys import ROOT, SITE

from lastpiece.results.drafting import DraftRefused
from lastpiece.results.publication import from_json
from lastpiece.site.desk.records.actions import releases as actions
from lastpiece.site.desk.records.actions.auditing import Actor
from lastpiece.site.desk.records.actions.publishing import Hatch, Published, ReleaseDamaged, publish_board
from lastpiece.site.desk.records.models import AuditRow, Campaign, Release, Role, Staff
from lastpiece.tell.board import Board, read_board

pytestmark = pytest.mark.django_db
Staffing = Callable[..., Staff]
JOB = Actor.job("publish")


@pytest.fixture(autouse=True)
def _own_board(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "BOARD_COPY_FOLDER", tmp_path / "desk" / "board")
    monkeypatch.setattr(settings, "BOARD_FOLDER", tmp_path / "front" / "board")


@pytest.fixture
def author(make_staff: Staffing) -> Actor:
    return Actor.of(make_staff(Role.PUBLISHER))


@pytest.fixture
def second(make_staff: Staffing) -> Actor:
    return Actor.of(make_staff(Role.PUBLISHER))


@pytest.fixture
def recorded() -> Campaign:
    made = campaign()
    for kind, amount in (("arrests", "22"), ("safeguarded_adult", "11"), ("safeguarded_child", "3"), ("cash", "10256")):
        record(week(made), kind, amount)
    return made


def drafted(author: Actor, of: Campaign) -> Release:
    return actions.draft_release(author, of.pk, statuses={1: "provisional"}, thanks="Thank you.", now=NOW)


def publish(now: datetime = NOW) -> Published:
    return publish_board(JOB, Hatch.of_this_desk(), now=now)


def the_board(now: datetime = NOW) -> Board:
    return read_board(settings.BOARD_FOLDER, ROOT.public, site=SITE, now=now)


def test_the_stored_bytes_hold_no_small_count_and_the_desk_knows_why(author: Actor, recorded: Campaign) -> None:
    release = drafted(author, recorded)
    document = bytes(release.document)
    figures = {f["key"]: f["value"] for f in json.loads(document)["results"][0]["figures"]}
    assert figures == {
        "arrests": 22,
        "safeguarded": 14,
        "safeguarded_adult": None,
        "safeguarded_child": None,
        "cash": 10256,
    }
    assert b'"value": 3,' not in document
    assert [(label, why[:9]) for _, _, label, why in release.held_back] == [
        ("Adults made safer", "With it, "),
        ("Children made safer", "It counts"),
    ]
    assert release.digest == hashlib.sha256(document).hexdigest()


def test_the_author_cannot_approve(author: Actor, recorded: Campaign) -> None:
    release = drafted(author, recorded)
    for nobody_else in (author, Actor.job("daily run")):
        with pytest.raises(actions.SecondPersonNeeded):
            actions.approve_release(nobody_else, release.pk, release.digest, now=NOW)
    release.refresh_from_db()
    assert release.state == Release.State.DRAFTED
    assert not AuditRow.objects.filter(verb="approve release").exists()


def test_even_the_database_refuses_a_release_decided_by_its_author(author: Actor, recorded: Campaign) -> None:
    release = drafted(author, recorded)
    with pytest.raises(IntegrityError), transaction.atomic():
        Release.objects.filter(pk=release.pk).update(decided_by_id=author.staff_id)


def test_a_job_cannot_draft(recorded: Campaign) -> None:
    with pytest.raises(actions.SecondPersonNeeded):
        drafted(JOB, recorded)


def test_only_the_page_that_was_looked_at_is_approved(author: Actor, second: Actor, recorded: Campaign) -> None:
    release = drafted(author, recorded)
    with pytest.raises(actions.ReleaseChanged):
        actions.approve_release(second, release.pk, "0" * 64, now=NOW)
    Release.objects.filter(pk=release.pk).update(document=bytes(release.document).replace(b"22", b"99"))
    with pytest.raises(actions.ReleaseChanged):
        actions.approve_release(second, release.pk, release.digest, now=NOW)


def test_nothing_is_decided_twice(author: Actor, second: Actor, recorded: Campaign) -> None:
    release = drafted(author, recorded)
    actions.refuse_release(second, release.pk, "A typing mistake.", now=NOW)
    with pytest.raises(actions.ReleaseDecided):
        actions.approve_release(second, release.pk, release.digest, now=NOW)
    with pytest.raises(actions.ReleaseDecided):
        actions.refuse_release(second, release.pk, "Again.", now=NOW)


def test_the_author_may_take_a_draft_back(author: Actor, recorded: Campaign) -> None:
    release = actions.refuse_release(author, drafted(author, recorded).pk, "Too early.", now=NOW)
    assert (release.state, release.decided_by_id) == (Release.State.REFUSED, None)


def test_what_is_on_the_board_is_what_was_approved_byte_for_byte(
    author: Actor, second: Actor, recorded: Campaign
) -> None:
    release = drafted(author, recorded)
    assert publish().release_id is None
    assert "public.json" not in the_board().documents
    actions.approve_release(second, release.pk, release.digest, now=NOW)
    record(week(recorded), "arrests", "7")  # recorded later: not in this release
    done = publish()
    board = the_board()
    assert (done.release_id, done.serial) == (release.pk, board.serial)
    assert board.documents["public.json"] == bytes(release.document)
    assert from_json(board.documents["public.json"]).thanks == "Thank you."
    release.refresh_from_db()
    assert (release.state, release.board_serial) == (Release.State.PUBLISHED, done.serial)


def test_the_public_page_stays_when_only_mail_goes_out_and_old_mail_leaves(
    author: Actor, second: Actor, recorded: Campaign
) -> None:
    release = drafted(author, recorded)
    actions.approve_release(second, release.pk, release.digest, now=NOW)
    first = publish()
    later = NOW + timedelta(days=1)
    done = publish(later)
    board = the_board(later)
    assert (done.serial, done.release_id) == (first.serial + 1, None)
    assert sorted(board.documents) == ["mail-0.bin", "mail.json", "public.json"]
    assert b"2026-11-21" in board.documents["mail.json"]
    assert board.documents["public.json"] == bytes(release.document)


def test_a_page_altered_after_approval_is_not_published(author: Actor, second: Actor, recorded: Campaign) -> None:
    release = drafted(author, recorded)
    actions.approve_release(second, release.pk, release.digest, now=NOW)
    Release.objects.filter(pk=release.pk).update(document=bytes(release.document).replace(b"22", b"99"))
    with pytest.raises(ReleaseDamaged):
        publish()
    assert not settings.BOARD_FOLDER.exists()
    assert not AuditRow.objects.filter(verb="publish board").exists()


def test_a_final_release_follows_the_provisional_one_and_both_are_kept(
    author: Actor, second: Actor, recorded: Campaign
) -> None:
    first = drafted(author, recorded)
    actions.approve_release(second, first.pk, first.digest, now=NOW)
    publish()
    with pytest.raises(DraftRefused, match="still provisional"):
        actions.draft_release(author, recorded.pk, statuses={1: "final"}, now=NOW)
    for outcome in list(week(recorded).outcomes.all()):
        record(week(recorded), outcome.kind, str(outcome.amount), status="final", replaces=outcome.pk)
    final = actions.draft_release(author, recorded.pk, statuses={1: "final"}, now=NOW)
    actions.approve_release(second, final.pk, final.digest, now=NOW)
    publish()
    assert from_json(the_board().documents["public.json"]).results[0].status == "final"
    assert from_json(bytes(Release.objects.get(pk=first.pk).document)).results[0].status == "provisional"


def test_an_older_draft_cannot_take_the_public_page_back(author: Actor, second: Actor, recorded: Campaign) -> None:
    old, new = drafted(author, recorded), drafted(author, recorded)
    actions.approve_release(second, new.pk, new.digest, now=NOW)
    publish()
    with pytest.raises(actions.ReleaseOvertaken):
        actions.approve_release(second, old.pk, old.digest, now=NOW)


def test_the_author_sees_the_page_but_no_button_to_approve_it(
    signed_in: Callable[..., Client], make_staff: Staffing, recorded: Campaign
) -> None:
    person = make_staff(Role.PUBLISHER)
    client = signed_in(staff=person)
    typed = {"week_1": "provisional", "thanks": "Thank you."}
    answer = client.post(reverse("release_new", args=[recorded.pk]), typed, follow=True)
    release = Release.objects.get()
    assert "As the public will see it" in answer.text
    assert "a second person must approve it" in answer.text
    approve = reverse("release_approve", args=[release.pk])
    assert approve not in answer.text
    answer = client.post(approve, {"digest": release.digest, "looked": "on"}, follow=True)
    assert "a second person must approve it" in answer.text
    release.refresh_from_db()
    assert release.state == Release.State.DRAFTED


def test_the_preview_is_the_part_that_the_public_page_is_made_of(
    signed_in: Callable[..., Client], author: Actor, recorded: Campaign
) -> None:
    from lastpiece.site.parts.templatetags.parts import published  # noqa: PLC0415 - needs the site's settings

    release = drafted(author, recorded)
    page = signed_in(Role.PUBLISHER).get(reverse("release", args=[release.pk])).text
    public = str(published(from_json(bytes(release.document))))
    assert public in page
    assert "held back" in public
    assert "It counts fewer people" not in public
    assert "It counts fewer people" in page


def test_a_second_person_approves_and_publishes_from_the_page(
    signed_in: Callable[..., Client], author: Actor, recorded: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lastpiece.site.desk.pages.releases.now_utc", lambda: NOW)  # when the invented keys are valid
    release = drafted(author, recorded)
    client = signed_in(Role.PUBLISHER)
    approve = reverse("release_approve", args=[release.pk])
    assert client.post(approve, {"digest": release.digest}).status_code == 422
    assert "Approved" in client.post(approve, {"digest": release.digest, "looked": "on"}, follow=True).text
    assert f"Release {release.pk} is public now" in client.post(reverse("board_publish"), follow=True).text
    assert the_board().documents["public.json"] == bytes(release.document)


def test_a_refusal_needs_a_reason(signed_in: Callable[..., Client], author: Actor, recorded: Campaign) -> None:
    release = drafted(author, recorded)
    client = signed_in(Role.PUBLISHER)
    assert client.post(reverse("release_refuse", args=[release.pk]), {"why": ""}).status_code == 422
    client.post(reverse("release_refuse", args=[release.pk]), {"why": "Week 1 is not counted yet."})
    assert "Week 1 is not counted yet." in client.get(reverse("release", args=[release.pk])).text


def test_today_lists_pages_that_wait_for_a_second_person(
    signed_in: Callable[..., Client], make_staff: Staffing, recorded: Campaign
) -> None:
    author = make_staff(Role.PUBLISHER)
    release = drafted(Actor.of(author), recorded)
    to_release = reverse("release", args=(release.pk,))
    other = signed_in(Role.PUBLISHER)
    assert f'href="{to_release}">Release {release.pk}, {recorded.name}</a>' in other.get("/").content.decode()
    assert other.get(to_release).status_code == 200
    own = signed_in(staff=author).get("/").content.decode()
    assert f'href="{to_release}">release {release.pk}</a>' in own
    assert "A page that another publisher drafts" in own
    for role in (Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR, Role.INTAKE_ASSESSOR):
        assert to_release not in signed_in(role).get("/").content.decode()
    actions.refuse_release(Actor.of(other.staff), release.pk, why="not yet", now=NOW)  # type: ignore[attr-defined]  # set by signed_in
    assert to_release not in other.get("/").content.decode()


@pytest.mark.parametrize("role", list(Role))
def test_everything_on_today_leads_somewhere_the_role_may_open(
    signed_in: Callable[..., Client], author: Actor, recorded: Campaign, role: Role
) -> None:
    drafted(author, recorded)
    client = signed_in(role)
    links = {
        link for link in re.findall(r'href="(/[^"#]*)"', client.get("/").content.decode()) if "/static/" not in link
    }
    assert "/" in links
    for link in links:
        assert client.get(link).status_code in {200, 302}, link
