"""Taking in published crimes and the outlines of the county's small areas."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from lastpiece.site.desk.records.actions.auditing import Actor, action, touch
from lastpiece.site.desk.records.models import Area, Crime
from lastpiece.values.area import SmallArea, simplified
from lastpiece.values.crime import PublishedCrime

AT_ONCE = 500
"""Rows in one statement: under SQLite's and PostgreSQL's limits on parameters."""

OUTLINE_TOLERANCE = 0.00005
"""Degrees by which a stored outline may differ from the given one: some 5 m, unseen even around one area."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What one batch did."""

    added: int
    already: int
    outcomes_changed: int = 0


@action("import crimes")
def add_crimes(
    _actor: Actor, crimes: Sequence[tuple[bytes, PublishedCrime]], file_name: str, *, now: datetime
) -> Taken:
    """Add the crimes that are not there yet; bring the outcome of those that are up to date.

    Args:
        crimes: Each with its identity (`PublishedCrime.identity`); no identity twice.
        file_name: Where they come from, for the audit.
        now: The time of the import; the audit row's.
    """
    there = _there([identity for identity, _ in crimes])
    fresh = [_record(identity, crime) for identity, crime in crimes if identity not in there]
    Crime.objects.bulk_create(fresh, batch_size=AT_ONCE)
    changed = [
        Crime(pk=there[identity][0], outcome=crime.outcome)
        for identity, crime in crimes
        if identity in there and there[identity][1] != crime.outcome
    ]
    if changed:
        Crime.objects.bulk_update(changed, ["outcome"], batch_size=AT_ONCE)
    taken = Taken(len(fresh), len(crimes) - len(fresh), len(changed))
    touch("crimes", file_name[:64], added=taken.added, already=taken.already, outcomes_changed=taken.outcomes_changed)
    return taken


@action("import areas")
def put_areas(_actor: Actor, areas: Iterable[SmallArea], file_name: str, *, now: datetime) -> Taken:
    """Add small areas, or replace the name and outline of those that are there."""
    records = [
        Area(
            code=area.code,
            name=area.name,
            rings=[[[round(x, 5), round(y, 5)] for x, y in simplified(ring, OUTLINE_TOLERANCE)] for ring in area.rings],
        )
        for area in areas
    ]
    already = Area.objects.filter(pk__in=[record.pk for record in records]).count()
    Area.objects.bulk_create(
        records, batch_size=100, update_conflicts=True, unique_fields=["code"], update_fields=["name", "rings"]
    )
    touch("areas", file_name[:64], added=len(records) - already, already=already)
    return Taken(len(records) - already, already)


def _there(identities: Sequence[bytes]) -> dict[bytes, tuple[int, str]]:
    """Return the record's key and its outcome for each identity that is stored."""
    found: dict[bytes, tuple[int, str]] = {}
    for start in range(0, len(identities), AT_ONCE):
        rows = Crime.objects.filter(identity__in=identities[start : start + AT_ONCE])
        found |= {
            bytes(identity): (key, outcome) for key, identity, outcome in rows.values_list("pk", "identity", "outcome")
        }
    return found


def _record(identity: bytes, crime: PublishedCrime) -> Crime:
    return Crime(
        identity=identity,
        crime_id=crime.crime_id,
        month=crime.month,
        crime_type=crime.crime_type,
        area_code=crime.area_code,
        area_name=crime.area_name,
        location=crime.location,
        longitude=crime.longitude,
        latitude=crime.latitude,
        outcome=crime.outcome,
        force=crime.force,
    )
