"""Gaps, the last piece: which one fact would most raise or kill a leading explanation.

A gap is said in words that an intelligence requirement can use. It is for the force and its partners
to look into; it is never a question for the person who told (`docs/explanation/how-fitting-works.md`).
Its gain is the expected change of the fit in bits: for each answer the fact may have, the size of the
change it would bring times the chance of that answer.
"""

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from lastpiece.fit.closeness import days_bits, distance_bits
from lastpiece.fit.piece import EntityView, Piece, family
from lastpiece.fit.weighing import COMPANION_LIMIT_BITS, TOLD_AGAIN, Fit
from lastpiece.values.kinds import KINDS

LETTER_BITS = math.log2(23)
"""A letter of a British plate: I, Q and Z are hardly used."""
DIGIT_BITS = math.log2(10)
HOUSE_BITS, FLAT_BITS, INWARD_BITS, SURNAME_BITS = 6.0, 5.0, 9.0, 9.0
"""About 64 houses in a street, 32 flats in a block, 570 postcodes in a district, 500 equally common surnames."""
MISMATCH_BITS = 10.0
"""What it costs when a fact that must agree does not: only a mistake could still explain it."""
NO_TIE_BITS = -math.log2(1 - TOLD_AGAIN)
"""What it costs when the company turns out to be another: little, people keep many."""

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh")
_PLATE_LENGTH = 7
_PHONE_DIGITS = 12  # +44 and ten more
_MISSING = {
    "vehicle": "The number plate of a vehicle seen with it",
    "phone": "A phone number used with it",
    "home": "An address it is tied to",
    "person": "The name of a person seen with it",
    "handle": "A name used online",
}


@dataclass(frozen=True, slots=True)
class Gap:
    """One missing fact.

    Attributes:
        sentence: The fact in words, as an intelligence requirement would ask for it.
        feature: The family of kinds it belongs to, or `when`, `where`.
        gain_bits: The change in the weight of the explanation to be expected from learning it.
    """

    sentence: str = field(repr=False)
    feature: str
    gain_bits: float


def gaps(entity: EntityView, *, top: int = 5) -> tuple[Gap, ...]:
    """Return the facts that would most help to know `entity` again, the most telling first.

    The gain is what agreement on the fact would be worth the next time it is told.
    """
    found = [
        Gap(words, family(piece.kind), bits)
        for piece in _fullest(entity.pieces)
        for words, bits in _unknown_parts(piece)
    ]
    present = {family(piece.kind) for piece in (*entity.pieces, *entity.companions)}
    for group, words in _MISSING.items():
        if group not in present:
            found.append(Gap(words, group, COMPANION_LIMIT_BITS + math.log2(TOLD_AGAIN)))
    if all(piece.seen_on is None for piece in entity.pieces):
        found.append(Gap("The day on which it was seen", "when", days_bits(0)))
    if all(piece.place is None for piece in entity.pieces):
        found.append(Gap("Where it was seen", "where", distance_bits(0)))
    return _first(found, top)


def deciding_gaps(
    fit: Fit, piece: Piece, companions: Sequence[Piece], entity: EntityView, *, among: int = 1000, top: int = 5
) -> tuple[Gap, ...]:
    """Return the facts about `piece` that would most raise or kill its fit to `entity`, best first.

    Args:
        fit: How the piece fits now.
        piece: The piece.
        companions: What was told with it.
        entity: The leading explanation.
        among: How many things of this kind it could have been before anything was compared.
        top: How many gaps are wanted.
    """
    chance = fit.chance(among)
    facts = [*_own_facts(piece, entity), *_company_facts(piece, companions, entity), *_sighting_facts(piece, entity)]
    return _first([Gap(words, group, _expected(chance, up, down)) for words, group, up, down in facts], top)


def _first(found: Iterable[Gap], top: int) -> tuple[Gap, ...]:
    best: dict[str, Gap] = {}
    for gap in found:
        if gap.gain_bits > 0 and (gap.sentence not in best or best[gap.sentence].gain_bits < gap.gain_bits):
            best[gap.sentence] = gap
    return tuple(sorted(best.values(), key=lambda gap: (-gap.gain_bits, gap.sentence))[:top])


def _expected(chance: float, up: float, down: float) -> float:
    """Return the expected size of the change: `up` on agreement, `down` on the opposite.

    When the explanation is wrong, the fact agrees all the same with probability 2^−up.
    """
    by_luck = math.exp2(-up)
    agrees = chance + (1 - chance) * by_luck
    return agrees * up + (1 - agrees) * down


def _own_facts(piece: Piece, entity: EntityView) -> Iterator[tuple[str, str, float, float]]:
    """Yield what is unknown of whichever side is partial while the other side knows more."""
    sides = [piece] if piece.partial or _thin(piece) else list(_fullest(entity.pieces))
    for side in sides:
        for words, bits in _unknown_parts(side):
            yield words, family(side.kind), bits, MISMATCH_BITS


def _thin(piece: Piece) -> bool:
    return any(True for _ in _unknown_parts(piece))


def _company_facts(
    piece: Piece, companions: Sequence[Piece], entity: EntityView
) -> Iterator[tuple[str, str, float, float]]:
    """Yield the company that the entity is known to keep and the piece was not told with."""
    told = {family(companion.kind) for companion in companions if companion.id != piece.id}
    known: dict[str, float] = {}
    for companion in entity.companions:
        group = family(companion.kind)
        worth = KINDS[companion.kind].specificity(companion.value) + math.log2(TOLD_AGAIN)
        known[group] = max(known.get(group, 0.0), min(worth, COMPANION_LIMIT_BITS))
    for group in sorted(known.keys() - told - {family(piece.kind)}):
        if group in _MISSING:
            yield _MISSING[group], group, known[group], NO_TIE_BITS


def _sighting_facts(piece: Piece, entity: EntityView) -> Iterator[tuple[str, str, float, float]]:
    if piece.seen_on is None and any(known.seen_on for known in entity.pieces):
        yield "The day on which it was seen", "when", days_bits(0), abs(days_bits(math.inf))
    if piece.place is None and any(known.place for known in entity.pieces):
        yield "Where it was seen", "where", distance_bits(0), abs(distance_bits(math.inf))


def _fullest(pieces: Iterable[Piece]) -> Iterable[Piece]:
    """Return, for each kind, the piece that leaves least unknown."""
    best: dict[str, tuple[float, int, Piece]] = {}
    for piece in pieces:
        rank = (math.fsum(bits for _, bits in _unknown_parts(piece)), piece.id, piece)
        if piece.kind not in best or rank[:2] < best[piece.kind][:2]:
            best[piece.kind] = rank
    return [best[kind][2] for kind in sorted(best)]


def _unknown_parts(piece: Piece) -> Iterable[tuple[str, float]]:
    """Return what a value leaves unknown, each with the bits that agreement on it would bring."""
    parts = _UNKNOWN.get(piece.kind)
    return parts(piece.value) if parts else ()


def _plate_parts(value: str) -> Iterator[tuple[str, float]]:
    """Yield the unknown characters of a plate read as two letters, two numbers, three letters."""
    head, star, tail = value.partition("*")
    shape = head + "?" * (_PLATE_LENGTH - len(head) - len(tail)) * bool(star) + tail
    if len(shape) != _PLATE_LENGTH:
        if "?" in shape or star:
            yield "One more character of the plate", LETTER_BITS
        return
    for at, mark in enumerate(shape):
        if mark == "?" and at in (2, 3):
            yield f"The {_ORDINALS[at - 2]} number of the plate", DIGIT_BITS
        elif mark == "?":
            yield f"The {_ORDINALS[at if at < 2 else at - 2]} letter of the plate", LETTER_BITS  # noqa: PLR2004 - two letters stand before the numbers
    if shape.endswith("???"):
        yield "The last three letters of the plate", 3 * LETTER_BITS


def _phone_parts(value: str) -> Iterator[tuple[str, float]]:
    digits = sum(mark.isdigit() for mark in value)
    missing = max(_PHONE_DIGITS - digits if "*" in value else value.count("?"), 0)
    if missing:
        yield "One more digit of the phone number", DIGIT_BITS
        yield "The whole phone number", missing * DIGIT_BITS


def _postcode_parts(value: str) -> Iterator[tuple[str, float]]:
    if " " not in value.strip():
        yield "The second half of the postcode", INWARD_BITS


def _address_parts(value: str) -> Iterator[tuple[str, float]]:
    if not re.search(r"\d", value):
        yield "The number of the house", HOUSE_BITS
    if re.search(r"\b(house|court|tower|point|heights|lodge|block)\b", value, re.IGNORECASE) and not re.search(
        r"\bflat\b", value, re.IGNORECASE
    ):
        yield "Which flat in the block", FLAT_BITS


def _person_parts(value: str) -> Iterator[tuple[str, float]]:
    if len(value.split()) == 1:
        yield "The other name of the person", SURNAME_BITS


def _nickname_parts(_value: str) -> Iterator[tuple[str, float]]:
    yield "The full name of the person", SURNAME_BITS


_UNKNOWN: Mapping[str, Callable[[str], Iterator[tuple[str, float]]]] = {
    "plate": _plate_parts,
    "phone": _phone_parts,
    "postcode": _postcode_parts,
    "address": _address_parts,
    "person": _person_parts,
    "nickname": _nickname_parts,
}
