"""The invented county's truth as rows: what each report is, and what there is to find."""

from collections.abc import Iterator
from typing import Any

from lastpiece.world.county import County
from lastpiece.world.lines import Line
from lastpiece.world.people import Home
from lastpiece.world.telling import Told


def report_row(told: Told) -> dict[str, Any]:
    """Return the report alone, as a stranger to the county would get it."""
    return {
        "id": told.id,
        "told_on": told.told_on.isoformat(),
        "channel": told.channel,
        "text": told.text,
        "fields": [{"name": name, "start": start, "end": end} for name, (start, end) in told.fields.items()],
    }


def truth_row(told: Told) -> dict[str, Any]:
    """Return what is true of the report."""
    return {
        "id": told.id,
        "happening": told.happening.id,
        "topic": told.topic,
        "seen_on": told.seen_on.isoformat(),
        "teller": told.teller,
        "voice": told.voice,
        "story": told.story,
        "copy_of": told.copy_of,
        "urgency": told.urgency,
        "malicious": told.malicious,
        "about": list(told.happening.about),
        "signs": list(told.signs),
        "mentions": [
            {
                "start": mention.start,
                "end": mention.end,
                "text": mention.text,
                "kind": mention.label.kind,
                "value": mention.label.value,
                "partial": mention.label.partial,
                "entity": mention.label.entity,
            }
            for mention in told.mentions
        ],
        "identifying": [{"start": span.start, "end": span.end, "why": span.why} for span in told.identifying],
    }


def entities(county: County) -> Iterator[dict[str, Any]]:
    """Yield every person, home, phone, vehicle, line, dispute and offender as one row each."""
    population = county.population
    for person in population.people:
        yield _row(
            person.id,
            "person",
            name=person.name,
            nickname=person.nickname,
            handle=person.handle,
            age=person.age,
            role=person.role,
            victim=person.victim,
        )
    yield from (_home_row(home) for home in population.homes)
    for phone in population.phones:
        yield _row(phone.id, "phone", number=phone.number)
    for seen in population.vehicles:
        yield _row(seen.id, "vehicle", plate=seen.plate, colour=seen.colour, make=seen.make, model=seen.model)
    yield from (_line_row(county, line) for line in county.lines)
    for dispute in county.disputes:
        yield _row(dispute.id, "dispute", topic=dispute.topic, homes=[dispute.complainer.id, dispute.other.id])
    for offender in county.offenders:
        yield _row(
            offender.id,
            "offender",
            trade=offender.trade,
            person=offender.person.id,
            home=offender.home.id,
            vehicle=offender.vehicle.id,
        )


def _home_row(home: Home) -> dict[str, Any]:
    return _row(
        home.id,
        "home",
        number=home.number,
        block=home.block,
        street=home.street,
        town=home.town.name,
        postcode=home.postcode,
        lat=home.lat,
        lon=home.lon,
        area=home.area,
        resident=home.resident.id,
    )


def _row(entity: str, kind: str, /, **facts: object) -> dict[str, Any]:
    return {"id": entity, "kind": kind, **facts}


def _line_row(county: County, line: Line) -> dict[str, Any]:
    def span(first: int, end: int) -> dict[str, str]:
        return {"from": county.on(first).isoformat(), "until": county.on(end).isoformat()}

    return _row(
        line.id,
        "line",
        brand=line.brand,
        origin=line.origin,
        town=line.town.name,
        drugs=list(line.drugs),
        holders=[person.id for _, person in line.holders],
        lieutenants=[person.id for person in line.lieutenants],
        runners=[person.id for person in line.runners],
        vehicles=[vehicle.id for vehicle in line.vehicles],
        states=[
            {"on": county.on(step.day).isoformat(), "state": step.state, "other": step.other} for step in line.steps
        ],
        numbers=[{"phone": use.phone.id, **span(use.first, use.end)} for use in line.sims],
        stays=[{"home": stay.home.id, **span(stay.first, stay.end)} for stay in line.stays],
    )
