"""Results: campaigns, outcomes that are kept when they are replaced, and the form that keeps what was typed."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories.campaign_weeks import THEMES, campaign, record, week

from lastpiece.results.outcomes import OutcomeWrong
from lastpiece.site.desk.records.actions.results import CampaignWrong, ReplacementWrong
from lastpiece.site.desk.records.models import AuditRow, Campaign, Outcome, Role, YouSaidWeDid

pytestmark = pytest.mark.django_db


def test_a_campaign_has_a_week_for_each_theme_one_after_the_other() -> None:
    weeks = list(campaign().weeks.all())
    assert [found.theme for found in weeks] == list(THEMES)
    assert [(found.starts_on, found.ends_on) for found in weeks[:2]] == [
        (date(2026, 9, 7), date(2026, 9, 14)),
        (date(2026, 9, 14), date(2026, 9, 21)),
    ]


def test_two_campaigns_cannot_have_one_name() -> None:
    campaign()
    with pytest.raises(CampaignWrong, match="already"):
        campaign()
    assert Campaign.objects.count() == 1


def test_a_final_figure_replaces_the_provisional_one_and_both_are_kept() -> None:
    at = week(campaign())
    early = record(at, "drugs", "30", detail="crack", measure="wraps")
    final = record(at, "drugs", "29", detail="crack", measure="wraps", status="final", replaces=early.pk)
    early.refresh_from_db()
    assert (int(early.amount), early.status, final.replaces_id) == (30, "provisional", early.pk)
    assert [row.verb for row in AuditRow.objects.filter(kind="outcome")] == ["record outcome"] * 2


def test_a_replacement_must_be_of_the_same_week_kind_and_measure_and_not_be_late() -> None:
    made = campaign()
    early = record(week(made), "drugs", "30", detail="crack", measure="wraps")
    other_week = week(made, 2)
    wrong = [
        (other_week, {"kind": "drugs", "detail": "crack", "measure": "wraps"}, "not one of this week"),
        (week(made), {"kind": "drugs", "detail": "heroin", "measure": "wraps"}, "same kind"),
        (week(made), {"kind": "drugs", "detail": "crack", "measure": "g"}, "same kind"),
    ]
    for at, typed, said in wrong:
        with pytest.raises(ReplacementWrong, match=said):
            record(at, typed.pop("kind"), "1", replaces=early.pk, **typed)
    final = record(week(made), "drugs", "29", detail="crack", measure="wraps", status="final", replaces=early.pk)
    with pytest.raises(ReplacementWrong, match="replaced this entry already"):
        record(week(made), "drugs", "28", detail="crack", measure="wraps", status="final", replaces=early.pk)
    with pytest.raises(ReplacementWrong, match="only be replaced by another final"):
        record(week(made), "drugs", "28", detail="crack", measure="wraps", replaces=final.pk)
    assert Outcome.objects.count() == 2


def test_what_is_no_outcome_leaves_neither_a_record_nor_an_audit_row() -> None:
    at = week(campaign())
    with pytest.raises(OutcomeWrong):
        record(at, "arrests", "several")
    assert not Outcome.objects.exists()
    assert not AuditRow.objects.filter(kind="outcome").exists()


def test_an_analyst_records_an_outcome_and_sees_it_in_the_week(signed_in: Callable[..., Client]) -> None:
    at = week(campaign())
    client = signed_in(Role.ANALYST)
    typed = {"what": "weapons_seized:knife", "amount": "4", "measure": "", "status": "provisional", "note": ""}
    answer = client.post(reverse("outcome_record", args=[at.pk]), typed, follow=True)
    assert "Weapons seized: Knives" in answer.text
    assert Outcome.objects.get().recorded_by == client.staff  # type: ignore[attr-defined]  # set by signed_in


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"what": "", "amount": "12", "status": "final"}, "what", "Choose what came of it."),
        ({"what": "arrests", "amount": "about twelve", "status": "final"}, "amount", "must be a number"),
        ({"what": "arrests", "amount": "12", "status": ""}, "status", "provisional or final"),
        ({"what": "arrests", "amount": "12", "measure": "g", "status": "final"}, "measure", "cannot be measured in g"),
    ],
)
def test_a_mistake_is_named_beside_its_field_and_what_was_typed_is_kept(
    typed: dict[str, str], field: str, said: str, signed_in: Callable[..., Client]
) -> None:
    at = week(campaign())
    answer = signed_in(Role.ANALYST).post(
        reverse("outcome_record", args=[at.pk]), {"note": "Counted at the station", **typed}
    )
    assert answer.status_code == 422
    assert "There is a problem" in answer.text
    assert f'href="#id_{field}' in answer.text
    assert said in answer.text
    assert 'value="Counted at the station"' in answer.text
    assert f'value="{typed["amount"]}"' in answer.text
    assert not Outcome.objects.exists()


def test_making_an_entry_final_starts_from_what_it_said(signed_in: Callable[..., Client]) -> None:
    at = week(campaign())
    early = record(at, "cash", "10256.50")
    client = signed_in(Role.PUBLISHER)
    address = reverse("outcome_record", args=[at.pk])
    page = client.get(address, {"replaces": early.pk}).text
    assert 'value="10256.5"' in page
    assert f'name="replaces" value="{early.pk}"' in page
    typed = {"what": "cash", "amount": "10,300", "status": "final", "replaces": early.pk}
    page = client.post(address, typed, follow=True).text
    assert "£10,300" in page
    assert "Replaced entries" in page
    assert "£10,256.50" in page


def test_an_entry_of_another_week_cannot_be_corrected_from_here(signed_in: Callable[..., Client]) -> None:
    made = campaign()
    early = record(week(made), "cash", "5")
    client = signed_in(Role.PUBLISHER)
    assert client.get(reverse("outcome_record", args=[week(made, 2).pk]), {"replaces": early.pk}).status_code == 404


def test_a_publisher_makes_a_campaign_from_lines_of_themes(signed_in: Callable[..., Client]) -> None:
    typed = {"name": "Autumn", "strapline": "", "starts_on": "2026-09-07", "themes": "One\n\n Two \nThree"}
    answer = signed_in(Role.PUBLISHER).post(reverse("campaign_new"), typed, follow=True)
    assert [found.theme for found in Campaign.objects.get().weeks.all()] == ["One", "Two", "Three"]
    assert "Autumn" in answer.text


def test_you_said_we_did_is_added_and_left_out_again(signed_in: Callable[..., Client]) -> None:
    client = signed_in(Role.PUBLISHER)
    typed = {"area": "Nenbridge North", "said": "Dealing by the shops", "did": "Two warrants", "month": "2026-09"}
    assert "Dealing by the shops" in client.post(reverse("you_said"), typed, follow=True).text
    pair = YouSaidWeDid.objects.get()
    assert "Dealing by the shops" not in client.post(reverse("you_said_withdraw", args=[pair.pk]), follow=True).text
    assert client.post(reverse("you_said"), {**typed, "month": "September"}).status_code == 422


def test_who_may_only_look_is_offered_nothing_to_press(signed_in: Callable[..., Client]) -> None:
    made = campaign()
    record(week(made), "arrests", "22")
    auditor = signed_in(Role.AUDITOR)
    page = auditor.get(reverse("results")).text
    assert reverse("release_new", args=[made.pk]) not in page
    assert reverse("campaign_new") not in page
    assert (
        reverse("outcome_record", args=[week(made).pk])
        not in auditor.get(reverse("results_week", args=[week(made).pk])).text
    )


def test_with_no_campaign_the_page_says_what_will_be_here(signed_in: Callable[..., Client]) -> None:
    assert "There is no campaign yet" in signed_in(Role.ANALYST).get(reverse("results")).text
    assert signed_in(Role.ANALYST).get(reverse("results"), {"campaign": "999"}).status_code == 404
