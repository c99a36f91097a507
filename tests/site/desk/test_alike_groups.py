"""Look-alikes are one row of the queue; a person decides, nothing is thrown away, sources stay as they are."""

from collections.abc import Callable

import pytest
from django.test import Client

from lastpiece.site.desk.records.actions.intake import Received
from lastpiece.site.desk.records.models import AlikeBand, AlikeSketch, Report

pytestmark = pytest.mark.django_db
TIP = "A grey Golf brings heroin to the flat above the chip shop on Mill Road most evenings after eight. Number {}."
OTHER = "Rubble is tipped behind the allotments on Sunday mornings from a white van with a ladder on the roof."


@pytest.fixture
def flood(received: Callable[..., Received]) -> list[int]:
    return [received({"what": TIP.format(number)}).report_id for number in range(6)]


def test_copies_are_one_row_and_another_report_is_its_own(
    flood: list[int], received: Callable[..., Received], signed_in: Callable[..., Client]
) -> None:
    other = received({"what": OTHER}).report_id
    page = signed_in().get("/reports/")
    listed = [(report.pk, report.alike) for report in page.context["page"]]
    assert listed == [(flood[0], 6), (other, 1)]
    assert "6 that look alike" in page.content.decode()
    assert Report.objects.values("source_key").distinct().count() == 7
    assert AlikeBand.objects.count() == 64, "a copy adds no band, so a flood stays cheap"


def test_one_that_a_person_takes_apart_stands_alone_and_the_rest_stay_together(
    flood: list[int], received: Callable[..., Received], signed_in: Callable[..., Client]
) -> None:
    client = signed_in()
    client.post(f"/reports/{flood[0]}/take-apart/")
    listed = {report.pk: report.alike for report in client.get("/reports/").context["page"]}
    assert listed == {flood[0]: 1, flood[1]: 5}
    later = received({"what": TIP.format("11")}).report_id
    assert AlikeSketch.objects.get(pk=later).first_id == flood[1]


def test_a_filter_shows_the_group_by_what_matches_it(flood: list[int], signed_in: Callable[..., Client]) -> None:
    Report.objects.filter(pk__in=flood[:2]).update(state="assessed")
    listed = signed_in().get("/reports/?state=waiting").context["page"]
    assert [(report.pk, report.alike) for report in listed] == [(flood[2], 4)]
