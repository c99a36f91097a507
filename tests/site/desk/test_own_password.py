"""A password that another person chose is changed before anything else; changes by others are never silent."""

from collections.abc import Callable

import pytest
from axes.models import AccessAttempt
from django.core.cache import cache
from django.test import Client
from tests.site.desk.conftest import NOW, PASSWORD

from lastpiece.site.desk.records.actions import staffing
from lastpiece.site.desk.records.actions.auditing import Actor
from lastpiece.site.desk.records.models import AuditRow, Notice, Opening, Report, Role, Staff
from lastpiece.site.desk.signing_in import spend, username_to_lock

pytestmark = pytest.mark.django_db
NEW = {"old_password": PASSWORD, "new_password1": "three words of mine", "new_password2": "three words of mine"}


def first_password(staff: Staff) -> Staff:
    Staff.objects.filter(pk=staff.pk).update(password_is_first=True)
    staff.refresh_from_db()
    return staff


@pytest.mark.parametrize("second_factor", [False, True])
def test_no_page_opens_before_the_password_is_ones_own(
    signed_in: Callable[..., Client],
    make_staff: Callable[..., Staff],
    second_factor: bool,  # noqa: FBT001 - one of two cases
) -> None:
    client = signed_in(staff=first_password(make_staff()), second_factor=second_factor)
    for address in ("/", "/reports/", "/sign-in/second-factor/"):
        assert client.get(address)["Location"] == "/own-password/"
    assert client.post("/own-password/", NEW | {"new_password2": "other words"}).status_code == 422
    same = {"old_password": PASSWORD, "new_password1": PASSWORD, "new_password2": PASSWORD}
    assert client.post("/own-password/", same).status_code == 422
    assert client.post("/own-password/", NEW).status_code == 302
    staff = Staff.objects.get(pk=client.staff.pk)  # type: ignore[attr-defined]  # set by signed_in
    assert staff.check_password(NEW["new_password1"])
    assert not staff.password_is_first
    assert AuditRow.objects.filter(verb="choose password", detail__first=True).exists()
    after = client.get("/")
    assert after.status_code == 200 if second_factor else after["Location"] == "/sign-in/second-factor/"


def test_a_new_person_has_a_first_password(db: None) -> None:
    someone = {"username": "sam", "name": "Sam", "email": "sam@nenshire.example", "role": Role.ANALYST}
    staff = staffing.add_staff(Actor.job("tests"), **someone, password=PASSWORD, now=NOW)  # type: ignore[arg-type]  # passed on
    assert staff.password_is_first


def test_what_others_change_is_told_until_it_is_read(
    signed_in: Callable[..., Client], make_staff: Callable[..., Staff]
) -> None:
    person, administrator = make_staff(), make_staff(Role.ADMINISTRATOR)
    boss = signed_in(staff=administrator)
    boss.post(f"/people/{person.pk}/password/", {"password": "short"})
    assert not Notice.objects.exists()
    boss.post(f"/people/{person.pk}/password/", {"password": "a first one for them"})
    boss.post(f"/people/{person.pk}/second-factor/")
    person.refresh_from_db()
    assert person.password_is_first
    assert [notice.kind for notice in Notice.objects.all()] == ["password", "second_factor"]
    Staff.objects.filter(pk=person.pk).update(password_is_first=False)
    person.refresh_from_db()
    client = signed_in(staff=person)
    shown = client.get("/").content.decode()
    assert f"{administrator.name} removed your second factor" in shown
    for notice in Notice.objects.all():
        client.post(f"/notices/{notice.pk}/read/")
    assert "your second factor" not in client.get("/").content.decode()
    assert signed_in().post(f"/notices/{Notice.objects.all()[0].pk}/read/").status_code == 404


def test_a_used_code_is_remembered_without_the_cache(make_staff: Callable[..., Staff]) -> None:
    staff, other = make_staff(), make_staff()
    assert spend(staff, "123456")
    cache.clear()  # as a restart does
    assert not spend(staff, "123 456")
    assert spend(other, "123456")


def test_what_is_typed_for_a_name_is_never_stored_readable(client: Client, make_staff: Callable[..., Staff]) -> None:
    staff = make_staff()
    client.post("/sign-in/", {"login": "my secret password", "password": "x"})
    assert username_to_lock(None, {"username": staff.username.upper()}) == staff.username
    assert username_to_lock(None, {"username": staff.email}) == staff.username
    row = AuditRow.objects.get(verb="fail to sign in")
    assert row.detail["account"].startswith("unknown-")

    stored = [*AuditRow.objects.values_list("detail", flat=True), *AccessAttempt.objects.values()]
    assert stored
    assert "secret" not in str(stored)


def test_putting_back_closes_ones_own_original_alone(
    signed_in: Callable[..., Client], received: Callable[..., object], make_staff: Callable[..., Staff]
) -> None:
    received()
    client, other = signed_in(), make_staff()

    report = Report.objects.get()
    Opening.objects.create(report=report, staff=other, opened_at=NOW)
    client.post(f"/reports/{report.pk}/open/", {"reason": "working through the queue"})
    client.post(f"/reports/{report.pk}/put-back/")
    assert Opening.objects.get(staff=other).closed_at is None
    assert Opening.objects.get(staff=client.staff).closed_at is not None  # type: ignore[attr-defined]  # set by signed_in
