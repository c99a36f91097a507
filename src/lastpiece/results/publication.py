"""The public document: what the desk releases, the board carries and the front shows, in one shape.

The front has no database: it renders `board["public.json"]` and nothing else. A document that is
damaged or of another shape is refused with the name of the field, never shown in part.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, TypeVar, cast

VERSION = 1
MAX_BYTES = 1024 * 1024
"""A document longer than this is refused unread: a year of weeks takes some 60 KB."""

HELD_BACK = (
    "Held back: small numbers of people, and numbers that would give them away, so that nobody can be picked out."
)
"""The one public reason. It does not say whether a figure is small itself or guards another one."""

Status = Literal["provisional", "final"]
T = TypeVar("T")


class PublicationWrong(ValueError):
    """The public document cannot be read; the sentence names the field."""


@dataclass(frozen=True, slots=True)
class Week:
    """One week of a campaign, from `starts_on` up to but not including `ends_on`."""

    number: int
    theme: str
    starts_on: date
    ends_on: date

    @property
    def last_day(self) -> date:
        """Return the last day that belongs to the week, as a reader would say it."""
        return self.ends_on - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Campaign:
    """A campaign and its weeks in order."""

    name: str
    strapline: str
    weeks: tuple[Week, ...]

    def week_on(self, day: date) -> Week | None:
        """Return the week that `day` falls in, or None outside the campaign."""
        return next((week for week in self.weeks if week.starts_on <= day < week.ends_on), None)


@dataclass(frozen=True, slots=True)
class Figure:
    """One published number, or the fact that it is held back.

    Attributes:
        key: Which figure it is (`docs/reference/outcomes.md`).
        label: What the reader sees.
        value: A whole number of `unit`; None when it is held back.
        suppressed: True when the number is held back to protect people.
        unit: Such as `people`, `items`, `g`, `£`.
        at_least: True when the number leaves held-back figures out.
        reason: Why it is held back, for the reader; empty when it is shown.
    """

    key: str
    label: str
    value: int | None
    suppressed: bool = False
    unit: str = ""
    at_least: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class WeekResult:
    """What came of one week. A final result replaces a provisional one on the page; both releases are kept."""

    week: int
    status: Status
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class YouSaid:
    """What people in one area said and what was done; `month` is `YYYY-MM`."""

    area: str
    said: str
    did: str
    month: str


@dataclass(frozen=True, slots=True)
class Publication:
    """Everything the public sees of a campaign.

    Attributes:
        published_on: The local day on which the document was drawn up.
        totals: The whole campaign so far; sums of the figures shown, so that they reveal no other.
        thanks: One sentence to the people who told, chosen by a person.
    """

    published_on: date
    campaign: Campaign
    results: tuple[WeekResult, ...] = ()
    totals: tuple[Figure, ...] = ()
    you_said: tuple[YouSaid, ...] = ()
    thanks: str = ""


def to_json(publication: Publication) -> bytes:
    """Return the document's exact bytes: the same document always gives the same bytes."""
    document = {
        "version": VERSION,
        "published_on": publication.published_on.isoformat(),
        "campaign": _campaign_out(publication.campaign),
        "results": [
            {"week": result.week, "status": result.status, "figures": [_figure_out(f) for f in result.figures]}
            for result in publication.results
        ],
        "totals": [_figure_out(figure) for figure in publication.totals],
        "you_said": [
            {"area": said.area, "said": said.said, "did": said.did, "month": said.month}
            for said in publication.you_said
        ],
        "thanks": publication.thanks,
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def from_json(document: bytes) -> Publication:
    """Read a document that `to_json` wrote.

    Raises:
        PublicationWrong: it is too long, is not JSON, or a field is missing, unknown or of the wrong kind.
    """
    if len(document) > MAX_BYTES:
        raise PublicationWrong(f"The public document is longer than {MAX_BYTES:,} bytes.")
    try:
        parsed: object = json.loads(document.decode("utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise PublicationWrong("The public document is not JSON in UTF-8.") from error
    fields = _Fields(parsed, "")
    if fields.whole("version") != VERSION:
        raise PublicationWrong(f"The public document's field “version” is not {VERSION}; bring both sites up to date.")
    publication = Publication(
        published_on=fields.day("published_on"),
        campaign=fields.one("campaign", _campaign_in),
        results=fields.many("results", _result_in),
        totals=fields.many("totals", _figure_in),
        you_said=fields.many("you_said", _you_said_in),
        thanks=fields.text("thanks"),
    )
    fields.nothing_else()
    _refuse_strange_weeks(publication)
    return publication


class _Fields:
    """The fields of one JSON object, read by name and kind, remembering where it stands for the error."""

    def __init__(self, found: object, at: str) -> None:
        if not isinstance(found, dict):
            raise PublicationWrong(f"The public document's field “{at or 'document'}” is not an object.")
        self._found = cast("dict[str, object]", found)
        self._at = at
        self._read: set[str] = set()

    def path(self, name: str) -> str:
        return f"{self._at}.{name}" if self._at else name

    def get(self, name: str) -> object:
        if name not in self._found:
            raise PublicationWrong(f"The public document has no field “{self.path(name)}”.")
        self._read.add(name)
        return self._found[name]

    def wrong(self, name: str, what: str) -> PublicationWrong:
        return PublicationWrong(f"The public document's field “{self.path(name)}” is not {what}.")

    def text(self, name: str) -> str:
        found = self.get(name)
        if not isinstance(found, str):
            raise self.wrong(name, "text")
        return found

    def flag(self, name: str) -> bool:
        found = self.get(name)
        if not isinstance(found, bool):
            raise self.wrong(name, "true or false")
        return found

    def whole(self, name: str) -> int:
        found = self.get(name)
        if isinstance(found, bool) or not isinstance(found, int) or found < 0:
            raise self.wrong(name, "a whole number from 0 up")
        return found

    def day(self, name: str) -> date:
        try:
            return date.fromisoformat(self.text(name))
        except ValueError as error:
            raise self.wrong(name, "a day written YYYY-MM-DD") from error

    def month(self, name: str) -> str:
        written = self.text(name)
        try:
            date.fromisoformat(f"{written}-01")
        except ValueError as error:
            raise self.wrong(name, "a month written YYYY-MM") from error
        return written

    def one(self, name: str, read: "Callable[[_Fields], T]") -> T:
        inner = _Fields(self.get(name), self.path(name))
        value = read(inner)
        inner.nothing_else()
        return value

    def many(self, name: str, read: "Callable[[_Fields], T]") -> tuple[T, ...]:
        found = self.get(name)
        if not isinstance(found, list):
            raise self.wrong(name, "a list")
        values = []
        for place, entry in enumerate(found):
            inner = _Fields(entry, f"{self.path(name)}[{place}]")
            values.append(read(inner))
            inner.nothing_else()
        return tuple(values)

    def nothing_else(self) -> None:
        for name in self._found:
            if name not in self._read:
                raise PublicationWrong(f"The public document has a field “{self.path(name)}” that is not known.")


def _campaign_in(fields: _Fields) -> Campaign:
    return Campaign(name=fields.text("name"), strapline=fields.text("strapline"), weeks=fields.many("weeks", _week_in))


def _week_in(fields: _Fields) -> Week:
    week = Week(
        number=fields.whole("number"),
        theme=fields.text("theme"),
        starts_on=fields.day("starts_on"),
        ends_on=fields.day("ends_on"),
    )
    if week.ends_on <= week.starts_on:
        raise fields.wrong("ends_on", "after the day the week starts")
    return week


def _result_in(fields: _Fields) -> WeekResult:
    status = fields.text("status")
    if status not in ("provisional", "final"):
        raise fields.wrong("status", "“provisional” or “final”")
    return WeekResult(
        week=fields.whole("week"), status=cast("Status", status), figures=fields.many("figures", _figure_in)
    )


def _figure_in(fields: _Fields) -> Figure:
    suppressed = fields.flag("suppressed")
    value = None if fields.get("value") is None else fields.whole("value")
    if suppressed != (value is None):
        raise fields.wrong("value", "null exactly when the figure is held back")
    return Figure(
        key=fields.text("key"),
        label=fields.text("label"),
        value=value,
        suppressed=suppressed,
        unit=fields.text("unit"),
        at_least=fields.flag("at_least"),
        reason=fields.text("reason"),
    )


def _you_said_in(fields: _Fields) -> YouSaid:
    return YouSaid(
        area=fields.text("area"), said=fields.text("said"), did=fields.text("did"), month=fields.month("month")
    )


def _refuse_strange_weeks(publication: Publication) -> None:
    """Refuse weeks numbered twice and results of a week that the campaign does not have."""
    numbers = _without_repeats("campaign.weeks", [week.number for week in publication.campaign.weeks])
    results = _without_repeats("results", [result.week for result in publication.results])
    strange = sorted(results - numbers)
    if strange:
        raise PublicationWrong(
            f"The public document's field “results” speaks of week {strange[0]}, which the campaign does not have."
        )


def _without_repeats(name: str, numbers: Sequence[int]) -> set[int]:
    if len(set(numbers)) != len(numbers):
        raise PublicationWrong(f"The public document's field “{name}” has the same week twice.")
    return set(numbers)


def _campaign_out(campaign: Campaign) -> dict[str, object]:
    return {
        "name": campaign.name,
        "strapline": campaign.strapline,
        "weeks": [
            {
                "number": week.number,
                "theme": week.theme,
                "starts_on": week.starts_on.isoformat(),
                "ends_on": week.ends_on.isoformat(),
            }
            for week in campaign.weeks
        ],
    }


def _figure_out(figure: Figure) -> dict[str, object]:
    return {
        "key": figure.key,
        "label": figure.label,
        "value": figure.value,
        "suppressed": figure.suppressed,
        "unit": figure.unit,
        "at_least": figure.at_least,
        "reason": figure.reason,
    }
