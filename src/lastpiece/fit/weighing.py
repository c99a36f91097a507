"""Weighing: how strongly a piece fits a thing already known, taken apart reason by reason.

Weights are log2 of likelihood ratios (Fellegi and Sunter, A theory for record linkage, 1969), so that
reasons add. An agreement is worth no more than the value's rarity in the county allows (Winkler,
Frequency-based matching, 1989). What was told in one breath with both is evidence too, and so are the
day and the place. Last, the grades and the number of independent sources limit the whole.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from lastpiece.fit.closeness import days_bits, distance_bits, nearest_days, nearest_km
from lastpiece.fit.piece import EntityView, Piece, family
from lastpiece.fit.trust import joint_limit_bits, sources, told_by
from lastpiece.values.comparison import Comparison, Level
from lastpiece.values.kinds import KINDS

TOLD_AGAIN = 0.3
"""Probability that one more source who speaks of a thing mentions a given companion of it. Judgement, not learnt."""

COMPANION_LIMIT_BITS = 10.0
"""Most bits that one family of companions can give: to be seen together is not to be the same."""

COUNTY_PRIOR = 50.0
"""Mentions that the county's counts are diluted with, so that three reports do not make a name common."""


@dataclass(frozen=True, slots=True)
class Part:
    """One reason.

    Attributes:
        feature: What agrees or disagrees: a family of kinds, `with <family>`, `when`, `where`, `sources`.
        bits: Its weight, positive for the fit, negative against.
        sentence: The reason in words.
        items: The items of information it rests on, ascending.
    """

    feature: str
    bits: float
    sentence: str = field(repr=False)
    items: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Fit:
    """How a piece fits an entity: a waterfall of reasons whose bits sum to the total."""

    piece: int
    entity: int
    parts: tuple[Part, ...]

    @property
    def bits(self) -> float:
        """The total weight in bits."""
        return math.fsum(part.bits for part in self.parts)

    def chance(self, among: int) -> float:
        """Return the probability of the fit when the thing is one of `among` equally likely ones."""
        return 1 / (1 + (max(among, 2) - 1) * math.exp2(-self.bits))


@dataclass(frozen=True, slots=True)
class Frequencies:
    """How often each value is mentioned in this county.

    Attributes:
        counts: By kind, by value: how many independent sources mention it.
    """

    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict, repr=False)

    def rarity_bits(self, kind: str, value: str, own: int = 0) -> float:
        """Return −log2 of the share of other sources with this value; infinite when there are none.

        Args:
            kind: The value's kind.
            value: The normalised value.
            own: Sources of what is being compared that say the value, left out of the count.
        """
        counts = self.counts.get(kind, {})
        others = counts.get(value, 0) - own
        return math.log2((sum(counts.values()) + COUNTY_PRIOR) / others) if others > 0 else math.inf


def weigh(piece: Piece, companions: Sequence[Piece], entity: EntityView, frequencies: Frequencies) -> Fit:
    """Return how `piece`, told together with `companions`, fits `entity`.

    The total is symmetric in time and place, the same whatever order pieces come in, and the same
    however often one source repeats itself.
    """
    own = tuple(other for other in entity.pieces if other.id != piece.id)
    parts = [
        *_likeness(piece, own, frequencies),
        *_company(piece, companions, entity, frequencies),
        *_when(piece, own),
        *_where(piece, own),
    ]
    return Fit(piece.id, entity.id, (*parts, *_limit(piece, own, parts)))


def compare(left: Piece, right: Piece) -> Comparison | None:
    """Return how two pieces' values agree, or None where their kinds cannot be compared."""
    if left.kind == right.kind:
        return KINDS[left.kind].compare(left.value, right.value)
    if family(left.kind) == family(right.kind) == "person":
        return KINDS["nickname"].compare(left.value, right.value)
    return None


def _saying(pieces: Iterable[Piece], *values: str) -> int:
    """Return how many independent sources among `pieces` say one of `values`."""
    return len(sources(piece for piece in pieces if piece.value in values))


def _adjusted_bits(comparison: Comparison, pair: tuple[Piece, Piece], own: int, frequencies: Frequencies) -> float:
    """Return a comparison's bits, an agreement made worth no more than the commoner value's rarity allows."""
    if comparison.bits <= 0:
        return comparison.bits
    excess = max(
        KINDS[piece.kind].specificity(piece.value) - frequencies.rarity_bits(piece.kind, piece.value, own)
        for piece in pair
    )
    return max(0.0, comparison.bits - max(0.0, excess))


def _likeness(piece: Piece, own: Sequence[Piece], frequencies: Frequencies) -> Iterable[Part]:
    """Yield the best agreement with one of the entity's own values: copies of a value count once."""
    best: tuple[float, Comparison, Piece] | None = None
    for other in own:
        comparison = compare(piece, other)
        if comparison is not None:
            saying = _saying((*own, piece), piece.value, other.value)
            bits = _adjusted_bits(comparison, (piece, other), saying, frequencies)
            if best is None or (bits, -other.id) > (best[0], -best[2].id):
                best = (bits, comparison, other)
    if best is not None:
        bits, comparison, other = best
        if comparison.level is not Level.UNKNOWN:
            yield Part(family(piece.kind), bits, _sentence(comparison), _items(piece, other))


def _company(piece: Piece, companions: Sequence[Piece], entity: EntityView, frequencies: Frequencies) -> Iterable[Part]:
    """Yield, for each family, the strongest agreement between what was told with each of the two."""
    inside = {known.id for known in entity.pieces}
    mine = [other for other in companions if other.id != piece.id and other.id not in inside]
    theirs = [other for other in entity.companions if other.item != piece.item and other.id != piece.id]
    best: dict[str, Part] = {}
    for companion in mine:
        part = _companion(companion, theirs, frequencies)
        group = family(companion.kind)
        if part is not None and (group not in best or part.bits > best[group].bits):
            best[group] = part
    for group in sorted(best):
        yield best[group]


def _companion(companion: Piece, theirs: Sequence[Piece], frequencies: Frequencies) -> Part | None:
    """Return what it is worth that `companion` is also known in the entity's company, or None.

    The more values the entity keeps company with, the likelier that one agrees by chance (the log2 of
    their number is taken off); the more independent sources tell of the tie, the likelier it lasts.
    """
    alike = [other for other in theirs if family(other.kind) == family(companion.kind)]
    agreeing = []
    for other in alike:
        comparison = compare(companion, other)
        if comparison is not None and comparison.bits > 0:
            saying = _saying((*alike, companion), companion.value, other.value)
            bits = _adjusted_bits(comparison, (companion, other), saying, frequencies)
            agreeing.append((bits, -other.id, comparison))
    if not agreeing:
        return None
    best, _, comparison = max(agreeing, key=lambda found: found[:2])
    witnesses = [other for other in alike if -other.id in {minus for bits, minus, _ in agreeing if bits == best}]
    count = len(sources(witnesses))
    bits = best + math.log2(1 - (1 - TOLD_AGAIN) ** count) - math.log2(len({other.value for other in alike}))
    if bits <= 0:
        return None
    sentence = f"Told together with both: {comparison.sentence}. The tie was known from {told_by(count)}."
    return Part(
        f"with {family(companion.kind)}", min(bits, COMPANION_LIMIT_BITS), sentence, _items(companion, *witnesses)
    )


def _when(piece: Piece, own: Sequence[Piece]) -> Iterable[Part]:
    days = nearest_days(piece.seen_on, (other.seen_on for other in own))
    if days is not None:
        apart = "on the same day" if days == 0 else f"{days} day{'s' if days > 1 else ''} apart"
        dated = [other for other in own if nearest_days(piece.seen_on, [other.seen_on]) == days]
        yield Part("when", days_bits(days), f"The nearest sightings are {apart}.", _items(piece, *dated))


def _where(piece: Piece, own: Sequence[Piece]) -> Iterable[Part]:
    distance = nearest_km(piece.place, (other.place for other in own))
    if distance is not None:
        apart = "less than 1 km apart" if distance < 1 else f"about {distance:.0f} km apart"
        placed = [other for other in own if nearest_km(piece.place, [other.place]) == distance]
        yield Part("where", distance_bits(distance), f"The nearest sightings are {apart}.", _items(piece, *placed))


def _limit(piece: Piece, own: Sequence[Piece], parts: Sequence[Part]) -> Iterable[Part]:
    """Yield the part that takes off what the sources together cannot carry."""
    total = math.fsum(part.bits for part in parts)
    witnesses = (piece, *own)
    limit = joint_limit_bits(witnesses)
    if abs(total) > limit:
        count = len(sources(witnesses))
        sentence = (
            f"This rests on {told_by(count)}, graded {_grades(witnesses)}; that can carry at most {limit:.1f} bits"
            " for or against."
        )
        yield Part("sources", math.copysign(limit, total) - total, sentence, _items(*witnesses))


def _sentence(comparison: Comparison) -> str:
    return f"{comparison.sentence[:1].upper()}{comparison.sentence[1:]}."


def _grades(pieces: Iterable[Piece]) -> str:
    return ", ".join(sorted({str(piece.grade) for piece in pieces}))


def _items(*pieces: Piece) -> tuple[int, ...]:
    return tuple(sorted({piece.item for piece in pieces}))
