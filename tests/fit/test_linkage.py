"""A table links itself: the right rows together, the wrong ones apart, whatever is thrown at it."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]  # pyarrow ships no types
import pyarrow.parquet as pq  # type: ignore[import-untyped]  # the same
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastpiece.fit.columns.column import CLEANERS, KindOfColumnError, encode
from lastpiece.fit.columns.figures import Figures, figures_of_groups, figures_of_links
from lastpiece.fit.columns.grouping import LARGEST_KNOT, knots
from lastpiece.fit.columns.kinds import COLUMN_KINDS
from lastpiece.fit.columns.learning import learn
from lastpiece.fit.columns.levels import UNKNOWN, Expected, compared, level_names
from lastpiece.fit.columns.pairs import Pairs, VotingLimits
from lastpiece.fit.linkage import Linkage, NothingToCompareError, link

LINKAGE = Path(__file__).parents[2] / "../shared/data/linkage"
FORENAMES = [
    *("Ann", "Bo", "Cy", "Dee", "Ed", "Flo", "Gus", "Hal", "Ivy", "Jo"),
    *("Kit", "Lou", "Mo", "Ned", "Oz", "Pam", "Quin", "Roy", "Sue", "Ted"),
]
TOWNS = ["Corby", "Daventry", "Kettering", "Oundle", "Rushden", "Thrapston", "Towcester", "Brackley"]
KINDS = {"first": "forename", "last": "surname", "born": "date", "phone": "phone", "town": "place"}


def linked(
    table: Mapping[str, Sequence[str | None]], kinds: Mapping[str, str], each_once: np.ndarray | None = None
) -> Linkage:
    columns = [encode(name, kind, pa.array(table[name], pa.string())) for name, kind in kinds.items()]
    return link(columns, progress=lambda *_: None, each_once=each_once)


def levels_of(kind: str, *pairs: tuple[str, str]) -> list[str]:
    column = encode("x", kind, pa.array([value for pair in pairs for value in pair], pa.string()))
    places = np.arange(len(pairs), dtype=np.int64) * 2
    return [level_names(kind)[level] for level in compared(column, Pairs(places, places + 1))]


def word(rng: Random, length: int = 7) -> str:
    return "".join(rng.choice("bcdfglmnprst") + rng.choice("aeiou") for _ in range(length // 2)).capitalize()


def slip(rng: Random, text: str) -> str:
    at = rng.randrange(1, len(text))
    return text[:at] + rng.choice("abcdefghijklmnop") + text[at + 1 :]


def people(rng: Random, count: int) -> tuple[dict[str, list[str | None]], list[int]]:
    """Invent people, each told of one to four times, with slips and gaps."""
    rows: list[list[str | None]] = []
    truth = []
    for person in range(count):
        whole = [
            rng.choice(FORENAMES),
            word(rng, 8),
            f"{rng.randint(1950, 2005)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}",
            f"07700900{rng.randint(0, 999):03}",
            rng.choice(TOWNS),
        ]
        for _ in range(rng.randint(1, 4)):
            told: list[str | None] = [slip(rng, value) if rng.random() < 0.15 else value for value in whole]
            rows.append([None if rng.random() < 0.15 else value for value in told])
            truth.append(person)
    return {name: [row[at] for row in rows] for at, name in enumerate(KINDS)}, truth


def figures(found: Linkage, truth: Sequence[object]) -> tuple[Figures, Figures]:
    codes = np.unique(np.array(truth, dtype=str), return_inverse=True)[1].astype(np.int64)
    return figures_of_links(Pairs(found.links.left, found.links.right), codes), figures_of_groups(found.group, codes)


def test_invented_people_are_told_apart_and_put_together() -> None:
    table, truth = people(Random(7), 800)
    pairwise, cluster = figures(linked(table, KINDS), truth)
    assert pairwise.f1 > 0.9
    assert cluster.f1 > 0.9
    assert cluster.precision > 0.95


def test_the_same_table_links_the_same_way_twice() -> None:
    table, _ = people(Random(8), 200)
    one, other = linked(table, KINDS), linked(table, KINDS)
    assert (one.group == other.group).all()
    assert (one.links.bits == other.links.bits).all()


def test_rows_in_another_order_are_grouped_alike() -> None:
    table, truth = people(Random(9), 300)
    order = list(range(len(truth)))
    Random(1).shuffle(order)
    turned = {name: [values[at] for at in order] for name, values in table.items()}
    straight, shuffled = linked(table, KINDS), linked(turned, KINDS)
    back = np.empty(len(order), dtype=np.int64)
    back[order] = shuffled.group
    agreement = figures_of_groups(straight.group, back)
    assert agreement.f1 > 0.99


def test_a_group_is_named_by_its_lowest_row_and_a_link_has_its_lower_row_left() -> None:
    table, _ = people(Random(10), 200)
    found = linked(table, KINDS)
    assert (found.group[found.group] == found.group).all()
    assert (found.group <= np.arange(len(found.group))).all()
    assert (found.links.left < found.links.right).all()
    assert ((found.links.chance >= 0.5) & (found.links.bits > 0)).all()


def test_when_no_table_holds_one_thing_twice_only_rows_of_two_tables_are_linked() -> None:
    table, truth = people(Random(11), 150)
    doubled = {name: [*values, *values] for name, values in table.items()}
    files = np.repeat([0, 1], len(truth))
    found = linked(doubled, KINDS, each_once=files)
    assert len(found.links.left)
    assert (files[found.links.left] != files[found.links.right]).all()


def test_a_whole_name_beside_its_own_parts_does_not_count_twice() -> None:
    table, truth = people(Random(12), 500)
    whole = [" ".join(filter(None, both)) or None for both in zip(table["first"], table["last"], strict=True)]
    without = figures(linked(table, KINDS), truth)[1]
    beside = figures(linked({**table, "whole": whole}, {**KINDS, "whole": "name"}), truth)[1]
    assert beside.f1 == pytest.approx(without.f1, abs=0.01)


def test_half_a_table_that_says_unknown_links_with_nobody() -> None:
    table, truth = people(Random(13), 300)
    many = 3_000
    fill: dict[str, str | None] = {
        "first": "unknown",
        "last": "Smith",
        "born": None,
        "phone": "07000 000000",
        "town": "n/a",
    }
    padded = {name: [*values, *[fill[name]] * many] for name, values in table.items()}
    found = linked(padded, KINDS)
    assert (found.group[len(truth) :] == np.arange(len(truth), len(truth) + many)).all()
    assert figures(found, [*truth, *range(10_000, 10_000 + many)])[1].f1 > 0.85


def test_one_person_told_of_five_hundred_times_in_the_same_words_is_one_group() -> None:
    table, truth = people(Random(14), 2_000)
    same = {"first": "Zeb", "last": "Quillon", "born": "1971-02-03", "phone": "07700900999", "town": "Corby"}
    padded = {name: [*values, *[same[name]] * 500] for name, values in table.items()}
    found = linked(padded, KINDS)
    assert len(set(found.group[len(truth) :].tolist())) == 1


@pytest.mark.parametrize("rows", [1, 2, 50_000])
def test_nothing_but_empty_values_is_said_to_be_nothing_to_compare(rows: int) -> None:
    with pytest.raises(NothingToCompareError):
        linked({"first": [None] * rows}, {"first": "forename"})


def test_rows_that_share_nothing_rare_link_with_nobody() -> None:
    found = linked({"last": ["Smith", None] * 25_000}, {"last": "surname"})
    assert not len(found.links.left)
    assert len(np.unique(found.group)) == 50_000


@pytest.mark.parametrize("rows", [[["Ann"]], [["Ann"], ["Bo"]]])
def test_a_tiny_table_is_answered(rows: list[list[str]]) -> None:
    assert len(linked({"first": [row[0] for row in rows]}, {"first": "forename"}).group) == len(rows)


def test_six_rows_are_too_few_to_learn_from_and_linked_all_the_same() -> None:
    table: dict[str, list[str | None]] = {
        "first": ["Michael", "Mike", "Ann", "Ann", "Bo", "Anne"],
        "last": ["Okafor", "Okafor", "Exemplar", "Exemplar", "Marlow", "Exempler"],
        "born": ["1990-03-12", "12/03/1990", "1975-09-27", None, "1988-01-30", "1975-09-27"],
        "phone": ["07700 900123", "+44 7700 900123", "07700 900555", "07700 900555", "unknown", "07700 900555"],
        "town": ["Corby", "Corby", "Oundle", "Oundle", "Kettering", None],
    }
    assert linked(table, KINDS).group.tolist() == [0, 0, 2, 2, 4, 2]


def test_a_few_rows_that_share_a_surname_and_a_town_are_not_one_person() -> None:
    table: dict[str, list[str | None]] = {
        "first": ["Michael", "Dawn", "Ann", "Bo"],
        "last": ["Okafor", "Okafor", "Okafor", "Marlow"],
        "born": ["1990-03-12", "1962-11-05", "1975-09-27", "1988-01-30"],
        "phone": [None, None, None, None],
        "town": ["Corby", "Corby", "Corby", "Corby"],
    }
    assert linked(table, KINDS).group.tolist() == [0, 1, 2, 3]


def test_a_kind_that_no_column_can_be_is_refused() -> None:
    with pytest.raises(KindOfColumnError, match="not a kind of column"):
        encode("x", "shoe size", pa.array(["9"]))


def test_the_kinds_of_the_help_are_the_kinds_there_are() -> None:
    assert tuple(sorted(CLEANERS)) == COLUMN_KINDS
    assert all(level_names(kind) for kind in COLUMN_KINDS)


@pytest.mark.parametrize(
    ("kind", "left", "right", "level"),
    [
        ("forename", "Michael", "Mike", "nickname"),
        ("forename", "Jonathon", "Jonathan", "a slip away"),
        ("surname", "Clark", "Clarke", "a slip away"),
        ("surname", "Okafor", "Marsh", "different"),
        ("name", "Ann Example", "Example, Ann", "same words"),
        ("name", "Ann Rose Example", "Ann Example", "one within the other"),
        ("date", "1990-03-12", "1990-12-03", "a slip away"),
        ("date", "1990-03-12", "1990-03-17", "a slip away"),
        ("date", "1990-03-12", "1990-03-27", "same month"),
        ("date", "12/03/1990", "1990-03-12", "exact, commoner than 1 in 32"),
        ("date", "12/03/1990", "1975-09-27", "different"),
        ("postcode", "NN1 1AA", "NN1 1AB", "a slip away"),
        ("postcode", "NN1 1AA", "nn1 9zz", "same district"),
        ("place", "Corby", "Corby, Northants", "one within the other"),
        ("phone", "07700 900123", "+44 7700 900124", "a slip away"),
        ("address", "14 Mill Lane", "14 Mill Lne", "close"),
        ("word", "painter", "painters", "close"),
    ],
)
def test_two_values_stand_on_the_level_a_reader_expects(kind: str, left: str, right: str, level: str) -> None:
    assert levels_of(kind, (left, right)) == [level]


def test_exact_agreement_on_a_rare_value_stands_above_that_on_a_common_one() -> None:
    column = encode("last", "surname", pa.array(["Smith"] * 300 + ["Quillon", "Quillon"], pa.string()))
    rare, common = compared(column, Pairs(np.array([300, 0]), np.array([301, 1])))
    assert rare < common < len(level_names("surname")) - 1


def test_a_missing_value_has_no_level() -> None:
    column = encode("last", "surname", pa.array(["Smith", None, "unknown"], pa.string()))
    assert compared(column, Pairs(np.array([0, 1]), np.array([1, 2]))).tolist() == [UNKNOWN, UNKNOWN]


def test_learning_finds_the_two_populations_that_made_the_pairs() -> None:
    rng = np.random.default_rng(5)
    match = rng.random(20_000) < 0.2
    levels = [
        np.where(rng.random(20_000) < np.where(match, 0.9, chance), 0, 1).astype(np.int8) for chance in (0.05, 0.1, 0.2)
    ]
    guess = Expected(np.array([0.6, 0.4]), np.array([0.4, 0.6]))
    model = learn(levels, [guess] * 3)
    assert model.matches == pytest.approx(match.mean(), abs=0.02)
    for column, chance in zip(model.u, (0.05, 0.1, 0.2), strict=True):
        assert column[0] == pytest.approx(chance, abs=0.02)
    for column in model.m:
        assert column[0] == pytest.approx(0.9, abs=0.03)


def test_a_long_chain_of_weak_links_is_not_one_knot() -> None:
    rows = LARGEST_KNOT * 4
    chain = Pairs(np.arange(rows - 1), np.arange(1, rows))
    bits = np.full(rows - 1, 1.5)
    bits[::10] = 8.0
    assert max(len(knot) for knot in knots(chain, bits, rows)) <= LARGEST_KNOT


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 4)), min_size=1, max_size=40))
def test_the_figures_of_groups_are_those_of_the_pairs_they_imply(rows: list[tuple[int, int]]) -> None:
    group, truth = (np.array(column, dtype=np.int64) for column in zip(*rows, strict=True))
    left, right = np.triu_indices(len(rows), 1)
    within = group[left] == group[right]
    implied = Pairs(left[within].astype(np.int64), right[within].astype(np.int64))
    assert figures_of_groups(group, truth) == figures_of_links(implied, truth)


def test_a_row_whose_truth_is_not_known_counts_nowhere() -> None:
    truth = np.array([0, 0, -1, -1], dtype=np.int64)
    assert figures_of_groups(np.zeros(4, dtype=np.int64), truth) == Figures(1.0, 1.0, 1.0)


def test_limits_outside_their_ranges_are_refused() -> None:
    with pytest.raises(ValueError, match="at least"):
        VotingLimits(shared_by=1)


def febrl() -> tuple[dict[str, list[str | None]], list[int]]:
    rows: list[dict[str, str]] = []
    for name in ("dataset4a.csv", "dataset4b.csv"):
        path = LINKAGE / "febrl" / name
        if not path.exists():
            pytest.skip(f"the FEBRL files are not at {path.parent}")
        with path.open(newline="") as text:
            rows += csv.DictReader(text, skipinitialspace=True)
    return {name: [row[name] or None for row in rows] for name in rows[0]}, [
        int(row["rec_id"].split("-")[1]) for row in rows
    ]


def test_febrl_4_is_linked_nearly_without_fault() -> None:
    table, truth = febrl()
    kinds = {
        "given_name": "forename",
        "surname": "surname",
        "date_of_birth": "date",
        "address_1": "address",
        "suburb": "place",
        "postcode": "postcode",
        "soc_sec_id": "plate",
    }
    pairwise, cluster = figures(linked(table, kinds), truth)
    assert pairwise.f1 > 0.995
    assert cluster.f1 > 0.995


@pytest.mark.slow
def test_the_historical_figures_are_linked_better_than_the_best_published_run() -> None:
    path = LINKAGE / "historical_figures_with_errors_50k.parquet"
    if not path.exists():
        pytest.skip(f"the historical figures are not at {path}")
    table = pq.read_table(path).to_pydict()
    kinds = {
        "first_name": "forename",
        "surname": "surname",
        "dob": "date",
        "birth_place": "place",
        "postcode_fake": "postcode",
        "occupation": "word",
    }
    pairwise, cluster = figures(linked(table, kinds), table["cluster"])
    assert pairwise.f1 > 0.85
    assert cluster.f1 > 0.90
