"""The picture is made of judgements alone, so every one of them can be taken back."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from lastpiece.fit.judgement import Judgement, Verdict, contradictions
from lastpiece.fit.picture import Picture, assemble, view_of
from lastpiece.fit.piece import Piece

EPOCH = datetime(2026, 3, 1, 9, tzinfo=UTC)


def piece(number: int, kind: str = "person", item: int | None = None) -> Piece:
    return Piece(number, item if item is not None else number, f"source {number}", kind, f"Value {number}")


def said(number: int, left: int, right: int, verdict: Verdict = Verdict.SAME) -> Judgement:
    return Judgement(number, left, right, verdict, "a.analyst", EPOCH + timedelta(minutes=number))


def groups(picture: Picture) -> list[tuple[int, ...]]:
    return [entity.pieces for entity in picture.entities]


pieces_of_eight = [piece(number) for number in range(1, 9)]
pairs = st.tuples(st.integers(1, 8), st.integers(1, 8)).filter(lambda pair: pair[0] != pair[1])
sayings = st.lists(st.tuples(pairs, st.sampled_from(list(Verdict))), max_size=14).map(
    lambda rows: [said(number, left, right, verdict) for number, ((left, right), verdict) in enumerate(rows, 1)]
)


def test_without_judgements_every_piece_stands_alone() -> None:
    assert groups(assemble(pieces_of_eight[:3], [])) == [(1,), (2,), (3,)]


def test_same_joins_and_the_lowest_piece_names_the_entity() -> None:
    picture = assemble(pieces_of_eight[:4], [said(1, 4, 2), said(2, 2, 3)])
    assert groups(picture) == [(1,), (2, 3, 4)]
    assert [entity.id for entity in picture.entities] == [1, 2]


def test_unsure_changes_nothing() -> None:
    assert assemble(pieces_of_eight, [said(1, 1, 2, Verdict.UNSURE)]) == assemble(pieces_of_eight, [])


def test_different_keeps_two_pieces_apart_and_the_contradiction_is_shown() -> None:
    judgements = [said(1, 1, 2), said(2, 2, 3), said(3, 1, 3, Verdict.DIFFERENT)]
    picture = assemble(pieces_of_eight[:3], judgements)
    assert groups(picture) == [(1, 2), (3,)]
    assert picture.set_aside == (2,)
    assert picture.contradictions[0].different == 3
    assert picture.contradictions[0].same == (1, 2)


def test_a_piece_judged_both_same_and_different_is_kept_apart_until_one_is_taken_back() -> None:
    both = [said(1, 1, 2), said(2, 1, 2, Verdict.DIFFERENT)]
    assert groups(assemble(pieces_of_eight[:2], both)) == [(1,), (2,)]
    assert groups(assemble(pieces_of_eight[:2], both[:1])) == [(1, 2)]


def test_an_entity_has_the_kind_that_says_most() -> None:
    picture = assemble([piece(1, "nickname"), piece(2, "person")], [said(1, 1, 2)])
    assert picture.entities[0].kind == "person"


def test_a_view_holds_what_was_told_in_the_same_items() -> None:
    pieces = {row.id: row for row in [piece(1, "person", 10), piece(2, "phone", 10), piece(3, "phone", 11)]}
    picture = assemble(pieces.values(), [])
    view = view_of(picture.entity_of()[1], pieces)
    assert [known.id for known in view.companions] == [2]


@given(sayings, st.randoms(use_true_random=False))
def test_the_order_of_pieces_and_judgements_does_not_matter(judgements: list[Judgement], shuffler: object) -> None:
    shuffled_pieces, shuffled = list(pieces_of_eight), list(judgements)
    shuffler.shuffle(shuffled_pieces)  # type: ignore[attr-defined]  # hypothesis's own Random
    shuffler.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis's own Random
    assert assemble(shuffled_pieces, shuffled) == assemble(pieces_of_eight, judgements)


@given(sayings)
def test_a_cluster_never_holds_two_pieces_judged_different(judgements: list[Judgement]) -> None:
    entity_of = assemble(pieces_of_eight, judgements).entity_of()
    for judgement in judgements:
        if judgement.verdict is Verdict.DIFFERENT:
            assert entity_of[judgement.left] != entity_of[judgement.right]


@given(sayings)
def test_every_same_is_followed_or_set_aside_or_contradicted(judgements: list[Judgement]) -> None:
    picture = assemble(pieces_of_eight, judgements)
    entity_of = picture.entity_of()
    for judgement in judgements:
        if judgement.verdict is Verdict.SAME:
            apart = entity_of[judgement.left] != entity_of[judgement.right]
            assert apart == (judgement.id in picture.set_aside)
    if picture.set_aside:
        assert picture.contradictions


@given(sayings, pairs, st.sampled_from(list(Verdict)))
def test_undo_restores_the_exact_earlier_picture(
    judgements: list[Judgement], pair: tuple[int, int], verdict: Verdict
) -> None:
    before = assemble(pieces_of_eight, judgements)
    with_one_more = [*judgements, said(99, *pair, verdict)]
    assemble(pieces_of_eight, with_one_more)
    undone = [judgement for judgement in with_one_more if judgement.id != 99]
    assert assemble(pieces_of_eight, undone) == before


@given(sayings, st.data())
def test_undoing_any_judgement_equals_never_having_made_it(judgements: list[Judgement], data: st.DataObject) -> None:
    if not judgements:
        return
    taken_back = data.draw(st.sampled_from(judgements))
    others = [judgement for judgement in judgements if judgement != taken_back]
    assemble(pieces_of_eight, judgements)
    assert assemble(pieces_of_eight, others) == assemble(list(reversed(pieces_of_eight)), list(reversed(others)))


@given(sayings)
def test_a_contradiction_names_a_chain_that_really_joins_its_two_pieces(judgements: list[Judgement]) -> None:
    by_id = {judgement.id: judgement for judgement in judgements}
    for contradiction in contradictions(judgements):
        at = by_id[contradiction.different].left
        for step in contradiction.same:
            tie = by_id[step]
            assert tie.verdict is Verdict.SAME
            at = tie.right if at == tie.left else tie.left
        assert at == by_id[contradiction.different].right
