"""Published crimes counted by small area, month and type, for the map and its table."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from lastpiece.site.desk.records.models import Area, Crime

NO_AREA = ""


@dataclass(frozen=True, slots=True)
class AreaCount:
    """Crimes of one small area; `rings` is empty for an area without an outline here."""

    code: str
    name: str
    count: int
    rings: Sequence[Sequence[Sequence[float]]] = ()


@dataclass(frozen=True, slots=True)
class CrimePicture:
    """What the crimes page shows.

    Attributes:
        areas: Areas with an outline, also those without a crime.
        outside: Crimes in small areas that have no outline here.
        no_area: Crimes without a place.
    """

    areas: tuple[AreaCount, ...]
    outside: int
    no_area: int

    @property
    def total(self) -> int:
        """Return the number of crimes, wherever they are."""
        return sum(area.count for area in self.areas) + self.outside + self.no_area


def area_codes() -> frozenset[str]:
    """Return the codes of the small areas that have an outline."""
    return frozenset(Area.objects.values_list("code", flat=True))


def months_and_types() -> tuple[tuple[date, ...], tuple[str, ...]]:
    """Return the months and the types of crime that occur, each in order; one pass over the index."""
    pairs = list(Crime.objects.order_by().values_list("month", "crime_type").distinct())
    return tuple(sorted({month for month, _ in pairs})), tuple(sorted({crime_type for _, crime_type in pairs}))


def by_area(month: date | None, crime_type: str) -> CrimePicture:
    """Return the crimes counted by area; None and an empty type mean all months and all types."""
    crimes = Crime.objects.all()
    if month:
        crimes = crimes.filter(month=month)
    if crime_type:
        crimes = crimes.filter(crime_type=crime_type)
    counts: Counter[str] = Counter(
        {row["area_code"]: row["n"] for row in crimes.order_by().values("area_code").annotate(n=Count("pk"))}
    )
    no_area = counts.pop(NO_AREA, 0)
    areas = tuple(
        AreaCount(code, name, counts.pop(code, 0), rings)
        for code, name, rings in Area.objects.values_list("code", "name", "rings")
    )
    return CrimePicture(areas, outside=sum(counts.values()), no_area=no_area)


@dataclass(frozen=True, slots=True)
class AreaHistory:
    """One area's crimes: by month and by type, each in order."""

    code: str
    name: str
    by_month: tuple[tuple[date, int], ...]
    by_type: tuple[tuple[str, int], ...]


def of_area(code: str) -> AreaHistory | None:
    """Return an area's crimes, or None where neither an outline nor a crime has that code."""
    name = Area.objects.filter(pk=code).values_list("name", flat=True).first()
    crimes = Crime.objects.filter(area_code=code).order_by()
    if name is None:
        name = crimes.values_list("area_name", flat=True).first()
    if name is None:
        return None
    by_month = crimes.values_list("month").annotate(n=Count("pk")).order_by("month")
    by_type = crimes.values_list("crime_type").annotate(n=Count("pk")).order_by("-n", "crime_type")
    return AreaHistory(code, name, tuple(by_month), tuple(by_type))
