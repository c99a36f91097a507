"""Reading who works at the desk."""

from dataclasses import dataclass

from allauth.mfa.models import Authenticator

from lastpiece.site.desk.records.models import Staff


@dataclass(frozen=True, slots=True)
class Person:
    """A member of staff, and whether a second factor is set up."""

    staff: Staff
    has_second_factor: bool


def list_people() -> list[Person]:
    """Return everybody, by name."""
    enrolled = set(Authenticator.objects.values_list("user_id", flat=True))
    return [Person(staff, staff.pk in enrolled) for staff in Staff.objects.all()]


def one_person(staff_id: int) -> Person | None:
    """Return one member of staff, or None when there is none."""
    staff = Staff.objects.filter(pk=staff_id).first()
    return None if staff is None else Person(staff, Authenticator.objects.filter(user_id=staff.pk).exists())
