"""How a published figure is read aloud, and which ones stand on the first page."""

from django.utils.translation import gettext as _

from lastpiece.results.publication import Campaign, Publication, Week
from lastpiece.site.parts.published import spoken

ON_THE_FIRST_PAGE = 4


def latest(publication: Publication) -> list[tuple[str, str]]:
    """Return (number, label) of the first figures of the campaign so far, or of its newest week."""
    newest = max(publication.results, key=lambda result: result.week, default=None)
    figures = publication.totals or (newest.figures if newest else ())
    shown = [figure for figure in figures if figure.value]
    return [(spoken(figure), figure.label) for figure in shown[:ON_THE_FIRST_PAGE]]


def place_in(campaign: Campaign, week: Week | None) -> str:
    """Return "Week 3 of 12", or nothing outside the campaign."""
    if week is None:
        return ""
    return _("Week {number} of {count}").format(number=week.number, count=len(campaign.weeks))
