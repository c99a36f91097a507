"""Times as people give them: a day, a clock time, both, a day of the year, days of the week.

Normalised forms, all local: `2026-03-14`, `2026-03`, `21:30`, `2026-03-14T21:30`, `--03-14` (no year said,
ISO 8601:2000 truncated form), and for recurrence `FR`, `FR,SA`, `FR 21:30`, `daily` (RFC 5545 day codes).
"""

import re
from collections.abc import Sequence
from datetime import date

from lastpiece.values.comparison import Comparison, Level
from lastpiece.values.numbers import number_in_words
from lastpiece.values.writing import plain

MONTHS = {
    name: i + 1
    for i, name in enumerate(
        [
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ]
    )
}
MONTHS |= {name[:3]: number for name, number in MONTHS.items()} | {"sept": 9}
DAYS = dict(
    zip(
        ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"],
        ["MO", "TU", "WE", "TH", "FR", "SA", "SU"],
        strict=True,
    )
)
DAYS |= {
    "mon": "MO",
    "tue": "TU",
    "tues": "TU",
    "wed": "WE",
    "weds": "WE",
    "thu": "TH",
    "thur": "TH",
    "thurs": "TH",
    "fri": "FR",
    "sat": "SA",
    "sun": "SU",
}
WEEK = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_DAY = "|".join(sorted(DAYS, key=len, reverse=True))
_ISO = re.compile(
    r"^(?P<y>(?:19|20)[0-9]{2})-(?P<m>[0-9]{2})(?:-(?P<d>[0-9]{2}))?(?:[t ](?P<h>[0-9]{1,2}):(?P<min>[0-9]{2}))?"
)
_YEARLESS = re.compile(r"^--(?P<m>[0-9]{2})-(?P<d>[0-9]{2})$")
_NUMERIC = re.compile(r"\b(?P<d>[0-9]{1,2})[/.\-](?P<m>[0-9]{1,2})[/.\-](?P<y>(?:20)?[0-9]{2})\b")
_WRITTEN = re.compile(
    rf"\b(?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)? ?(?:of )?(?P<m>{_MONTH})\b\.?,?(?: (?P<y>20[0-9]{{2}}))?"
)
_TURNED = re.compile(rf"\b(?P<m>{_MONTH}) (?:the )?(?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)?\b,?(?: (?P<y>20[0-9]{{2}}))?")
_MONTH_YEAR = re.compile(rf"^(?P<m>{_MONTH}) (?P<y>20[0-9]{{2}})$")
_CLOCK = re.compile(
    r"\b(?P<h>[0-9]{1,2})(?:[:.](?P<min>[0-9]{2}))? ?(?P<half>[ap])\.?m\b|\b(?P<h24>[01]?[0-9]|"
    r"2[0-3]):(?P<min24>[0-5][0-9])\b|\b(?P<mil>(?:[01][0-9]|2[0-3])[0-5][0-9]) ?(?:hrs|hours|h)\b"
)
_WORD_CLOCK = re.compile(
    r"\b(?P<part>half|quarter|twenty|ten|five)? ?(?P<way>past|to)? ?(?P<h>[a-z]+|[0-9]{1,2}) ?(?P<half>[ap])\.?m\b"
)
_NAMED = {"midnight": "00:00", "midday": "12:00", "noon": "12:00"}
_EVERY_DAY = re.compile(
    r"\b(?:every ?day|daily|every night|nightly|every evening|every morning|each day|each night|all day "
    r"every day|day and night|24/7)\b"
)
_MINUTES = {"half": 30, "quarter": 15, "twenty": 20, "ten": 10, "five": 5}
_NOON = 12
_BITS_DATE, _BITS_CLOCK, _BITS_DAY = 8.5, 3.5, 2.8
_SLACK_MINUTES, _SLACK_DAYS = 60, 1
_AGAINST_BITS = -1.5


class Period:
    """The kind `time`."""

    name = "time"

    def clean(self, text: str) -> str | None:
        """Return the normalised time where it is plain from the text alone, else None.

        "last Friday" and "half 3" need more than the text to be plain, so they give None.
        """
        bare = plain(text)
        clock, day = _clock(bare), _day(bare)
        if day:
            return f"{day}T{clock}" if clock and len(day) == 10 and day[0] != "-" else day  # noqa: PLR2004 - YYYY-MM-DD
        often = _often(bare)
        return f"{often} {clock}" if often and clock else often or clock

    def features(self, value: str) -> Sequence[str]:
        """Return the day, the day of the year, the days of the week and the hour with its neighbours."""
        keys = [f"time={value}"]
        day, clock = _day_of(value), _minutes_of(value)
        if day:
            keys += [f"day={day}", *([f"day={day[:7]}"] if day[0] != "-" else []), f"yearday={day[-5:]}"]
        keys += [f"weekday={code}" for code in _weekdays_of(value)]
        if clock is not None:
            keys += [f"hour={(clock // 60 + step) % 24}" for step in (0, -1, 1)]
        return tuple(dict.fromkeys(keys))

    def compare(self, left: str, right: str) -> Comparison:
        """Compare two times part by part: the day, the days of the week, the clock within an hour."""
        first, second = sorted((left, right))
        if left == right:
            return Comparison(Level.EXACT, self.specificity(left), f"the same time, {left}")
        parts = [
            part for part in (_dates(left, right), _weekdays(left, right), _clocks(left, right)) if part is not None
        ]
        if not parts:
            return Comparison(Level.UNKNOWN, 0.0, f"{first} and {second} say different things about time")
        bits = sum(parts)
        if min(parts) < 0:
            return Comparison(Level.DIFFERENT, min(bits, _AGAINST_BITS), f"{first} and {second} are different times")
        return Comparison(Level.COMPATIBLE, bits, f"{first} and {second} agree as far as both go")

    def specificity(self, value: str) -> float:
        """Return 8.5 bits for a day of the year, 3.5 for a clock time, 2.8 for one day of the week."""
        bits = _BITS_DATE * bool(_day_of(value)) + _BITS_CLOCK * (_minutes_of(value) is not None)
        days = len(_weekdays_of(value))
        return bits + (_BITS_DAY / days if days and not _day_of(value) else 0.0)


def _clock(bare: str) -> str | None:
    found = _CLOCK.search(bare)
    if found:
        if found["mil"]:
            return f"{found['mil'][:2]}:{found['mil'][2:]}"
        if found["h24"]:
            hour = int(found["h24"])
            return f"{hour:02}:{found['min24']}" if hour > _NOON or found["h24"].startswith("0") else None
        return _twelve(int(found["h"]), int(found["min"] or 0), found["half"])
    spoken = _WORD_CLOCK.search(bare)
    hour_said = number_in_words(spoken["h"]) if spoken else None
    if spoken and hour_said is not None:
        minutes = _MINUTES.get(spoken["part"] or "", 0)
        total = hour_said * 60 + (-minutes if spoken["way"] == "to" else minutes)
        return _twelve(total // 60, total % 60, spoken["half"])
    return next((clock for word, clock in _NAMED.items() if re.search(rf"\b{word}\b", bare)), None)


def _twelve(hour: int, minute: int, half: str) -> str | None:
    if not 1 <= hour <= _NOON or minute > 59:  # noqa: PLR2004 - minutes in an hour
        return None
    return f"{hour % _NOON + (_NOON if half == 'p' else 0):02}:{minute:02}"


def _day(bare: str) -> str | None:
    found = (
        _ISO.match(bare)
        or _YEARLESS.match(bare)
        or _NUMERIC.search(bare)
        or _WRITTEN.search(bare)
        or _TURNED.search(bare)
        or _MONTH_YEAR.match(bare)
    )
    if not found:
        return None
    said = found.groupdict()
    month = MONTHS.get(said["m"]) or int(said["m"])
    year = said.get("y")
    if not said.get("d"):
        return f"{year}-{month:02}" if 1 <= month <= 12 else None  # noqa: PLR2004 - months in a year
    return _checked(year, month, int(said["d"]))


def _checked(year: str | None, month: int, day: int) -> str | None:
    full = int(year) + (2000 if len(year) == 2 else 0) if year else 2000  # noqa: PLR2004 - "26" is 2026; 2000 has a 29 February
    try:
        checked = date(full, month, day)
    except ValueError:
        return None
    return checked.isoformat() if year else f"-{checked.isoformat()[4:]}"


def _often(bare: str) -> str | None:
    if bare in {"daily", *(code.lower() for code in WEEK)} or re.fullmatch(
        r"(?:mo|tu|we|th|fr|sa|su)(?:,(?:mo|tu|we|th|fr|sa|su))*(?: [0-9:]+)?", bare
    ):
        return bare.split(" ", maxsplit=1)[0].upper().replace("DAILY", "daily")
    if _EVERY_DAY.search(bare) or re.match(r"daily\b", bare):
        return "daily"
    if not re.search(
        (
            rf"\b(?:every|each|most|always)\b|(?:{_DAY})s\b|\b(?:{_DAY}) nights\b|weekends?\b|week ?nights?\b|week "
            rf"?days?\b"
        ),
        bare,
    ):
        return None
    said = {DAYS[name] for name in re.findall(rf"\b({_DAY})s?\b", bare)}
    if re.search(r"\bweekends?\b", bare):
        said |= {"SA", "SU"}
    if re.search(r"\bweek ?(?:nights?|days?)\b", bare):
        said |= set(WEEK[:5])
    return ",".join(code for code in WEEK if code in said) or None


def _day_of(value: str) -> str:
    found = re.match(r"(?:[0-9]{4}|-)-[0-9]{2}(?:-[0-9]{2})?", value)
    return found[0] if found else ""


def _minutes_of(value: str) -> int | None:
    found = re.search(r"(?<![0-9\-])([0-9]{2}):([0-9]{2})$", value)
    return int(found[1]) * 60 + int(found[2]) if found else None


def _weekdays_of(value: str) -> tuple[str, ...]:
    day = _day_of(value)
    if len(day) == 10:  # noqa: PLR2004 - YYYY-MM-DD
        return (WEEK[date.fromisoformat(day).weekday()],)
    if value.startswith("daily"):
        return WEEK
    return tuple(code for code in re.split(r"[, ]", value) if code in WEEK)


def _dates(left: str, right: str) -> float | None:
    here, there = _day_of(left), _day_of(right)
    if not here or not there:
        return None
    if here == there or (here[-5:] == there[-5:] and "-" in (here[0], there[0])):
        return _BITS_DATE
    if len(here) == len(there) == 10:  # noqa: PLR2004 - YYYY-MM-DD
        apart = abs((date.fromisoformat(here) - date.fromisoformat(there)).days)
        return _BITS_DATE / 2 if apart <= _SLACK_DAYS else _AGAINST_BITS
    return 1.0 if here.startswith(there) or there.startswith(here) else _AGAINST_BITS


def _weekdays(left: str, right: str) -> float | None:
    here, there = set(_weekdays_of(left)), set(_weekdays_of(right))
    if not here or not there or (_day_of(left) and _day_of(right)):
        return None
    return _BITS_DAY / max(len(here & there), 1) if here & there else _AGAINST_BITS


def _clocks(left: str, right: str) -> float | None:
    here, there = _minutes_of(left), _minutes_of(right)
    if here is None or there is None:
        return None
    apart = min(abs(here - there), 24 * 60 - abs(here - there))
    return (
        _BITS_CLOCK if apart <= _SLACK_MINUTES // 2 else _BITS_CLOCK / 2 if apart <= _SLACK_MINUTES else _AGAINST_BITS
    )
