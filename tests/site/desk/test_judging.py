"""Judging links: same joins, different parts, undo restores exactly, contradictions are shown."""

import threading
from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest
from django.db import connection, connections, transaction
from django.db.models import Q
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factories.told_items import NOW, mention_of, person, picture, tell_and_fit

from lastpiece.fit.picture import assemble
from lastpiece.site.desk.records.actions import judging
from lastpiece.site.desk.records.actions.auditing import Actor
from lastpiece.site.desk.records.models import AuditRow, Item, Judgement, Mention, Piece, Proposal
from lastpiece.site.desk.records.queries.fitting import pieces_where
from lastpiece.site.desk.records.queries.judging import judgements_among, next_waiting

ACTS = {"same": judging.accept, "different": judging.refuse, "unsure": judging.leave_unsure}


def several_lil_ts(count: int) -> list[Item]:
    return [tell_and_fit("Lil T was about", ("Lil T", "nickname", "Lil T")) for _ in range(count)]


def link(left: Item, right: Item) -> Proposal:
    earlier, later = sorted((mention_of(left, "nickname").pk, mention_of(right, "nickname").pk))
    proposal, _ = Proposal.objects.get_or_create(
        mention_id=later, candidate_id=earlier, defaults={"bits": 5.0, "proposed_at": NOW}
    )
    return proposal


@pytest.mark.django_db
def test_same_joins_two_things_under_the_lower_number() -> None:
    left, right = several_lil_ts(2)
    before = picture()
    done = judging.accept(Actor.of(person()), link(left, right).pk, now=NOW)
    lower, higher = sorted(before)
    assert done.joined
    assert done.entity == lower
    assert picture() == {lower: ("nickname", "Lil T", (lower, higher))}


@pytest.mark.django_db
def test_undoing_a_join_restores_the_exact_earlier_picture() -> None:
    left, right = several_lil_ts(2)
    before = picture()
    analyst = Actor.of(person())
    done = judging.accept(analyst, link(left, right).pk, now=NOW)
    judging.undo(analyst, done.judgement, now=NOW)
    assert picture() == before
    assert Judgement.objects.get().undone_at == NOW


@pytest.mark.django_db
def test_different_and_unsure_leave_the_picture_as_it_is() -> None:
    one, two, three = several_lil_ts(3)
    before = picture()
    analyst = Actor.of(person())
    assert not judging.refuse(analyst, link(one, two).pk, now=NOW).joined
    assert not judging.leave_unsure(analyst, link(one, three).pk, now=NOW).joined
    assert picture() == before


@pytest.mark.django_db
def test_each_judgement_has_a_name_and_an_audit_row_and_a_link_is_logged_as_combine() -> None:
    left, right = several_lil_ts(2)
    analyst = person("Priya Shah")
    done = judging.accept(Actor.of(analyst), link(left, right).pk, now=NOW, reason="The same Golf on both days")
    row = AuditRow.objects.get(verb="combine")
    assert (row.actor_id, row.kind, row.object_id) == (analyst.pk, "judgement", str(done.judgement))
    assert row.reason == "The same Golf on both days"
    assert "Lil" not in str(row.detail)


@pytest.mark.django_db
def test_a_job_may_not_judge() -> None:
    left, right = several_lil_ts(2)
    with pytest.raises(judging.PersonNeeded):
        judging.accept(Actor.job("a rule"), link(left, right).pk, now=NOW)
    assert not Judgement.objects.exists()


@pytest.mark.django_db
def test_a_person_judges_a_pair_once_until_they_take_it_back() -> None:
    left, right = several_lil_ts(2)
    analyst = Actor.of(person())
    done = judging.accept(analyst, link(left, right).pk, now=NOW)
    with pytest.raises(judging.JudgedAlready, match="already judged this pair: same"):
        judging.refuse(analyst, link(left, right).pk, now=NOW)
    judging.undo(analyst, done.judgement, now=NOW)
    assert not judging.refuse(analyst, link(left, right).pk, now=NOW).joined


@pytest.mark.django_db
def test_two_people_who_disagree_are_both_kept_and_the_contradiction_is_shown() -> None:
    left, right = several_lil_ts(2)
    before = picture()
    proposal = link(left, right)
    judging.accept(Actor.of(person("Priya Shah")), proposal.pk, now=NOW)
    done = judging.refuse(Actor.of(person("Ben Okoro")), proposal.pk, now=NOW + timedelta(seconds=1))
    assert done.others == (("Priya Shah", "same"),)
    assert len(done.contradictions) == 1
    assert Judgement.objects.filter(undone_at=None).count() == 2
    # While people disagree, things stay apart.
    assert picture() == before


@pytest.mark.django_db
def test_a_chain_of_same_against_a_different_is_a_contradiction_until_one_is_taken_back() -> None:
    one, two, three = several_lil_ts(3)
    analyst = Actor.of(person())
    judging.refuse(analyst, link(one, three).pk, now=NOW)
    judging.accept(analyst, link(one, two).pk, now=NOW + timedelta(seconds=1))
    done = judging.accept(analyst, link(two, three).pk, now=NOW + timedelta(seconds=2))
    assert len(done.contradictions) == 1
    assert not done.joined
    assert judging.undo(analyst, done.judgement, now=NOW).contradictions == ()


@pytest.mark.django_db
def test_undo_last_takes_back_ones_own_latest_only() -> None:
    one, two, three = several_lil_ts(3)
    priya, ben = Actor.of(person("Priya Shah")), Actor.of(person("Ben Okoro"))
    first = judging.accept(priya, link(one, two).pk, now=NOW)
    judging.accept(ben, link(two, three).pk, now=NOW + timedelta(seconds=1))
    assert judging.undo_last(priya, now=NOW).judgement == first.judgement
    with pytest.raises(judging.NothingToUndo):
        judging.undo_last(priya, now=NOW)


@pytest.mark.django_db
def test_a_corrected_mention_cannot_be_judged_on_its_old_proposal() -> None:
    left, right = several_lil_ts(2)
    proposal = link(left, right)
    Piece.objects.filter(pk=proposal.mention_id).delete()
    with pytest.raises(judging.PieceGone):
        judging.accept(Actor.of(person()), proposal.pk, now=NOW)


@pytest.mark.django_db
def test_what_is_judged_is_not_asked_again() -> None:
    left, right = several_lil_ts(2)
    waiting = next_waiting()
    assert waiting is not None
    judging.leave_unsure(Actor.of(person()), waiting.pk, now=NOW)
    assert next_waiting() is None
    assert {left.pk, right.pk} == {waiting.mention.item_id, waiting.candidate.item_id}


@pytest.mark.django_db
def test_a_thing_judged_different_is_not_asked_again_through_another_of_its_pieces() -> None:
    one, two, three = several_lil_ts(3)
    Proposal.objects.all().delete()
    analyst = Actor.of(person())
    judging.accept(analyst, link(one, two).pk, now=NOW)
    judging.refuse(analyst, link(one, three).pk, now=NOW)
    link(two, three)
    assert next_waiting() is None


def whole_picture() -> dict[int, tuple[str, tuple[int, ...]]]:
    """Return what assembling everything at once gives, for comparison with what is stored piece by piece."""
    pieces = [piece for piece, entity in pieces_where(Q(entity__isnull=False)).values() if entity is not None]
    whole = assemble(pieces, judgements_among([piece.id for piece in pieces]))
    return {entity.id: (entity.kind, entity.pieces) for entity in whole.entities}


STEPS = st.lists(
    st.tuples(st.sampled_from(["same", "different", "unsure", "undo"]), st.integers(0, 5), st.integers(0, 5)),
    max_size=14,
)


@pytest.mark.django_db
@given(steps=STEPS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_after_any_judgements_the_stored_picture_is_the_assembled_one_and_undoing_all_restores_it(
    steps: Sequence[tuple[str, int, int]],
) -> None:
    items = list(Item.objects.order_by("pk")) or several_lil_ts(6)
    with transaction.atomic():
        start = picture()
        analyst = Actor.of(person())
        made: list[tuple[int, object]] = []
        for clock, (what, left, right) in enumerate(steps):
            now = NOW + timedelta(seconds=clock)
            if what == "undo" and made:
                judgement, before = made.pop()
                judging.undo(analyst, judgement, now=now)
                assert picture() == before
            elif what != "undo" and left != right:
                before = picture()
                try:
                    made.append((ACTS[what](analyst, link(items[left], items[right]).pk, now=now).judgement, before))
                except judging.JudgedAlready:
                    assert picture() == before
            assert {number: (kind, pieces) for number, (kind, _, pieces) in picture().items()} == whole_picture()
        for judgement, before in reversed(made):
            judging.undo(analyst, judgement, now=NOW)
            assert picture() == before
        assert picture() == start
        transaction.set_rollback(True)


@pytest.mark.django_db(transaction=True)
def test_two_analysts_who_judge_one_pair_at_once_are_both_recorded_and_nothing_is_lost() -> None:
    items = several_lil_ts(2)
    proposal = link(*items)
    judges = [(Actor.of(person("Priya Shah")), judging.accept), (Actor.of(person("Ben Okoro")), judging.refuse)]
    start = threading.Barrier(2)
    seen: list[object] = []

    def judge(actor: Actor, act: Callable[..., judging.Judged]) -> None:
        try:
            start.wait()
            seen.append(act(actor, proposal.pk, now=NOW))
        except Exception as error:  # noqa: BLE001 - shown by the assertion below
            seen.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=judge, args=pair) for pair in judges]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(isinstance(answer, judging.Judged) for answer in seen), seen
    assert Judgement.objects.filter(undone_at=None).count() == 2
    # Whoever came second was told of the other, and the two stay apart while they disagree.
    assert sorted(len(answer.others) for answer in seen if isinstance(answer, judging.Judged)) == [0, 1]
    assert all(len(pieces) == 1 for _, _, pieces in picture().values())
    assert AuditRow.objects.filter(verb__in=["combine", "keep apart"]).count() == 2
    assert connection.is_usable()
    assert Mention.objects.count() == 2
