"""The picture's pages: list, search, one thing with its chart, judging, and who may see them."""

import re
import time
from collections.abc import Callable
from datetime import date
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories.told_items import NOW, mention_of, person, tell_and_fit

from lastpiece.site.desk.records.actions import judging
from lastpiece.site.desk.records.actions.auditing import Actor
from lastpiece.site.desk.records.models import AuditRow, Item, Judgement, Proposal, Role, Staff
from lastpiece.site.desk.records.queries.picture import newest, search

pytestmark = pytest.mark.django_db


@pytest.fixture
def analyst() -> Staff:
    return person("Priya Shah")


@pytest.fixture
def browser(analyst: Staff, signed_in: Callable[..., Client]) -> Client:
    return signed_in(staff=analyst)


def golf() -> Item:
    return tell_and_fit(
        "Lil T drives a Golf, KQ19 KXD, near QX1 3",
        ("Lil T", "nickname", "Lil T"),
        ("KQ19 KXD", "plate", "KQ19KXD"),
        ("QX1 3", "postcode", "QX1 3"),
        seen_on=date(2026, 2, 20),
    )


def half_seen() -> Item:
    return tell_and_fit(
        "lil T with a lad called Midge, K?19 something",
        ("lil T", "nickname", "Lil T"),
        ("Midge", "nickname", "Midge"),
        ("K?19 something", "plate", "K?19*"),
        seen_on=date(2026, 3, 1),
        categories={"Midge": "possible victim"},
    )


def page(browser: Client, name: str, *args: object) -> str:
    answer = browser.get(reverse(name, args=args))
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("KQ19 KXD", "KQ19KXD"),
        ("K?19*", "KQ19KXD"),
        ("*KXD", "KQ19KXD"),
        ("lil t", "Lil T"),
        ("qx1", "QX1 3"),
        ("+44770090012?", "+447700900123"),
        ("07700 9?? 123", "+447700900123"),
    ],
)
def test_anything_known_of_a_thing_finds_it_in_whole_or_in_part(asked: str, found: str) -> None:
    golf()
    tell_and_fit("A line on 07700 900123", ("07700 900123", "phone", "+447700900123"))
    assert found in [row.label for row in search(asked)]


def test_a_search_full_of_stars_ends_at_once() -> None:
    tell_and_fit("Seen with " + "a" * 100, ("a" * 100, "nickname", "a" * 100))
    began = time.process_time()
    search("*a" * 40 + "b")
    assert time.process_time() - began < 2
    assert "a" * 100 in [row.label for row in search("*a*a*a*a*")]


def test_a_search_finds_the_closest_first_and_says_why() -> None:
    golf()
    tell_and_fit("A van, KQ20 ABC", ("KQ20 ABC", "plate", "KQ20ABC"))
    rows = search("K?19*", "plate")
    assert rows[0].label == "KQ19KXD"
    assert rows[0].why
    assert "KQ20ABC" not in [row.label for row in rows]


@pytest.mark.parametrize("asked", ["", "*", "??", "%", "_", "\\", "[a", "(", "x" * 100])
def test_a_search_for_nothing_readable_finds_nothing_and_does_not_fail(browser: Client, asked: str) -> None:
    golf()
    assert browser.get(reverse("picture"), {"q": asked}).status_code == 200


def test_the_list_is_in_order_of_time_and_not_of_any_score() -> None:
    golf()
    half_seen()
    days = [row.last_told for row in newest().rows]
    assert days == sorted(days, reverse=True)


def test_an_empty_picture_says_what_will_appear_and_how(browser: Client) -> None:
    assert "Things appear here when an item of information is assessed" in page(browser, "picture")


def test_the_page_of_a_thing_says_which_item_told_it_with_grade_and_day(browser: Client) -> None:
    item = golf()
    shown = page(browser, "entity", mention_of(item, "plate").pk)
    assert f"Item {item.reference}" in shown
    assert "2DC" in shown
    assert "20 Feb 2026" in shown


def test_looking_at_a_thing_leaves_a_row_with_the_name(browser: Client, analyst: Staff) -> None:
    item = golf()
    page(browser, "entity", mention_of(item, "plate").pk)
    row = AuditRow.objects.get(verb="consult entity")
    assert (row.actor_id, row.object_id) == (analyst.pk, str(mention_of(item, "plate").pk))


def test_what_is_missing_is_said_and_never_as_a_question_to_the_teller(browser: Client) -> None:
    golf()
    late = half_seen()
    shown = page(browser, "entity", mention_of(late, "plate").pk)
    assert "letter of the plate" in shown or "letters of the plate" in shown
    assert "Never a question for the person who told" in shown


def test_a_possible_victim_is_said_to_be_one_before_the_name_everywhere(browser: Client) -> None:
    late = half_seen()
    midge = late.mentions.get(text="Midge")
    for shown in (
        page(browser, "entity", midge.pk),
        page(browser, "picture"),
        page(browser, "entity", mention_of(late, "plate").pk),
        page(browser, "item_fit", late.pk),
    ):
        assert re.search(r"[Pp]ossible victim(</\w+>|[^<>]|<(?:a|bdi)[^>]*>)*?Midge", shown)


def chart_of(shown: str) -> ET.Element:
    found = re.search(r"<svg class=\"link-chart__drawing\".*?</svg>", shown, re.DOTALL)
    assert found
    return ET.fromstring(found[0])  # noqa: S314 - our own page


def test_the_chart_is_valid_drawing_with_a_link_and_a_title_for_each_thing(browser: Client) -> None:
    late = half_seen()
    chart = chart_of(page(browser, "entity", mention_of(late, "plate").pk))
    names = {"svg": "http://www.w3.org/2000/svg"}
    things = chart.findall("svg:a", names)
    assert len(things) == 3
    assert all(thing.get("href", "").startswith("/") for thing in things)
    assert all(thing.find(".//svg:title", names) is not None for thing in things)
    assert len({shape.get("d") for shape in chart.iter("{http://www.w3.org/2000/svg}path")}) == 2


@pytest.mark.parametrize("name", ["entity", "item_fit", "judge", "picture"])
def test_no_page_has_an_inline_style_or_script(browser: Client, name: str) -> None:
    golf()
    late = half_seen()
    args = {
        "entity": [mention_of(late, "plate").pk],
        "item_fit": [late.pk],
        "judge": [Proposal.objects.earliest("pk").pk],
        "picture": [],
    }[name]
    shown = page(browser, name, *args)
    assert not re.search(r"\sstyle=|<style|\son\w+=|javascript:", shown)
    assert all("src=" in script for script in re.findall(r"<script[^>]*>", shown))


def test_the_newest_item_is_marked_in_the_chart(browser: Client, analyst: Staff) -> None:
    golf()
    half_seen()
    link = Proposal.objects.filter(mention__kind="plate").latest("bits")
    done = judging.accept(Actor.of(analyst), link.pk, now=NOW)
    shown = page(browser, "entity", done.entity)
    assert "link-chart__thing--newest" in shown
    assert "K?19*" in shown


def test_a_joined_things_old_address_leads_to_where_it_is_now(browser: Client, analyst: Staff) -> None:
    golf()
    half_seen()
    link = Proposal.objects.filter(mention__kind="plate").latest("bits")
    done = judging.accept(Actor.of(analyst), link.pk, now=NOW)
    answer = browser.get(reverse("entity", args=[link.mention_id]))
    assert answer.status_code == 302
    assert answer.headers["Location"] == reverse("entity", args=[done.entity])


def test_a_thing_that_never_was_is_not_found(browser: Client) -> None:
    for name in ("entity", "item_fit", "judge"):
        assert browser.get(reverse(name, args=[999_999])).status_code == 404


def test_the_page_of_an_item_shows_each_link_with_its_reasons(browser: Client) -> None:
    golf()
    late = half_seen()
    shown = page(browser, "item_fit", late.pk)
    assert shown.count('class="candidate candidate--open"') >= 2
    for proposal in Proposal.objects.filter(mention__item=late):
        assert f"{proposal.bits:+.1f} bits".replace("-", "−") in shown


def test_judging_from_the_item_comes_back_to_it_and_offers_to_take_it_back(browser: Client) -> None:
    golf()
    late = half_seen()
    link = Proposal.objects.filter(mention__kind="plate").latest("bits")
    answer = browser.post(reverse("judge", args=[link.pk]), {"verdict": "same", "item": late.pk})
    assert answer.headers["Location"] == reverse("item_fit", args=[late.pk])
    shown = page(browser, "item_fit", late.pk)
    assert "Press u to take it back" in shown
    assert "Joined" in shown
    assert browser.post(reverse("undo_last")).headers["Location"] == reverse("judge", args=[link.pk])
    assert not Judgement.objects.filter(undone_at=None).exists()


def test_judging_a_pair_leads_to_the_next_and_then_to_the_end(browser: Client) -> None:
    golf()
    half_seen()
    for _ in range(Proposal.objects.count()):
        following = browser.get(reverse("judging"))
        if following.status_code == 200:
            break
        assert "Same or different?" in browser.get(following.headers["Location"]).content.decode()
        browser.post(following.headers["Location"], {"verdict": "unsure"})
    assert "No link waits for you" in page(browser, "judging")


def test_the_pair_shows_what_both_have_dim_and_what_differs_bright(browser: Client) -> None:
    golf()
    half_seen()
    link = Proposal.objects.filter(mention__kind="nickname").latest("bits")
    shown = page(browser, "judge", link.pk)
    assert re.search(r"pair__value--shared\"><bdi dir=\"auto\">K\?19\*", shown)
    assert re.search(r"pair__value--differs\"><bdi dir=\"auto\">Midge", shown)


def test_a_pair_from_two_tellers_names_two_sources(browser: Client) -> None:
    golf()
    half_seen()
    link = Proposal.objects.filter(mention__kind="nickname").latest("bits")
    shown = page(browser, "judge", link.pk)
    assert "source A" in shown
    assert "source B" in shown


def test_a_contradiction_between_two_people_is_shown_to_both(browser: Client) -> None:
    golf()
    half_seen()
    link = Proposal.objects.filter(mention__kind="plate").latest("bits")
    judging.refuse(Actor.of(person("Ben Okoro")), link.pk, now=NOW)
    answer = browser.post(reverse("judge", args=[link.pk]), {"verdict": "same"}, follow=True)
    assert "Ben Okoro has judged this pair as well: different. Both are kept." in answer.content.decode()
    shown = page(browser, "entity", link.mention_id)
    assert "Contradict" in shown
    assert "Priya Shah" in shown
    assert "Ben Okoro" in shown


def test_judging_twice_says_so_and_changes_nothing(browser: Client) -> None:
    golf()
    half_seen()
    link = Proposal.objects.latest("bits")
    browser.post(reverse("judge", args=[link.pk]), {"verdict": "same"})
    answer = browser.post(reverse("judge", args=[link.pk]), {"verdict": "different"}, follow=True)
    assert "You have already judged this pair: same." in answer.content.decode()
    assert Judgement.objects.count() == 1


def test_a_form_without_a_verdict_changes_nothing(browser: Client) -> None:
    golf()
    half_seen()
    link = Proposal.objects.latest("bits")
    browser.post(reverse("judge", args=[link.pk]), {"verdict": "probably"})
    assert not Judgement.objects.exists()


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ANALYST])
def test_only_an_analyst_sees_the_picture_and_judges(role: Role, signed_in: Callable[..., Client]) -> None:
    golf()
    late = half_seen()
    link = Proposal.objects.latest("bits")
    browser = signed_in(role)
    for name, args in (
        ("picture", []),
        ("entity", [link.mention_id]),
        ("item_fit", [late.pk]),
        ("judging", []),
        ("judge", [link.pk]),
    ):
        assert browser.get(reverse(name, args=args)).status_code == 403
    assert browser.post(reverse("judge", args=[link.pk]), {"verdict": "same"}).status_code == 403
    assert browser.post(reverse("undo_last")).status_code == 403
    assert not Judgement.objects.exists()
    assert not AuditRow.objects.filter(verb__startswith="consult").exists()


def test_nothing_on_a_persons_page_weighs_the_person(browser: Client) -> None:
    """Weights stand in tables of reasons for links, nowhere else, and no list of people is sorted by one."""
    golf()
    late = half_seen()
    shown = page(browser, "entity", late.mentions.get(text="lil T").pk)
    without_links = re.sub(
        r"<table class=\"waterfall\">.*?</table>|<ul class=\"missing__list\">.*?</ul>", "", shown, flags=re.DOTALL
    )
    assert " bits" not in without_links
    assert not re.search(r"risk score|threat score|gang", shown, re.IGNORECASE)


def test_today_tells_an_analyst_how_many_links_wait(browser: Client) -> None:
    golf()
    half_seen()
    waiting = Proposal.objects.count()
    assert f"{waiting} links wait</a>" in page(browser, "today")
