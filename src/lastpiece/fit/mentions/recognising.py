"""Recognise every mention of a text: each recogniser proposes, the surest and longest proposals stay."""

from collections.abc import Callable, Iterable, Iterator

from lastpiece.fit.mentions import (
    address,
    drug,
    handle,
    money,
    nickname,
    organisation,
    person,
    phone,
    place,
    plate,
    postcode,
    time,
    vehicle,
    weapon,
)
from lastpiece.fit.mentions.mention import Mention
from lastpiece.fit.mentions.reading import Reading

__all__ = ["Mention", "recognise"]

_RECOGNISERS: tuple[Callable[[Reading], Iterator[Mention]], ...] = (
    phone.find,
    plate.find,
    postcode.find,
    money.find,
    time.find,
    handle.find,
    vehicle.find,
    address.find,
    place.find,
    organisation.find,
    person.find,
    nickname.find,
    drug.find,
    weapon.find,
)


def recognise(text: str) -> tuple[Mention, ...]:
    """Return the mentions of `text`, sorted, without overlaps; offsets count code points."""
    reading = Reading.of(text)
    return settle(mention for find in _RECOGNISERS for mention in find(reading))


def settle(proposals: Iterable[Mention]) -> tuple[Mention, ...]:
    """Keep, of proposals that overlap, the one with the greatest confidence, length breaking ties."""
    kept: list[Mention] = []
    for mention in sorted(proposals, key=lambda m: (-m.confidence, m.start - m.end, m.start)):
        if all(mention.end <= other.start or other.end <= mention.start for other in kept):
            kept.append(mention)
    return tuple(sorted(kept, key=lambda m: m.start))
