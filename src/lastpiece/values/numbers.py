"""Numbers as people say them: `forty two`, `two hundred`, `half`, and digits spoken one by one."""

import re

_ONES = {
    word: i
    for i, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
_TENS = {
    word: 10 * (i + 2)
    for i, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"])
}
_SCALES = {"hundred": 100, "thousand": 1000, "grand": 1000, "million": 1_000_000}
_SPOKEN = {**{word: str(i) for word, i in _ONES.items() if i < 10}, "oh": "0", "o": "0", "nought": "0", "naught": "0"}  # noqa: PLR2004 - digits are below ten
_TIMES = {"double": 2, "dbl": 2, "triple": 3, "treble": 3}

NUMBER_WORDS = frozenset({*_ONES, *_TENS, *_SCALES, "a", "and", "couple"})
DIGIT_WORDS = frozenset({*_SPOKEN, *_TIMES, "hundred"})
TENS = frozenset(_TENS)


def number_in_words(text: str) -> int | None:
    """Return the whole number that `text` (plain words or figures) says, or None."""
    pieces = [piece for piece in re.split(r"[ \-]+", text) if piece]
    if not pieces:
        return None
    total, current, said = 0, 0, False
    for piece in pieces:
        if piece.isdecimal() and piece.isascii():
            current, said = current + int(piece), True
        elif piece in _ONES or piece in _TENS:
            current, said = current + _ONES.get(piece, 0) + _TENS.get(piece, 0), True
        elif piece in _SCALES:
            scale = _SCALES[piece]
            total, current = (total + max(current, 1) * scale, 0) if scale > 100 else (total, max(current, 1) * scale)  # noqa: PLR2004 - hundreds multiply within the thousand
            said = True
        elif piece == "couple":
            current, said = current + 2, True
        elif piece not in {"a", "and", "of"}:
            return None
    return total + current if said else None


def spoken_digits(pieces: list[str]) -> str | None:
    """Return the digits that `pieces` say one by one (`oh seven double nine`, `nine hundred`), or None."""
    digits, times = "", 1
    for piece in pieces:
        if piece in _TIMES:
            times = _TIMES[piece]
            continue
        if piece == "hundred" and digits:
            digits += "00"
            continue
        said = _SPOKEN.get(piece) or (piece if piece.isdecimal() and piece.isascii() else None)
        if said is None and piece in _TENS:
            said = str(_TENS[piece])
        if said is None:
            return None
        digits, times = digits + said * times, 1
    return digits or None
