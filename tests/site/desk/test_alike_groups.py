"""Look-alikes are one row of the queue; a person decides, nothing is thrown away, sources stay as they are."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from lastpiece.site.desk.records.actions.intake import Received
from lastpiece.site.desk.records.models import AlikeBand, AlikeSketch, GroupSetAside, Report

pytestmark = pytest.mark.django_db
TIP = "A grey Golf brings heroin to the flat above the chip shop on Mill Road most evenings after eight. Number {}."
NEWEST = 2**31
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


def test_a_group_is_set_aside_with_one_reason_and_brought_back(
    flood: list[int], signed_in: Callable[..., Client]
) -> None:
    client = signed_in()
    address = f"/reports/{flood[2]}/alike/"
    assert client.post(f"{address}set-aside/", {"reason": "dot", "newest": str(flood[-1])}).status_code == 422
    assert (
        client.post(f"{address}set-aside/", {"reason": "Says the same as the first", "newest": str(NEWEST)}).status_code
        == 302
    )
    assert set(Report.objects.values_list("state", flat=True)) == {"set_aside"}
    assert Report.objects.count() == 6
    act = GroupSetAside.objects.get()
    assert "Undo" in client.get(address).content.decode()
    assert client.post(f"/groups/{act.pk}/bring-back/").status_code == 302
    assert set(Report.objects.values_list("state", flat=True)) == {"waiting"}
    assert "so nothing was changed" in client.post(f"/groups/{act.pk}/bring-back/", follow=True).content.decode()


def test_one_with_an_alert_that_nobody_has_stays(
    flood: list[int], received: Callable[..., Received], signed_in: Callable[..., Client]
) -> None:
    urgent = received({"what": TIP.format("9, he is going to stab him tonight")}).report_id
    assert AlikeSketch.objects.get(pk=urgent).first_id == flood[0]
    signed_in().post(
        f"/reports/{flood[0]}/alike/set-aside/", {"reason": "Says the same as the first", "newest": str(NEWEST)}
    )
    assert Report.objects.get(pk=urgent).state == "waiting"


def test_one_that_came_in_since_the_page_was_shown_stays(
    flood: list[int], received: Callable[..., Received], signed_in: Callable[..., Client]
) -> None:
    client = signed_in()
    address = f"/reports/{flood[0]}/alike/"
    newest = re.search(r'name="newest" value="(\d+)"', client.get(address).content.decode())
    assert newest is not None
    since = received({"what": TIP.format("14, and a girl is with them")}).report_id
    assert AlikeSketch.objects.get(pk=since).first_id == flood[0]
    client.post(f"{address}set-aside/", {"reason": "Says the same as the first", "newest": newest[1]})
    assert {report.pk: report.state for report in Report.objects.all()} == {
        **dict.fromkeys(flood, "set_aside"),
        since: "waiting",
    }
    assert client.post(f"{address}set-aside/", {"reason": "Without saying what was shown"}).status_code == 422
    assert Report.objects.get(pk=since).state == "waiting"


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
