"""How a public document is read: the same words at the desk's preview and on the public page."""

from collections.abc import Sequence
from dataclasses import dataclass

from lastpiece.results.publication import Figure, Publication, Week, WeekResult
from lastpiece.site.parts.charts import Bar, BarChart

CHARTED = (("safeguarded", "People made safer, week by week"), ("arrests", "People arrested, week by week"))
FEWEST_BARS = 2
NOT_COUNTED = "not counted"
"""Said in a chart of a week that has results, but not this figure."""
GRAMS_IN_KILO = 1000


@dataclass(frozen=True, slots=True)
class ShownWeek:
    """One week's results as they stand on the page."""

    week: Week
    final: bool
    rows: Sequence[tuple[str, str]]
    reasons: Sequence[str]

    @property
    def caption(self) -> str:
        """Return the caption of the week's table."""
        return f"What came of week {self.week.number}"


def spoken(figure: Figure) -> str:
    """Return a figure as people say it: "22", "£10,256", "at least 40", "66 g", "held back"."""
    if figure.value is None:
        return "held back"
    number = f"£{figure.value:,}" if figure.unit == "£" else f"{figure.value:,}"
    if figure.unit == "g":
        number = f"{number} g" if figure.value < GRAMS_IN_KILO else f"{figure.value / GRAMS_IN_KILO:,.2f} kg"
    elif figure.unit in ("wraps", "deals", "tablets", "plants", "canisters"):
        number = f"{number} {figure.unit}" if figure.value != 1 else f"1 {figure.unit.removesuffix('s')}"
    return f"at least {number}" if figure.at_least else number


def rows(figures: Sequence[Figure]) -> list[tuple[str, str]]:
    """Return (label, number) of each figure."""
    return [(figure.label, spoken(figure)) for figure in figures]


def reasons(figures: Sequence[Figure]) -> list[str]:
    """Return each reason for holding a figure back once, in order."""
    return list(dict.fromkeys(figure.reason for figure in figures if figure.suppressed and figure.reason))


def weeks(publication: Publication) -> list[ShownWeek]:
    """Return the weeks that have results, the newest first."""
    by_number = {week.number: week for week in publication.campaign.weeks}
    newest_first = sorted(publication.results, key=lambda result: result.week, reverse=True)
    return [
        ShownWeek(by_number[result.week], result.status == "final", rows(result.figures), reasons(result.figures))
        for result in newest_first
    ]


def charts(publication: Publication) -> list[BarChart]:
    """Return a chart for each figure worth following from week to week."""
    in_order = sorted(publication.results, key=lambda result: result.week)
    drawn = []
    for key, caption in CHARTED:
        bars = tuple(_bar(result, key) for result in in_order)
        if sum(bar.text != NOT_COUNTED for bar in bars) >= FEWEST_BARS:
            drawn.append(BarChart(caption, "Week", "People", bars))
    return drawn


def _bar(result: WeekResult, key: str) -> Bar:
    figure = next((figure for figure in result.figures if figure.key == key), None)
    if figure is None:  # a week left out would make the chart jump without a word
        return Bar(f"Week {result.week}", None, NOT_COUNTED)
    early = result.status == "provisional"
    text = spoken(figure) + (" (early)" if early else "")
    return Bar(f"Week {result.week}", figure.value, text, provisional=early)
