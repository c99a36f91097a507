"""No text makes a recogniser slow: twice the text takes about twice the time, whatever it repeats."""

import time

import pytest

from lastpiece.fit.mentions.recognising import recognise

HOSTILE = {
    "one letter": "a",
    "figures": "0 7 7 0 ",
    "spoken digits": "oh seven double ",
    "letters of the spelling alphabet": "reg kilo victor one ",
    "question marks": "?? reg a? ",
    "names": "Danny Okafor and ",
    "epithets": "lil big young ",
    "streets": "mill road street lane ",
    "flats": "flat 3, flat ",
    "colours": "dark blue white black ",
    "times": "every other friday and saturday ",
    "cues": "known as called goes by ",
    "pounds": "£1,000,000,",
    "at signs": "@a.b_c-",
    "quotes": "\"'\"'",
    "hyphens": "a-b-c-",
    "full stops": "a.",
    "one figure": "1",
    "low lines": "_",
    "white space": " \t\n",
    "something": "something something reg a ",
    "drugs": "white and brown and ",
}
SIZE = 4_000
MOST_RATIO = 5.0


def seconds(text: str) -> float:
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        recognise(text)
        best = min(best, time.process_time() - start)
    return best


@pytest.mark.parametrize("name", HOSTILE)
def test_twice_the_text_takes_no_more_than_a_few_times_as_long(name: str) -> None:
    unit = HOSTILE[name]
    short, long = (unit * (size // len(unit)) for size in (SIZE, 2 * SIZE))
    recognise(short)
    assert seconds(long) <= MOST_RATIO * seconds(short) + 0.02
