"""Recognise times: dates, clock times, recurrence, and times told from today; "now" and "recently" are left alone."""

import re
from collections.abc import Iterator

from lastpiece.fit.mentions.lexicon import vocabulary
from lastpiece.fit.mentions.mention import Mention
from lastpiece.fit.mentions.reading import Reading
from lastpiece.values.kinds import KINDS
from lastpiece.values.period import DAYS, MONTHS

_TIME = KINDS["time"]
_DAY = (
    "|".join(sorted((day for day in DAYS if day not in {"sun", "sat", "wed", "mon"}), key=len, reverse=True))
    + "|(?:sun|sat|wed|mon)(?= (?:night|nite|morning|eve|evening|afternoon|at|\\d))"
)
_MONTH = (
    "|".join(sorted((month for month in MONTHS if month not in {"mar", "may", "jun", "jan"}), key=len, reverse=True))
    + "|mar(?= \\d)|may|jun(?= \\d)|jan"
)
_HOUR = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|1[0-2]|0?[1-9])"
_PART = (
    r"(?:early )?(?:morning|afternoon|evening|eve|night|nite|lunchtime|teatime|lunch time|tea time|"
    r"mornings|afternoons|evenings|nights|nites)"
)
_ABOUT = r"(?:about |around |roughly |approx(?:imately)? |just (?:after|before) |gone |circa |abt |bout |at )?"
_NTH = r"(?:[0-9]{1,2}(?:st|nd|rd|th)?|first|second|third|fourth|fifth|last)"

_CLOCK = (
    rf"(?:{_HOUR}(?:[:.][0-5][0-9])? ?(?:a\.?m|p\.?m)\b\.?|(?:[01]?[0-9]|2[0-3]):[0-5][0-9](?: ?(?:a\.?m|"
    rf"p\.?m)\b)?|(?:half|quarter|twenty|ten|five) (?:past|to) {_HOUR}(?: ?(?:a\.?m|p\.?m)\b)?|half "
    rf"(?:{_HOUR})(?: ?(?:a\.?m|p\.?m)\b)?|"
    rf"{_HOUR} ?(?:o'?clock)|(?:[01][0-9]|2[0-3])[0-5][0-9] ?(?:hrs|hours|h)\b|{_HOUR} ?ish\b|(?:midnight|"
    rf"midday|noon))(?: (?:in the {_PART}|at night|{_PART}))?(?: ?ish)?"
)
_DATE = (
    rf"(?:(?:{_DAY}),? )?(?:the )?[0-9]{{1,2}}(?:st|nd|rd|th)? ?(?:of )?(?:{_MONTH})\b(?:,? "
    rf"(?:20)?[0-9]{{2}}\b(?! ?(?:quid|pm|am|:)))?|(?:(?:{_DAY}),? )?(?:{_MONTH}) (?:the "
    rf")?[0-9]{{1,2}}(?:st|nd|rd|th)?\b(?:,? 20[0-9]{{2}})?|"
    rf"(?:{_MONTH}) (?:of )?(?:last year|this year|20[0-9]{{2}})|"
    rf"[0-9]{{1,2}}[/.\-][0-9]{{1,2}}[/.\-](?:20)?[0-9]{{2}}(?!\w)|"
    rf"20[0-9]{{2}}-[0-9]{{2}}-[0-9]{{2}}(?!\w)|(?:{_DAY}),? (?:the )?[0-9]{{1,2}}(?:st|nd|rd|th)"
)
_OFTEN = (
    rf"(?:every|each|most|any given|all) (?:single )?(?:other )?(?:(?:{_DAY})s?(?:(?:,| and| &| or) "
    rf"(?:{_DAY})s?)*(?: {_PART})?|day|night|morning|evening|afternoon|week(?:end)?|weekday|month|hour|"
    rf"half(?: an)? hour|few (?:days|hours|minutes|mins|weeks)|nights|days|weeks|weekends|mornings|"
    rf"evenings|"
    rf"[0-9]+ (?:minutes|mins|hours|days)|couple of (?:days|hours|weeks)|(?:ten|twenty|thirty|fifteen|five|"
    rf"two|three) (?:minutes|mins|hours|days))(?: of the week)?(?: (?:at|around|about|from|after|before) "
    rf"{_CLOCK}| (?:at )?{_PART}\b)?|"
    rf"(?:{_DAY})s?(?:(?:,| and| &|/) (?:{_DAY})s?)+(?: {_PART})?|(?:{_DAY}) to (?:{_DAY})|(?:mon|"
    rf"monday)-(?:fri|friday)|(?:on )?(?:mondays|tuesdays|wednesdays|thursdays|fridays|saturdays|"
    rf"sundays)(?: {_PART})?|(?:on )?(?:{_DAY}) nights|daily|nightly|weekly|monthly|fortnightly|"
    r"(?:on |at |over the )?weekends|all hours(?: of the (?:day and night|night|day))?|day and night|all "
    r"day(?: long)?(?: every day)?|all night(?: long)?|24/7|(?:once|twice|two or three times|three times|"
    r"several times|a few times|[0-9]+ times|four times|five times) (?:a|per) (?:day|night|week|month)|"
    r"week ?nights|week ?days|school nights"
)
_RELATIVE = (
    rf"(?:(?:late |early )?(?:last|this|next|past|yesterday|tomorrow|the other|on|this coming|this past)) "
    rf"(?:(?:{_DAY})(?: (?:just gone|gone|{_PART}|at {_CLOCK}))?|night|nite|week|weekend|month|year|"
    rf"{_PART}|summer|winter|spring|autumn|christmas|easter|day|(?:{_MONTH})(?! \d))|"
    r"yesterday|tomorrow|tonight|2nite|tonite|last nite|today|(?:earlier )?this (?:morning|afternoon|"
    r"evening)|earlier today|"
    r"(?:about |around |roughly |nearly |over )?(?:a|an|one|two|three|four|five|six|seven|eight|nine|ten|"
    r"couple of|a couple of|a few|few|[0-9]+) (?:days?|weeks?|months?|years?|nights?|hours?|minutes|mins|"
    r"weekends) (?:ago|back)|"
    r"(?:for |over |in )?(?:the )?(?:last|past) (?:couple of |few |[0-9]+ |two |three |four |five |six |"
    r"ten )?(?:days|weeks|months|years|nights|hours|week|month|fortnight|year|weekend)|"
    rf"(?:since|until|till|from|before|after) (?:about |around )?(?:{_DAY}|(?:{_MONTH})(?: [0-9]{{4}})?|"
    rf"christmas|easter|halloween|new year|last (?:week|month|year|summer|winter|{_DAY})|the summer|the "
    rf"start of the year|(?:the )?new year)\b|"
    rf"(?:in |during |over |around |back in )(?:(?:late |early |mid )?(?:{_MONTH})(?: 20[0-9]{{2}}| last "
    rf"year)?\b|(?:the )?(?:summer|winter|school holidays|summer holidays|half term|half-term|easter "
    rf"holidays|spring|autumn)\b)|"
    rf"(?:in the )(?:early hours|small hours|middle of the night|evenings?|afternoons?|mornings?|night)(?: "
    rf"of (?:the )?(?:{_DAY}|[0-9]+(?:st|nd|rd|th)?)(?: {_PART})?)?|(?:after|before|during) (?:school|dark|"
    rf"work hours|school hours|the school run|lunch)|at night(?: ?time)?|late at night|"
    rf"after school|school run time|school hours|early hours|early doors|lunch ?time|tea ?time|dinner "
    rf"?time|bonfire night|christmas (?:day|eve)|boxing day|new year'?s (?:eve|day)|halloween|easter "
    rf"sunday|over christmas|at christmas|(?:{_DAY}) {_PART}|(?:{_DAY})(?: week)?"
)
_RANGE = (
    rf"(?:between |from )?{_ABOUT}(?:{_CLOCK}|{_HOUR}) ?(?:-|to|and|till|until|til) ?(?:{_CLOCK})|(?:after|"
    rf"before|past|by|from|till|until|til|around|about|gone) (?:{_CLOCK})"
)

_WHENS = tuple(
    (re.compile(rf"(?:{pattern})(?![\w/])"), confidence, why)
    for pattern, confidence, why in (
        (_DATE, 0.92, "a date"),
        (_OFTEN, 0.88, "how often"),
        (_RANGE, 0.86, "a span of clock times"),
        (_CLOCK, 0.85, "a clock time"),
        (_RELATIVE, 0.8, "a time told from today or from the week"),
    )
)
_FIRST_WORDS = (
    vocabulary("time-first-words") | frozenset(DAYS) | frozenset(MONTHS) | frozenset(f"{day}s" for day in DAYS)
)
_JOINED = re.compile(r" ")
_NUMBERED = re.compile(
    r"(?<![\w£$€/.:\-])(?:at|about|around|by|from|till|until|after|before|gone) (?P<hour>(?:1[0-2]|"
    r"[1-9])(?:[:.][0-5][0-9])?|one|two|three|four|five|six|seven|eight|nine|ten|eleven)(?= (?:in the|at "
    r"night|every|most|on|this|last|tonight|yesterday|each)\b|ish\b|[.,]? ?$)(?! (?:on the|in the (?:car|"
    r"house|flat|back|boot|park|street)))"
)
_PRICED = re.compile(r"[£€$/.:\-]")
_LEADS = re.compile(
    r"^(?:in the|in|on|at|over the|over|during|around|about|roughly|for|since|by|back in|the|approx|"
    r"approximately|circa|abt|bout|nearly)\s+(?=\S)"
)
_KEEP_LEADS = re.compile(
    r"^(?:after school|after dark|before school|at night|in the early hours|in the small hours|in the "
    r"middle|over the (?:last|past)|the other|in the (?:evening|morning|afternoon|night)|the last|the "
    r"past|before dark|at weekends|at christmas|over christmas|over the summer|between|from|in the last|"
    r"for the|after the school)"
)


def find(reading: Reading) -> Iterator[Mention]:
    """Yield the times of a text, neighbours such as "Friday" and "at 9pm" joined."""
    found = sorted(_spans(reading))
    joined: list[tuple[int, int, float, str]] = []
    for start, end, confidence, why in found:
        if joined and start < joined[-1][1]:
            last = joined[-1]
            if (confidence, end - start) > (last[2], last[1] - last[0]) and start == last[0]:
                joined[-1] = (start, max(end, last[1]), confidence, why)
            elif end > last[1]:
                joined[-1] = (last[0], end, last[2], last[3])
            continue
        if (
            joined
            and _JOINED.fullmatch(reading.low[joined[-1][1] : start])
            and _completes(reading, joined[-1], start, end)
        ):
            last = joined[-1]
            joined[-1] = (last[0], end, max(last[2], confidence), last[3])
            continue
        joined.append((start, end, confidence, why))
    for start, end, confidence, why in joined:
        value = _TIME.clean(reading.low[start:end])
        yield Mention(start, end, reading.text[start:end], "time", value, False, confidence, why)  # noqa: FBT003 - only plates and phones are partial


def _spans(reading: Reading) -> Iterator[tuple[int, int, float, str]]:
    for pattern, confidence, why in _WHENS:
        for found in reading.at_words(pattern, _FIRST_WORDS, figures=True):
            if _PRICED.search(reading.clean[max(0, found.start() - 1) : found.start()]):
                continue
            start, end = _trimmed(found)
            if _meant(reading, start, end):
                yield start, end, confidence, why
    for found in reading.spans(_NUMBERED):
        yield (*found.span("hour"), 0.7, "an hour after a word of time")


def _trimmed(found: re.Match[str]) -> tuple[int, int]:
    start, said = found.start(), found[0]
    while not _KEEP_LEADS.match(said):
        lead = _LEADS.match(said)
        if not lead:
            break
        start, said = start + lead.end(), said[lead.end() :]
    return start, start + len(said.rstrip(" ,."))


def _meant(reading: Reading, start: int, end: int) -> bool:
    said = reading.low[start:end]
    if said in {
        "may",
        "march",
        "sun",
        "sat",
        "mar",
        "wed",
        "mon",
        "second",
        "last",
        "day",
        "night",
        "on day",
        "jan",
        "the",
        "august",
        "april",
        "june",
    }:
        month = re.search(
            r"\b(?:in|since|last|during|until|till|by|of|early|late|mid|before|after|around)\s$",
            reading.before(start, 10),
        )
        return (
            bool(month)
            and said in {"may", "march", "august", "april", "june", "jan"}
            and (not reading.cased or reading.clean[start].isupper())
        )
    if said in {"half", "noon"} or re.fullmatch(
        r"half (?:one|two|three|four|five|six|seven|eight|nine|ten|1|2|3|4|5|6|7|8|9)", said
    ):
        return not re.match(r"\s*(?:of|of the|grams?|ounces?|kilos?|price|bags?)\b", reading.after(end, 10))
    return not re.match(r"\s*(?:shift|club|lesson)\b", reading.after(end, 10)) or " " in said


def _completes(reading: Reading, last: tuple[int, int, float, str], start: int, end: int) -> bool:
    """Return whether a second time goes on with the first: a day and an hour, not two days."""
    clock = re.compile(
        r"\d ?[ap]\.?m|\d:\d\d|half|quarter|midnight|midday|noon|o'?clock|ish\b|^(?:\d{1,2}|one|two|three|"
        r"four|five|six|seven|eight|nine|ten|eleven)$"
    )
    first, second = reading.low[last[0] : last[1]], reading.low[start:end]
    return bool(clock.search(second)) != bool(clock.search(first)) and "," not in reading.low[last[1] : start][:1]
