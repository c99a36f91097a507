"""Fitting an item: pieces, index, proposals with reasons, and the picture kept live."""

import math
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.told_items import NOW, mention_of, picture, tell, tell_and_fit

from lastpiece.site.desk.records.actions.auditing import Actor
from lastpiece.site.desk.records.actions.fitting import FITTED, ItemUnknown, fit_item
from lastpiece.site.desk.records.models import AuditRow, Entity, Item, Mention, Piece, Posting, Proposal

pytestmark = pytest.mark.django_db
JOB = Actor.job("assessing")


def the_known_lil_t() -> Item:
    return tell_and_fit(
        "Lil T drives a grey Golf KQ19 KXD and deals near QX1 3",
        ("Lil T", "nickname", "Lil T"),
        ("KQ19 KXD", "plate", "KQ19KXD"),
        ("QX1 3", "postcode", "QX1 3"),
        seen_on=date(2026, 2, 20),
    )


def some_others() -> None:
    for count, (name, plate, district) in enumerate(
        [("Big Sam", "ZZ20 ABC", "QX7"), ("Dizzy", "QQ68 FGH", "QX4"), ("Smiler", "ZX17 JKM", "QX9")]
    ):
        tell_and_fit(
            f"{name} was in {plate} by {district}",
            (name, "nickname", name),
            (plate, "plate", plate.replace(" ", "")),
            (district, "postcode", district),
            seen_on=date(2025, 6 + count, 3),
        )


def test_every_confirmed_mention_becomes_a_thing_of_its_own() -> None:
    item = the_known_lil_t()
    pieces = Piece.objects.filter(item=item)
    assert {(piece.kind, piece.value) for piece in pieces} == {
        ("nickname", "Lil T"),
        ("plate", "KQ19KXD"),
        ("postcode", "QX1 3"),
    }
    assert all(piece.entity_id == piece.mention_id for piece in pieces)


def test_mentions_nobody_confirmed_stay_out() -> None:
    item = tell("Dizzy and Smiler", ("Dizzy", "nickname", "Dizzy"), ("Smiler", "nickname", "Smiler"))
    Mention.objects.filter(text="Smiler").update(state=Mention.State.PROPOSED)
    assert fit_item(JOB, item.pk, now=NOW).added == 1
    assert Mention.State.PROPOSED not in FITTED
    assert [piece.value for piece in Piece.objects.all()] == ["Dizzy"]


def test_a_drug_is_evidence_and_no_thing() -> None:
    item = tell_and_fit("Dizzy sells crack", ("Dizzy", "nickname", "Dizzy"), ("crack", "drug", "crack cocaine"))
    assert Piece.objects.get(item=item, kind="drug").entity_id is None
    assert Entity.objects.count() == 1
    assert not Posting.objects.filter(mention__kind="drug").exists()


def test_the_same_value_twice_is_not_joined_without_a_person() -> None:
    the_known_lil_t()
    the_known_lil_t()
    assert all(len(pieces) == 1 for _, _, pieces in picture().values())


def test_half_a_plate_and_a_nickname_told_later_find_the_right_things_first() -> None:
    some_others()
    known = the_known_lil_t()
    some_others()
    late = tell_and_fit(
        "lil t again, a car K?19 something near QX1",
        ("lil t", "nickname", "Lil T"),
        ("K?19 something", "plate", "K?19*"),
        ("QX1", "postcode", "QX1"),
        seen_on=date(2026, 3, 1),
    )
    for kind in ("nickname", "plate"):
        first = Proposal.objects.filter(mention=mention_of(late, kind)).order_by("-bits").first()
        assert first is not None
        assert first.candidate_id == mention_of(known, kind).pk


def test_pieces_from_three_items_are_told_apart_by_what_came_with_them() -> None:
    first = tell_and_fit("Lil T in QX1", ("Lil T", "nickname", "Lil T"), ("QX1", "postcode", "QX1"))
    other = tell_and_fit("Lil T in QX9", ("Lil T", "nickname", "Lil T"), ("QX9", "postcode", "QX9"))
    late = tell_and_fit("lil T by QX1", ("lil T", "nickname", "Lil T"), ("QX1", "postcode", "QX1"))
    bits = dict(Proposal.objects.filter(mention=mention_of(late, "nickname")).values_list("candidate", "bits"))
    assert bits[mention_of(first, "nickname").pk] > bits.get(mention_of(other, "nickname").pk, 0.0)


def test_the_parts_of_a_score_sum_to_it_and_name_their_items() -> None:
    known = the_known_lil_t()
    late = the_known_lil_t()
    proposals = list(Proposal.objects.all())
    assert proposals
    for proposal in proposals:
        assert math.isclose(math.fsum(part["bits"] for part in proposal.parts), proposal.bits, abs_tol=1e-9)
        assert all(part["sentence"] for part in proposal.parts)
        assert {item for part in proposal.parts for item in part["items"]} <= {known.pk, late.pk}


def test_copies_from_one_mailbox_carry_no_more_than_one_telling() -> None:
    once = tell_and_fit("Lil T", ("Lil T", "nickname", "Lil T"), source="mailbox A")
    again = tell_and_fit("Lil T", ("Lil T", "nickname", "Lil T"), source="mailbox A")
    fresh = tell_and_fit("Lil T", ("Lil T", "nickname", "Lil T"), source="mailbox B")
    same_source = Proposal.objects.filter(mention=mention_of(again, "nickname")).first()
    independent = Proposal.objects.get(mention=mention_of(fresh, "nickname"), candidate=mention_of(once, "nickname"))
    assert same_source is None or same_source.bits <= independent.bits


def test_fitting_twice_adds_nothing() -> None:
    item = the_known_lil_t()
    before = (picture(), Posting.objects.count(), Proposal.objects.count())
    again = fit_item(JOB, item.pk, now=NOW)
    assert (again.added, again.removed, again.proposals) == (0, 0, 0)
    assert (picture(), Posting.objects.count(), Proposal.objects.count()) == before


def test_a_corrected_mention_replaces_its_piece_and_its_postings() -> None:
    item = the_known_lil_t()
    Mention.objects.filter(item=item, kind="plate").update(value="KQ19KXE", state=Mention.State.CORRECTED)
    done = fit_item(JOB, item.pk, now=NOW)
    assert (done.added, done.removed) == (1, 1)
    assert Piece.objects.get(item=item, kind="plate").value == "KQ19KXE"
    assert not Posting.objects.filter(feature__contains="KQ19KXD").exists()


def test_a_refused_mention_leaves_the_picture() -> None:
    item = the_known_lil_t()
    nickname = mention_of(item, "nickname")
    Mention.objects.filter(pk=nickname.pk).update(state=Mention.State.REFUSED)
    assert fit_item(JOB, item.pk, now=NOW).removed == 1
    assert nickname.pk not in picture()
    assert not Piece.objects.filter(pk=nickname.pk).exists()


def test_an_item_that_is_not_there_is_said_so_and_leaves_no_audit_row() -> None:
    with pytest.raises(ItemUnknown, match="no such item"):
        fit_item(JOB, 404, now=NOW)
    assert not AuditRow.objects.exists()


def test_fitting_leaves_one_audit_row_without_a_word_of_the_item() -> None:
    item = the_known_lil_t()
    row = AuditRow.objects.get(verb="fit item")
    assert (row.kind, row.object_id, row.detail) == ("item", str(item.pk), {"added": 3, "removed": 0, "proposals": 0})
    assert "Lil" not in str(row.detail)


def test_the_number_of_queries_does_not_grow_with_what_is_known() -> None:
    def queries() -> int:
        item = tell(
            "Lil T in K?19 something",
            ("Lil T", "nickname", "Lil T"),
            ("K?19 something", "plate", "K?19*"),
            seen_on=date(2026, 3, 1),
        )
        with CaptureQueriesContext(connection) as captured:
            fit_item(JOB, item.pk, now=NOW)
        return len(captured)

    the_known_lil_t()
    few = queries()
    for _ in range(12):
        the_known_lil_t()
    assert queries() == few


def test_company_alone_does_not_make_two_different_names_one() -> None:
    the_known_lil_t()
    late = tell_and_fit(
        "Midge near QX1",
        ("Midge", "nickname", "Midge"),
        ("QX1", "postcode", "QX1"),
        seen_on=date(2026, 3, 1),
    )
    assert not Proposal.objects.filter(mention=mention_of(late, "nickname")).exists()


def test_a_street_is_not_proposed_to_be_the_postcode_it_lies_in() -> None:
    tell_and_fit(
        "KQ19 KXD at 14 Quill Street",
        ("KQ19 KXD", "plate", "KQ19KXD"),
        ("14 Quill Street", "address", "14 Quill Street"),
    )
    late = tell_and_fit("KQ19 KXD in QX1", ("KQ19 KXD", "plate", "KQ19KXD"), ("QX1", "postcode", "QX1"))
    assert not Proposal.objects.filter(mention=mention_of(late, "postcode")).exists()


def test_a_car_told_of_by_its_look_can_be_the_one_with_the_plate() -> None:
    told = (("Lil T", "nickname", "Lil T"), ("14 Quill Street", "address", "14 Quill Street"))
    known = tell_and_fit(
        "Lil T at 14 Quill Street, KQ19 KXD", *told, ("KQ19 KXD", "plate", "KQ19KXD"), seen_on=date(2026, 3, 1)
    )
    late = tell_and_fit(
        "Lil T at 14 Quill Street, grey Golf",
        *told,
        ("grey Golf", "vehicle", "grey volkswagen golf"),
        seen_on=date(2026, 3, 1),
    )
    link = Proposal.objects.get(mention=mention_of(late, "vehicle"))
    assert link.candidate_id == mention_of(known, "plate").pk


def test_nobody_is_asked_whether_a_town_is_itself_and_a_pub_is_asked_about() -> None:
    for _ in range(12):
        tell_and_fit("In Northampton", ("Northampton", "place", "Northampton"))
    pub = tell_and_fit("At the Quillfold Arms", ("Quillfold Arms", "place", "Quillfold Arms"))
    again = tell_and_fit("At the Quillfold Arms", ("Quillfold Arms", "place", "Quillfold Arms"))
    late = tell_and_fit("In Northampton", ("Northampton", "place", "Northampton"))
    assert not Proposal.objects.filter(mention=mention_of(late, "place")).exists()
    link = Proposal.objects.get(mention=mention_of(again, "place"))
    assert link.candidate_id == mention_of(pub, "place").pk
