"""Opening an original, writing items, deciding mentions, finishing."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from tests.site.desk.conftest import NEEDLE, NOW

from lastpiece.assess.sanitising import IdentifyingSpan
from lastpiece.site.desk.pages.asking import now_utc
from lastpiece.site.desk.records.actions import assessing, reading
from lastpiece.site.desk.records.actions.assessing import Decision, ItemDraft, MentionDraft
from lastpiece.site.desk.records.actions.auditing import Actor, PersonNeeded
from lastpiece.site.desk.records.actions.intake import Received
from lastpiece.site.desk.records.models import AuditRow, DataKey, Mention, Opening, Piece, Report, Staff
from lastpiece.site.desk.records.queries.assessing import assessment, cut
from lastpiece.site.desk.records.queries.originals import OPEN_FOR, OriginalClosed, OriginalDeleted, opened_original
from lastpiece.values.grade import Grade, Handling

pytestmark = pytest.mark.django_db
WHY = "working through the queue"
TEXT = "Lil T sells heroin from a grey Golf, KQ19 KXD, number 07700 900123."
GRADE = Grade()


@pytest.fixture
def ann(make_staff: Callable[..., Staff]) -> Actor:
    return Actor.of(make_staff())


@pytest.fixture
def bob(make_staff: Callable[..., Staff]) -> Actor:
    return Actor.of(make_staff())


@pytest.fixture
def report(received: Callable[..., Received]) -> Report:
    return Report.objects.get(pk=received().report_id)


@pytest.fixture
def opened(ann: Actor, report: Report) -> Report:
    reading.open_report(ann, report.pk, WHY, now=NOW)
    report.refresh_from_db()
    return report


def rows(verb: str) -> list[AuditRow]:
    return list(AuditRow.objects.filter(verb=verb))


def test_opening_takes_the_report_and_logs_the_reason(ann: Actor, opened: Report) -> None:
    assert (opened.state, opened.assessor_id) == ("assessing", ann.staff_id)
    (row,) = rows("open original")
    assert (row.reason, row.object_id, row.actor_id) == (WHY, str(opened.pk), ann.staff_id)
    assert NEEDLE in opened_original(ann.person, opened.pk, now=NOW).answers["what"]


@pytest.mark.parametrize("reason", ["", "   ", ".", "x     y"])
def test_opening_needs_a_reason(reason: str, ann: Actor, report: Report) -> None:
    with pytest.raises(reading.ReasonMissing):
        reading.open_report(ann, report.pk, reason, now=NOW)
    assert not Opening.objects.exists()
    assert rows("open original") == []


def test_one_original_at_a_time(ann: Actor, opened: Report, received: Callable[..., Received]) -> None:
    second = received().report_id
    reading.open_report(ann, second, WHY, now=NOW)
    with pytest.raises(OriginalClosed):
        opened_original(ann.person, opened.pk, now=NOW)
    assert opened_original(ann.person, second, now=NOW).report.pk == second


def test_nobody_else_can_read_or_take_it(bob: Actor, opened: Report) -> None:
    with pytest.raises(OriginalClosed):
        opened_original(bob.person, opened.pk, now=NOW)
    with pytest.raises(reading.HeldByAnother):
        reading.open_report(bob, opened.pk, WHY, now=NOW)
    with pytest.raises(reading.HeldByAnother):
        assessing.write_item(bob, opened.pk, ItemDraft(TEXT), now=NOW)


def test_an_opening_runs_out(ann: Actor, opened: Report) -> None:
    late = NOW + OPEN_FOR + timedelta(seconds=1)
    with pytest.raises(OriginalClosed):
        opened_original(ann.person, opened.pk, now=late)
    reading.open_report(ann, opened.pk, WHY, now=late)
    assert opened_original(ann.person, opened.pk, now=late).report == opened


def test_a_report_put_back_is_for_anybody(ann: Actor, bob: Actor, opened: Report) -> None:
    reading.put_back(ann, opened.pk, now=NOW)
    with pytest.raises(OriginalClosed):
        opened_original(ann.person, opened.pk, now=NOW)
    reading.open_report(bob, opened.pk, WHY, now=NOW)
    assert opened_original(bob.person, opened.pk, now=NOW).report == opened


def test_a_deleted_text_cannot_be_opened(ann: Actor, report: Report) -> None:
    DataKey.objects.filter(pk=report.pk).delete()
    with pytest.raises(OriginalDeleted):
        reading.open_report(ann, report.pk, WHY, now=NOW)


def test_an_item_brings_its_proposed_mentions(ann: Actor, opened: Report) -> None:
    item = assessing.write_item(ann, opened.pk, ItemDraft(TEXT), now=NOW)
    mentions = {mention.kind: mention for mention in item.mentions.all()}
    assert mentions["plate"].value == "KQ19KXD"
    assert mentions["phone"].value == "+447700900123"
    assert all(mention.text == TEXT[mention.start : mention.end] for mention in mentions.values())
    assert {mention.state for mention in mentions.values()} == {"proposed"}
    assert (str(item.grade), item.source_key, item.number) == ("2DC", opened.source_key, 1)


def test_a_person_near_a_childs_word_is_put_down_as_a_possible_victim(ann: Actor, opened: Report) -> None:
    item = assessing.write_item(ann, opened.pk, ItemDraft("A boy known as Lil T, about 14, carries the bag."), now=NOW)
    people = item.mentions.filter(kind__in=assessing.PERSONS)
    assert people
    assert all(mention.category == "possible victim" for mention in people)


def test_handling_with_conditions_needs_one(ann: Actor, opened: Report) -> None:
    with pytest.raises(assessing.ConditionMissing):
        assessing.write_item(ann, opened.pk, ItemDraft(TEXT, conditions=(" ",)), now=NOW)
    shared = Grade(handling=Handling.SHARE)
    assert assessing.write_item(ann, opened.pk, ItemDraft(TEXT, shared, conditions=()), now=NOW).conditions == []


def test_rewriting_the_text_proposes_afresh_and_regrading_does_not(ann: Actor, opened: Report) -> None:
    item = assessing.write_item(ann, opened.pk, ItemDraft(TEXT), now=NOW)
    before = set(item.mentions.values_list("pk", flat=True))
    assessing.rewrite_item(ann, item.pk, ItemDraft(TEXT, Grade.parse("2AC")), now=NOW)
    assert set(item.mentions.values_list("pk", flat=True)) == before
    assessing.rewrite_item(ann, item.pk, ItemDraft("A grey Golf, QX68 ABC."), now=NOW)
    assert "QX68ABC" in item.mentions.values_list("value", flat=True)
    assert "KQ19KXD" not in item.mentions.values_list("value", flat=True)


def test_a_draft_item_can_be_taken_out(ann: Actor, opened: Report) -> None:
    item = assessing.write_item(ann, opened.pk, ItemDraft(TEXT), now=NOW)
    assert assessing.take_out_item(ann, item.pk, now=NOW) == opened.pk
    assert not opened.items.exists()


def decide_all(ann: Actor, report: Report, state: str = Mention.State.CONFIRMED) -> None:
    found = Mention.objects.filter(item__report=report)
    decisions = {mention.pk: Decision(state, mention.kind, mention.value) for mention in found}
    assessing.decide_mentions(ann, report.pk, decisions, now=NOW)


def test_a_corrected_mention_takes_the_normal_form_of_its_kind(ann: Actor, opened: Report) -> None:
    item = assessing.write_item(ann, opened.pk, ItemDraft(TEXT), now=NOW)
    plate = item.mentions.get(kind="plate")
    assessing.decide_mentions(ann, opened.pk, {plate.pk: Decision("corrected", "plate", "kq19 kx?")}, now=NOW)
    plate.refresh_from_db()
    assert (plate.state, plate.value, plate.partial) == ("corrected", "KQ19KX?", True)
    with pytest.raises(assessing.ValueNotRead):
        assessing.decide_mentions(ann, opened.pk, {plate.pk: Decision("corrected", "phone", "hello")}, now=NOW)


def test_a_missed_mention_is_added_where_its_words_stand(ann: Actor, opened: Report) -> None:
    item = assessing.write_item(ann, opened.pk, ItemDraft("The Zedmobile waits by the Zedmobile."), now=NOW)
    item.mentions.all().delete()
    spans = [
        (mention.start, mention.end)
        for mention in (
            assessing.add_mention(ann, item.pk, "Zedmobile", Decision("corrected", "vehicle", "zedmobile"), now=NOW)
            for _ in range(2)
        )
    ]
    assert [item.text[start:end] for start, end in spans] == ["Zedmobile"] * 2
    assert spans[0] != spans[1]
    with pytest.raises(assessing.MentionsOverlap):
        assessing.add_mention(ann, item.pk, "Zedmobile", Decision("corrected", "vehicle", "zedmobile"), now=NOW)
    with pytest.raises(assessing.WordsNotInItem):
        assessing.add_mention(ann, item.pk, "nowhere", Decision("corrected", "vehicle", "x"), now=NOW)


def test_finishing_needs_every_mention_decided_and_then_fits(ann: Actor, opened: Report) -> None:
    with pytest.raises(assessing.NoItems):
        assessing.finish_report(ann, opened.pk, now=NOW)
    assessing.write_item(ann, opened.pk, ItemDraft(TEXT), now=NOW)
    with pytest.raises(assessing.MentionsUndecided):
        assessing.finish_report(ann, opened.pk, now=NOW)
    decide_all(ann, opened)
    assessing.finish_report(ann, opened.pk, now=NOW)
    opened.refresh_from_db()
    assert opened.state == "assessed"
    assert "KQ19KXD" in Piece.objects.values_list("value", flat=True)
    with pytest.raises(OriginalClosed):
        opened_original(ann.person, opened.pk, now=NOW)


def test_refused_mentions_are_not_fitted(ann: Actor, opened: Report) -> None:
    assessing.write_item(ann, opened.pk, ItemDraft(TEXT), now=NOW)
    decide_all(ann, opened, Mention.State.REFUSED)
    assessing.finish_report(ann, opened.pk, now=NOW)
    assert not Piece.objects.exists()


def test_a_finished_report_is_fixed(ann: Actor, opened: Report) -> None:
    item = assessing.write_item(ann, opened.pk, ItemDraft(TEXT), now=NOW)
    decide_all(ann, opened)
    assessing.finish_report(ann, opened.pk, now=NOW)
    with pytest.raises(assessing.NotBeingAssessed):
        assessing.rewrite_item(ann, item.pk, ItemDraft("Other"), now=NOW)
    with pytest.raises(assessing.NotBeingAssessed):
        assessing.take_out_item(ann, item.pk, now=NOW)


def test_a_whole_assessment_in_one_step(ann: Actor, opened: Report) -> None:
    start = TEXT.index("KQ19")
    mention = MentionDraft(start, start + 8, "plate", "KQ19KXD")
    assessing.assess_report(ann, opened.pk, [ItemDraft(TEXT, mentions=(mention,))], now=NOW)
    opened.refresh_from_db()
    assert opened.state == "assessed"
    assert Piece.objects.get().value == "KQ19KXD"
    assert len(rows("assess report")) == 1


def test_an_empty_report_is_set_aside_with_a_reason(ann: Actor, opened: Report) -> None:
    assessing.set_aside(ann, opened.pk, "nothing about a crime", now=NOW)
    opened.refresh_from_db()
    assert (opened.state, opened.set_aside_why) == ("set_aside", "nothing about a crime")


def test_a_report_with_items_is_not_set_aside(ann: Actor, opened: Report) -> None:
    assessing.write_item(ann, opened.pk, ItemDraft(TEXT), now=NOW)
    with pytest.raises(assessing.ItemsWritten):
        assessing.set_aside(ann, opened.pk, "nothing in it", now=NOW)


def test_a_job_cannot_open_an_original(report: Report) -> None:
    with pytest.raises(PersonNeeded):
        reading.open_report(Actor.job("collector"), report.pk, WHY, now=NOW)


def test_the_assess_page_underlines_who_told_it_and_leaves_the_teller_out_of_proposals(
    ann: Actor, received: Callable[..., Received]
) -> None:
    report_id = received({"what": "My brother deals from a grey Golf.", "contact": "07700 900555"}).report_id
    reading.open_report(ann, report_id, WHY, now=NOW)
    shown = assessment(ann.person, report_id, now=NOW)
    assert any(stretch.why for answer in shown.answers for stretch in answer.stretches)
    assert "".join(stretch.text for stretch in shown.answers[0].stretches) == "My brother deals from a grey Golf."
    assert shown.proposal is not None
    assert "brother" not in shown.proposal.sanitised.text
    assert "900555" not in shown.proposal.sanitised.text


def test_a_sign_in_no_proposal_is_shown_until_an_item_says_it(
    ann: Actor, received: Callable[..., Received], signed_in: Callable[..., Client]
) -> None:
    told = {"what": "A silver van comes at nine.", "how": "I know as he makes my 12 year old carry bags."}
    report_id = received(told).report_id
    client = signed_in()
    reader = Actor.of(client.staff)  # type: ignore[attr-defined]  # set by signed_in
    reading.open_report(reader, report_id, WHY, now=now_utc())
    page = client.get(reverse("assess", args=(report_id,))).content.decode()
    assert "In no proposal: 1 sentence with a sign" in page
    assert "No item says this yet" in page
    assert page.count("makes my 12 year old carry bags") >= 2
    said = ItemDraft("They make a child carry bags.")
    assessing.write_item(reader, report_id, said, now=now_utc())
    shown = assessment(reader.person, report_id, now=now_utc())
    assert [sentence.text for sentence in shown.left_out] == [told["how"]]
    assert shown.unsaid == ()


def test_cutting_keeps_every_letter_and_numbers_the_spans() -> None:
    spans = [
        IdentifyingSpan(4, 7, "x", "why one"),
        IdentifyingSpan(5, 9, "x", "inside"),
        IdentifyingSpan(9, 11, "x", "two"),
    ]
    parts = list(cut("abcdefghijklm", spans, 3))
    assert "".join(part.text for part in parts) == "abcdefghijklm"
    assert [(part.text, part.number) for part in parts if part.why] == [("efg", 4), ("jk", 5)]
