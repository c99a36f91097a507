"""What is counted in a week of action: kinds of outcome, each tagged with one of the four Ps.

Early figures are *provisional* (drugs and cash are still being weighed and counted) and later *final*.
An entry is never overwritten: a later one replaces it, and both are kept. What was handed in
(surrendered) is never added to what was seized: in the 2025 Sceptre week 98 % of the knives came out of
bins, and one sum of both would mislead. Source: the results schema of weeks of action
(`docs/reference/outcomes.md`).
"""

import enum
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Literal

Status = Literal["provisional", "final"]
MOST = Decimal(1_000_000_000)


class OutcomeWrong(ValueError):
    """What was typed is no outcome; the sentence says why and `field` where."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


class FourP(enum.StrEnum):
    """The four strands of the strategy against serious and organised crime."""

    PURSUE = "pursue"
    PREVENT = "prevent"
    PROTECT = "protect"
    PREPARE = "prepare"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of outcome.

    Attributes:
        unit: What one of it is; for drugs the entry's own measure says.
        people: True when it counts people, so that small counts are held back.
        details: Names that say which (substances, weapons) with their labels; empty where nothing is to be said.
        measures: Ways to measure it, the first being the usual one.
    """

    key: str
    label: str
    four_p: FourP
    unit: str
    people: bool
    details: Mapping[str, str]
    measures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Substance:
    """A controlled drug with its class under the Misuse of Drugs Act 1971, Schedule 2."""

    name: str
    label: str
    drug_class: str


SUBSTANCES: Mapping[str, Substance] = {
    substance.name: substance
    for substance in (
        Substance("crack", "Crack cocaine", "A"),
        Substance("cocaine", "Cocaine", "A"),
        Substance("heroin", "Heroin", "A"),
        Substance("mdma", "MDMA (ecstasy)", "A"),
        Substance("methamphetamine", "Methamphetamine", "A"),
        Substance("lsd", "LSD", "A"),
        Substance("amphetamine", "Amphetamine", "B"),
        Substance("cannabis", "Cannabis", "B"),
        Substance("ketamine", "Ketamine", "B"),
        Substance("spice", "Synthetic cannabinoids (spice)", "B"),
        Substance("benzodiazepines", "Benzodiazepines", "C"),
        Substance("pregabalin", "Pregabalin and gabapentin", "C"),
        Substance("nitrous_oxide", "Nitrous oxide", "C"),
        Substance("other_a", "Another drug, class A", "A"),
        Substance("other_b", "Another drug, class B", "B"),
        Substance("other_c", "Another drug, class C", "C"),
    )
}

DRUG_MEASURES = ("g", "wraps", "deals", "tablets", "plants", "canisters")

WEAPONS: Mapping[str, str] = {
    "firearm": "Firearms",
    "imitation": "Imitation firearms",
    "air": "Air, BB and gas weapons",
    "ammunition": "Ammunition (rounds)",
    "knife": "Knives",
    "machete": "Machetes and zombie-style knives",
    "sword": "Swords",
    "crossbow": "Crossbows",
    "knuckleduster": "Knuckledusters",
    "baton": "Batons",
    "hammer_or_bat": "Hammers and bats carried as weapons",
    "corrosive": "Corrosive substances",
    "other": "Other weapons",
}

_DRUG_LABELS = {name: f"{substance.label}, class {substance.drug_class}" for name, substance in SUBSTANCES.items()}


def _plain(key: str, label: str, four_p: FourP, unit: str, *, people: bool = False) -> Kind:
    return Kind(key, label, four_p, unit=unit, people=people, details={}, measures=(unit,))


def _weapons(key: str, label: str, four_p: FourP) -> Kind:
    return Kind(key, label, four_p, unit="items", people=False, details=WEAPONS, measures=("items",))


KINDS: Mapping[str, Kind] = {
    kind.key: kind
    for kind in (
        _plain("arrests", "People arrested", FourP.PURSUE, "people", people=True),
        _plain("warrants", "Warrants carried out", FourP.PURSUE, "warrants"),
        _plain("safeguarded_adult", "Adults made safer", FourP.PROTECT, "people", people=True),
        _plain("safeguarded_child", "Children made safer", FourP.PROTECT, "people", people=True),
        _plain("visits", "Visits to homes that may be taken over", FourP.PROTECT, "visits"),
        _plain("schools", "Schools reached", FourP.PREVENT, "schools"),
        Kind(
            "drugs",
            "Drugs seized",
            FourP.PURSUE,
            unit="",
            people=False,
            details=_DRUG_LABELS,
            measures=DRUG_MEASURES,
        ),
        _plain("cash", "Cash seized", FourP.PURSUE, "£"),
        _weapons("weapons_seized", "Weapons seized", FourP.PURSUE),
        _weapons("weapons_surrendered", "Weapons handed in", FourP.PROTECT),
    )
}
"""Every kind, in the order in which the public reads them."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One recorded outcome of one week.

    Attributes:
        id: Of this entry; `replaces` is the id of the entry that this one corrects or makes final.
        kind: A key of `KINDS`.
        detail: Which substance or weapon; empty for the other kinds.
        measure: One of the kind's measures.
        amount: In `measure`, from 0; pounds and grams may have two decimals, the rest is whole.
    """

    id: int
    kind: str
    amount: Decimal
    detail: str = ""
    measure: str = ""
    status: Status = "provisional"
    replaces: int | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One number that could be published, with the numbers it is the sum of."""

    key: str
    label: str
    unit: str
    value: int
    people: bool = False
    parts: tuple[str, ...] = ()


def check(kind: str, *, detail: str, measure: str, amount: str) -> tuple[str, Decimal]:
    """Return the measure and the amount that were typed for `kind`.

    Raises:
        OutcomeWrong: with the form's field and a sentence for the person typing.
    """
    if kind not in KINDS:
        raise OutcomeWrong("kind", "Choose what came of it.")
    wanted = KINDS[kind]
    if wanted.details and detail not in wanted.details:
        what = "which drug" if kind == "drugs" else "which kind of weapon"
        raise OutcomeWrong("detail", f"Choose {what} it was.")
    if detail and not wanted.details:
        raise OutcomeWrong("detail", f"“{wanted.label}” has no kinds to choose from; leave it empty.")
    measure = measure or wanted.measures[0]
    if measure not in wanted.measures:
        raise OutcomeWrong("measure", f"“{wanted.label}” cannot be measured in {measure}.")
    return measure, _amount(amount, whole=measure not in ("g", "£"))


def _amount(typed: str, *, whole: bool) -> Decimal:
    """Read an amount as people type it: `1,234`, `£1,234.50`, `66 g`."""
    bare = typed.strip().removeprefix("£").removesuffix("g").replace(",", "").strip()
    if not bare:
        raise OutcomeWrong("amount", "Enter how many or how much; 0 is an answer too.")
    try:
        amount = Decimal(bare)
    except InvalidOperation as error:
        raise OutcomeWrong("amount", "The amount must be a number, like 22 or 10,256.50.") from error
    if not amount.is_finite() or not 0 <= amount <= MOST:
        raise OutcomeWrong("amount", "The amount must be a number from 0 to 1,000,000,000.")
    if whole and amount != amount.to_integral_value():
        raise OutcomeWrong("amount", "The amount must be a whole number.")
    if amount != amount.quantize(Decimal("0.01")):
        raise OutcomeWrong("amount", "The amount can have at most two decimals.")
    return amount.quantize(Decimal("0.01"))


def standing(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return the entries that no other one replaces, in their order."""
    entries = tuple(entries)
    replaced = {entry.replaces for entry in entries if entry.replaces is not None}
    return tuple(entry for entry in entries if entry.id not in replaced)


def still_provisional(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return the standing entries that are still being weighed or counted."""
    return tuple(entry for entry in standing(entries) if entry.status == "provisional")


def cells(entries: Iterable[Entry]) -> tuple[Cell, ...]:
    """Return the numbers of one week: what stands is added up, totals come before their parts.

    Weights are rounded to whole grams and cash to whole pounds, but something is never rounded to nothing.
    """
    sums: dict[tuple[str, str, str], Decimal] = {}
    for entry in standing(entries):
        place = (entry.kind, entry.detail, entry.measure)
        sums[place] = sums.get(place, Decimal(0)) + entry.amount
    return tuple(
        cell
        for kind in KINDS.values()
        for cell in _cells_of(kind, {place[1:]: amount for place, amount in sums.items() if place[0] == kind.key})
    )


def with_people_made_safer(found: Sequence[Cell]) -> tuple[Cell, ...]:
    """Return the cells with the sum of adults and children before its parts.

    A week in which only one of them was counted has the sum too: it says the same as its one part, but without it
    the campaign's sum, and the chart, would leave that week's people out.
    """
    parts = tuple(cell for cell in found if cell.key in ("safeguarded_adult", "safeguarded_child"))
    if not parts:
        return tuple(found)
    total = Cell(
        "safeguarded",
        "People made safer",
        "people",
        sum(part.value for part in parts),
        people=True,
        parts=tuple(part.key for part in parts),
    )
    place = found.index(parts[0])
    return (*found[:place], total, *found[place:])


def _cells_of(kind: Kind, amounts: Mapping[tuple[str, str], Decimal]) -> list[Cell]:
    if not amounts:
        return []
    if kind.key == "drugs":
        return _drug_cells(amounts)
    if not kind.details:
        return [Cell(kind.key, kind.label, kind.unit, _rounded(sum(amounts.values(), Decimal(0))), kind.people)]
    parts = [
        Cell(f"{kind.key}_{detail}", f"{kind.label}: {label.lower()}", kind.unit, _rounded(amounts[detail, kind.unit]))
        for detail, label in kind.details.items()
        if (detail, kind.unit) in amounts
    ]
    total = sum(part.value for part in parts)
    return [Cell(kind.key, kind.label, kind.unit, total, parts=tuple(part.key for part in parts)), *parts]


def _drug_cells(amounts: Mapping[tuple[str, str], Decimal]) -> list[Cell]:
    """Return a weight for each class, then every substance in every measure it was counted in."""
    found = []
    for drug_class in "ABC":
        weights = [
            amount
            for (name, measure), amount in amounts.items()
            if measure == "g" and SUBSTANCES[name].drug_class == drug_class
        ]
        if len(weights) > 1:
            label = f"Class {drug_class} drugs seized, by weight"
            found.append(Cell(f"drugs_class_{drug_class.lower()}_g", label, "g", _rounded(sum(weights, Decimal(0)))))
        found += [
            Cell(f"drugs_{name}_{measure}", f"{_DRUG_LABELS[name]}, seized", measure, _rounded(amounts[name, measure]))
            for name, substance in SUBSTANCES.items()
            for measure in DRUG_MEASURES
            if substance.drug_class == drug_class and (name, measure) in amounts
        ]
    return found


def _rounded(amount: Decimal) -> int:
    whole = int(amount.to_integral_value(ROUND_HALF_UP))
    return max(whole, 1) if amount > 0 else 0
