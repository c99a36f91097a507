"""Making a demonstration's home from nothing: keys, tables, staff, county, twelve weeks of work."""

import math
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

from rich.progress import Progress

from lastpiece.command import desk
from lastpiece.command.demo_home import Home, Loaded
from lastpiece.command.demo_staff import make_sign_ins
from lastpiece.site.pack.loading import load_pack
from lastpiece.site.settings import env
from lastpiece.tell import rotation
from lastpiece.world.chance import Chance
from lastpiece.world.county import invent
from lastpiece.world.sealing import seal_all
from lastpiece.world.telling import Told, tell

WEEKS = 12
_KEY_DAYS = 365


def first_monday(today: datetime) -> datetime:
    """Return the Monday on which the campaign began whose twelfth week is this one."""
    monday = today - timedelta(days=today.weekday())
    return (monday - timedelta(weeks=WEEKS - 1)).replace(hour=0, minute=0, second=0, microsecond=0)


def told_until(today: datetime, *, seed: int, reports: int) -> list[Told]:
    """Return exactly `reports` invented reports told from the campaign's first day until today."""
    start = first_monday(today)
    elapsed = (today.date() - start.date()).days + 1
    county = invent(seed, reports=reports, weeks=WEEKS, start=start.date())
    share = sum(county.busy[:elapsed]) / sum(county.busy)
    return list(islice(tell(county, math.ceil((reports + 1) / share)), reports))


def make(home: Home, asked: Mapping[str, Any], *, now: datetime, progress: Progress) -> Loaded:
    """Load the home and write down that it is whole."""
    site = load_pack(None).site_id
    start = first_monday(now)
    told = told_until(now, seed=asked["seed"], reports=asked["reports"])
    certificate = rotation.make(_places(), site=site, now=start, days=_KEY_DAYS)
    desk.prepare()
    from lastpiece.command import demo_duty, demo_loading

    working = progress.add_task("Telling, assessing, fitting", total=len(told))
    sign_ins = make_sign_ins()
    load = demo_loading.Load(
        staff=demo_loading.hire(sign_ins, start),
        places=demo_loading.Places(spool=env.SPOOL, keys=env.DESK_FOLDER / "keys", site=site),
        today=now,
        chance=Chance(asked["seed"], 9),
        step=lambda: progress.advance(working),
    )
    with closing(seal_all(told, certificate, site=site, seed=asked["seed"])) as envelopes:
        words = demo_loading.tell_and_assess(load, told, envelopes, seed=asked["seed"])
    demo_duty.keep_rota(now)
    answered = demo_loading.answer_tellers(load)
    demo_loading.release_results(load, demo_loading.record_weeks(load, start.date()))
    loaded = Loaded(
        asked=dict(asked),
        loaded_on=now.astimezone(UTC).date().isoformat(),
        reports=len(told),
        waiting=demo_loading.waiting(),
        staff=sign_ins,
        words=tuple(words[nonce] for nonce in demo_loading.nonces(answered)),
    )
    home.keep(loaded)
    return loaded


def _places() -> rotation.Places:
    return rotation.Places(
        root=env.ROOT_FOLDER,
        keys=env.DESK_FOLDER / "keys",
        copy=env.DESK_FOLDER / "board",
        front=env.FRONT_FOLDER,
        board=env.BOARD,
        spool=env.SPOOL,
    )
