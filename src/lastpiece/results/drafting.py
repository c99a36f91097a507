"""Putting the public document together from what was recorded, with small counts held back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from lastpiece.results.disclosure import THRESHOLD, Why, hold_back
from lastpiece.results.outcomes import Cell, Entry, Status, cells, still_provisional, with_people_made_safer
from lastpiece.results.publication import HELD_BACK, Campaign, Figure, Publication, WeekResult, YouSaid


class DraftRefused(ValueError):
    """The document cannot be drafted as asked; the sentence says why."""


@dataclass(frozen=True, slots=True)
class HeldBack:
    """One figure that the public will not see; for the desk only."""

    week: int
    key: str
    label: str
    why: Why


@dataclass(frozen=True, slots=True)
class Draft:
    """A public document and what it leaves out."""

    publication: Publication
    held_back: tuple[HeldBack, ...]


def draft(
    campaign: Campaign,
    recorded: Mapping[int, Sequence[Entry]],
    statuses: Mapping[int, Status],
    *,
    you_said: Sequence[YouSaid] = (),
    thanks: str = "",
    published_on: date,
    threshold: int = THRESHOLD,
) -> Draft:
    """Return the document for the weeks in `statuses`, drawn from the entries recorded for each.

    Raises:
        DraftRefused: a week is not the campaign's, has no entries, or is called final while something in it
            is still provisional.
        CannotHide: a small count cannot be guarded.
    """
    results, held_back = [], []
    for number in sorted(statuses):
        entries = recorded.get(number, ())
        _refuse_unready(campaign, number, statuses[number], entries)
        numbers = with_people_made_safer(cells(entries))
        held = hold_back(numbers, threshold=threshold)
        results.append(WeekResult(number, statuses[number], tuple(_figure(cell, cell.key in held) for cell in numbers)))
        held_back += [HeldBack(number, cell.key, cell.label, held[cell.key]) for cell in numbers if cell.key in held]
    publication = Publication(
        published_on=published_on,
        campaign=campaign,
        results=tuple(results),
        totals=totals(results),
        you_said=tuple(you_said),
        thanks=thanks,
    )
    return Draft(publication, tuple(held_back))


def totals(results: Sequence[WeekResult]) -> tuple[Figure, ...]:
    """Return the campaign's figures: sums of the figures *shown*, so that no total can reveal another.

    A figure that is held back in every week is held back here too.
    """
    by_key: dict[str, list[Figure]] = {}
    for result in results:
        for figure in result.figures:
            by_key.setdefault(figure.key, []).append(figure)
    return tuple(_total(figures) for figures in by_key.values())


def _total(figures: Sequence[Figure]) -> Figure:
    first = figures[0]
    shown = [figure.value for figure in figures if figure.value is not None]
    if not shown:
        return Figure(first.key, first.label, None, suppressed=True, unit=first.unit, reason=HELD_BACK)
    return Figure(first.key, first.label, sum(shown), unit=first.unit, at_least=len(shown) < len(figures))


def _figure(cell: Cell, held: bool) -> Figure:  # noqa: FBT001 - private, and read off one line above
    if held:
        return Figure(cell.key, cell.label, None, suppressed=True, unit=cell.unit, reason=HELD_BACK)
    return Figure(cell.key, cell.label, cell.value, unit=cell.unit)


def _refuse_unready(campaign: Campaign, number: int, status: Status, entries: Sequence[Entry]) -> None:
    if number not in {week.number for week in campaign.weeks}:
        raise DraftRefused(f"Week {number} is not a week of “{campaign.name}”.")
    if not entries:
        raise DraftRefused(f"Nothing has been recorded for week {number} yet.")
    open_entries = len(still_provisional(entries))
    if status == "final" and open_entries:
        raise DraftRefused(
            f"Week {number} cannot be final: {open_entries} of its outcomes are still provisional. "
            "Record their final figures first, or release the week as provisional."
        )
