"""The crimes room: the map of small areas, its table, filters in the address, and how quick it is."""

import re
import time
from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from tests.factories.campaign_weeks import NOW

from lastpiece.site.desk.area_map import CLASSES, Counted, Frame, class_cuts, draw, legend_of, shade_of
from lastpiece.site.desk.records.actions.auditing import Actor
from lastpiece.site.desk.records.actions.crimes import add_crimes, put_areas
from lastpiece.site.desk.records.models import Area, AuditRow, Crime, Role
from lastpiece.site.desk.records.queries import crimes as queries
from lastpiece.values.area import Ring, SmallArea
from lastpiece.values.crime import PublishedCrime

pytestmark = pytest.mark.django_db
JOB = Actor.job("tests")
MAY, JUNE = date(2025, 5, 1), date(2025, 6, 1)


def square(west: float, south: float, size: float = 0.02) -> Ring:
    east, north = west + size, south + size
    return ((west, south), (east, south), (east, north), (west, north), (west, south))


def crime(
    area: str, kind: str = "Drugs", *, month: date = MAY, crime_id: str = "", outcome: str = ""
) -> PublishedCrime:
    return PublishedCrime(
        crime_id=crime_id,
        month=month,
        force="Nenshire Police",
        longitude=-0.9 if area else None,
        latitude=52.2 if area else None,
        location="On or near Invented Street",
        area_code=area,
        area_name=f"Nenbridge {area}" if area else "",
        crime_type=kind,
        outcome=outcome,
    )


def take(*crimes: PublishedCrime) -> None:
    numbered = [(found.identity(place), found) for place, found in enumerate(crimes, 1)]
    add_crimes(JOB, numbered, "invented-street.csv", now=NOW)


@pytest.fixture
def county() -> None:
    put_areas(
        JOB,
        [SmallArea(f"X0{place}", f"Nenbridge 00{place}", (square(-0.9 + place / 50, 52.2),)) for place in (1, 2, 3)],
        "invented.geojson",
        now=NOW,
    )
    take(*[crime("X01")] * 5, crime("X02", "Robbery"), crime("X02", month=JUNE), crime("Z99"), crime(""))


def test_the_same_crimes_again_add_nothing_and_a_new_outcome_is_taken_over() -> None:
    first = crime("X01", crime_id="ab" * 32)
    take(first, first)
    assert Crime.objects.count() == 2
    done = add_crimes(
        JOB, [(first.identity(1), crime("X01", crime_id="ab" * 32, outcome="Charged"))], "again-street.csv", now=NOW
    )
    assert (done.added, done.already, done.outcomes_changed) == (0, 1, 1)
    assert sorted(Crime.objects.values_list("outcome", flat=True)) == ["", "Charged"]
    assert AuditRow.objects.filter(verb="import crimes").count() == 2


@pytest.mark.usefixtures("county")
def test_an_outline_imported_again_is_replaced() -> None:
    put_areas(JOB, [SmallArea("X01", "Nenbridge Market", (square(-0.5, 52.5),))], "newer.geojson", now=NOW)
    assert Area.objects.count() == 3
    assert Area.objects.get(pk="X01").name == "Nenbridge Market"


@pytest.mark.usefixtures("county")
@pytest.mark.parametrize(
    ("month", "kind", "counts"),
    [
        (None, "", ([5, 2, 0], 1, 1)),
        (MAY, "", ([5, 1, 0], 1, 1)),
        (JUNE, "", ([0, 1, 0], 0, 0)),
        (None, "Robbery", ([0, 1, 0], 0, 0)),
    ],
)
def test_crimes_are_counted_by_area_and_those_elsewhere_apart(
    month: date | None, kind: str, counts: tuple[list[int], int, int]
) -> None:
    found = queries.by_area(month, kind)
    assert ([area.count for area in found.areas], found.outside, found.no_area) == counts
    assert found.total == sum(counts[0]) + counts[1] + counts[2]


@pytest.mark.usefixtures("county")
def test_the_page_shows_every_area_on_the_map_and_in_the_table(signed_in: Callable[..., Client]) -> None:
    page = signed_in(Role.ANALYST).get(reverse("crimes")).text
    for code in ("X01", "X02", "X03"):
        assert page.count(f'href="{reverse("crimes_area", args=[code])}"') == 2
    assert "Nenbridge 001: 5 crimes (class" in page
    assert re.search(r"Outside the county’s areas</th><td[^>]*>1<", page)
    assert re.search(r"No place given</th><td[^>]*>1<", page)
    assert "style=" not in page


@pytest.mark.usefixtures("county")
def test_filters_and_order_stand_in_the_address_and_nonsense_leaves_everything_in(
    signed_in: Callable[..., Client],
) -> None:
    client = signed_in(Role.ANALYST)
    page = client.get(reverse("crimes"), {"month": "2025-06", "sort": "name"}).text
    assert "<strong>1</strong> crimes" in page
    assert 'value="2025-06" selected' in page
    assert "month=2025-06&amp;sort=most" in page
    nonsense = client.get(reverse("crimes"), {"month": "x", "type": "<b>", "sort": "drop"}).text
    assert "<strong>9</strong> crimes" in nonsense


@pytest.mark.usefixtures("county")
def test_one_area_shows_its_months_and_types(signed_in: Callable[..., Client]) -> None:
    client = signed_in(Role.ANALYST)
    page = client.get(reverse("crimes_area", args=["X02"])).text
    assert "Nenbridge 002" in page
    assert "May 2025" in page
    assert "Robbery" in page
    assert "area-map__area--here" in page
    outside = client.get(reverse("crimes_area", args=["Z99"])).text
    assert "it lies outside the county" in outside
    assert client.get(reverse("crimes_area", args=["nowhere"])).status_code == 404


def test_before_anything_is_imported_the_page_says_how(signed_in: Callable[..., Client]) -> None:
    assert "lastpiece import crimes" in signed_in(Role.ANALYST).get(reverse("crimes")).text


def test_crimes_without_outlines_are_still_counted(signed_in: Callable[..., Client]) -> None:
    take(crime("X01"))
    page = signed_in(Role.ANALYST).get(reverse("crimes")).text
    assert "there is no map" in page
    assert "<strong>1</strong> crimes" in page


def test_75_000_crimes_in_440_areas_are_shown_in_half_a_second(signed_in: Callable[..., Client]) -> None:
    ring = [[-0.9 + at / 1000, 52.2 + (at * at % 17) / 1000] for at in range(30)]
    Area.objects.bulk_create(Area(code=f"X{n:03}", name=f"Area {n}", rings=[[*ring, ring[0]]]) for n in range(440))
    Crime.objects.bulk_create(
        [
            Crime(
                identity=n.to_bytes(16, "big"),
                month=date(2025, 1 + n % 12, 1),
                crime_type=f"Type {n % 14}",
                area_code=f"X{n % 443:03}",
            )
            for n in range(75_000)
        ],
        batch_size=500,
    )
    client = signed_in(Role.ANALYST)
    client.get(reverse("crimes"))
    started = time.perf_counter()
    with CaptureQueriesContext(connection) as queries_made:
        page = client.get(reverse("crimes"))
    seconds = time.perf_counter() - started
    assert page.text.count("area-map__area") >= 440
    assert len(queries_made) < 12
    assert seconds < 0.5 * 4  # four times the promise: other tests share the machine


@given(st.lists(st.integers(0, 5000), min_size=1, max_size=300))
def test_a_larger_count_never_has_a_lighter_class_and_the_legend_tells_the_truth(counts: list[int]) -> None:
    cuts = class_cuts(counts)
    shades = [shade_of(count, cuts) for count in counts]
    assert all(0 <= shade <= CLASSES for shade in shades)
    assert [shade for _, shade in sorted(zip(counts, shades, strict=True))] == sorted(shades)
    assert all((shade == 0) == (count == 0) for count, shade in zip(counts, shades, strict=True))
    for entry in legend_of(counts, cuts):
        members = [count for count, shade in zip(counts, shades, strict=True) if shade == entry.shade]
        assert (min(members), max(members)) == (entry.lowest, entry.highest)


def test_a_map_of_one_area_is_drawn_in_true_proportion() -> None:
    drawn = draw([Counted("X01", "Square", 3, [square(-0.9, 52.2, 0.1)])])
    assert drawn is not None
    assert drawn.height / drawn.width == pytest.approx(
        1.63, abs=0.05
    )  # a degree of latitude is longer than one of longitude
    assert draw([Counted("X01", "Nowhere", 3, [])]) is None


def test_what_lies_outside_the_frame_is_left_out() -> None:
    near, far = Counted("X01", "Near", 1, [square(-0.9, 52.2)]), Counted("X02", "Far", 1, [square(1.0, 53.0)])
    drawn = draw([near, far], Frame.around([near]))
    assert drawn is not None
    assert [shape.area.code for shape in drawn.shapes] == ["X01"]
