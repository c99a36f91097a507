"""Features of a column's values: what two rows may share, so that they are worth comparing."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from lastpiece.values.sound import sound

GRAM = 3


def keys(kind: str, value: str) -> tuple[str, ...]:
    """Return the whole-value forms of a value, strictest first: they also vote together with other columns'."""
    return tuple(dict.fromkeys(key for key in _KEYS[kind](value) if key))


def parts(kind: str, value: str) -> tuple[str, ...]:
    """Return the finer features of a value: some letters in a row, single words, a day without its year."""
    return tuple(dict.fromkeys(_PARTS[kind](value)))


def _grams(value: str) -> Iterator[str]:
    framed = f"^{value}$"
    for at in range(len(framed) - GRAM + 1):
        yield framed[at : at + GRAM]


def _words(value: str) -> Iterator[str]:
    for word in value.split():
        yield word
        yield "~" + sound(word)


def _word_grams(value: str) -> Iterator[str]:
    yield from _words(value)
    for word in value.split():
        yield from _grams(word)


def _one_name(value: str) -> Iterable[str]:
    return (value, "~" + sound(value))


def _whole_name(value: str) -> Iterable[str]:
    names = value.split()
    return (" ".join(sorted(names)), f"{names[0]} {names[-1]}", "~" + sound(names[-1])) if names else ()


def _date(value: str) -> Iterable[str]:
    return (value, "y" + value[:4])


def _date_parts(value: str) -> Iterable[str]:
    return ("md" + value[4:], "ym" + value[:6], "yd" + value[:4] + value[6:], "".join(sorted(value)))


def _postcode(value: str) -> Iterable[str]:
    return (value, "out" + value[:-3]) if len(value) > 4 else (value,)  # noqa: PLR2004 - an outward part alone has two to four


def _postcode_parts(value: str) -> Iterable[str]:
    return (value[:-1], value[:-2])


def _number_parts(value: str) -> Iterable[str]:
    """Yield the ends of a number and every run of five marks, so that one wrong mark leaves some."""
    yield "end" + value[-6:]
    for at in range(len(value) - 4):
        yield value[at : at + 5]


def _alone(value: str) -> Iterable[str]:
    return (value,)


def _nothing(_value: str) -> Iterable[str]:
    return ()


_KEYS: Mapping[str, Callable[[str], Iterable[str]]] = {
    "forename": _one_name,
    "surname": _one_name,
    "name": _whole_name,
    "date": _date,
    "postcode": _postcode,
    "place": _alone,
    "phone": _alone,
    "plate": _alone,
    "address": _alone,
    "word": _alone,
}
_PARTS: Mapping[str, Callable[[str], Iterable[str]]] = {
    "forename": _grams,
    "surname": _grams,
    "name": _word_grams,
    "date": _date_parts,
    "postcode": _postcode_parts,
    "place": _words,
    "phone": _number_parts,
    "plate": _grams,
    "address": _words,
    "word": _nothing,
}
