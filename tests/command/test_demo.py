import json
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
import typer
from tests.factories.demonstrations import free_ports, left_of, processes_of

from lastpiece.command import demo_home, demo_making, demo_readying, demo_staff
from lastpiece.command.demo_making import first_monday, told_until

pytestmark = pytest.mark.timeout(200)


@dataclass
class Started:
    """A demonstration that runs, with what it said."""

    running: subprocess.Popen[str]
    home: Path
    ports: tuple[int, int]
    said: Path
    seconds: float


def start(home: Path, log: Path, *, until: str = "Codes change", ports: tuple[int, int] | None = None) -> Started:
    front, desk = ports or free_ports()
    words = ["demo", "--home", str(home), "--reports", "40", "--front-port", str(front), "--desk-port", str(desk)]
    began = time.monotonic()
    with log.open("w") as sink:
        running = subprocess.Popen(
            [sys.executable, "-m", "lastpiece", *words], stdout=sink, stderr=subprocess.STDOUT, text=True
        )
    while until not in log.read_text() and running.poll() is None and time.monotonic() < began + 150:
        time.sleep(0.1)
    return Started(running, home, (front, desk), log, time.monotonic() - began)


def command(*words: str | Path) -> subprocess.CompletedProcess[str]:
    call = [sys.executable, "-m", "lastpiece", "demo", *map(str, words)]
    return subprocess.run(call, capture_output=True, text=True, check=False, timeout=120)


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Started]:
    folder = tmp_path_factory.mktemp("demo")
    started = start(folder / "home", folder / "said.txt")
    yield started
    started.running.send_signal(signal.SIGTERM)
    started.running.wait(30)


def rows(home: Path, question: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(f"file:{home / 'desk/lastpiece.sqlite3'}?mode=ro", uri=True) as desk:
        return desk.execute(question).fetchall()


def test_both_addresses_and_a_sign_in_for_every_role_are_printed(demonstration: Started) -> None:
    said = demonstration.said.read_text()

    assert demonstration.running.poll() is None, said
    assert all(f"http://localhost:{port}/" in said for port in demonstration.ports)
    assert {role for _, _, role in demo_staff.PEOPLE} == {
        "intake_assessor", "safeguarding_lead", "call_taker", "analyst", "publisher", "auditor", "administrator",
    }  # fmt: skip
    assert all(username in said for username, _, _ in demo_staff.PEOPLE)
    assert "40 reports told, 10 of them wait for you" in said


def test_every_report_came_the_real_way_and_the_newest_wait(demonstration: Started) -> None:
    home = demonstration.home

    assert rows(home, "select count(*) from records_report") == [(40,)]
    assert rows(home, "select count(*) from records_report where state = 'waiting'") == [(10,)]
    assert rows(home, "select count(*) from records_auditrow where verb = 'receive'") == [(40,)]
    [(opened,)] = rows(home, "select count(*) from records_auditrow where verb = 'open original' and reason <> ''")
    assert opened == 30
    assert not list((home / "front/spool").rglob("*.sealed"))


def test_somebody_is_on_duty_and_has_every_alert_of_the_past(demonstration: Started) -> None:
    home = demonstration.home

    assert rows(home, "select count(*) from records_alert where acknowledged_at is null") == [(0,)]
    on_duty = "select distinct kind from records_duty where ends_at > datetime('now') order by kind"
    assert rows(home, on_duty) == [("child_harm",), ("threat_to_life",)]
    assert rows(home, "select count(*) from records_alert where acknowledged_at < raised_at") == [(0,)]
    by_nobody = "select count(*) from records_auditrow where verb = 'take alert' and actor_id is null"
    assert rows(home, by_nobody) == [(0,)]


def test_results_were_released_by_two_people_and_are_public(demonstration: Started) -> None:
    [(drafted, decided, state)] = rows(
        demonstration.home, "select drafted_by_id, decided_by_id, state from records_release"
    )

    assert drafted != decided
    assert state == "published"


def test_codes_are_printed_at_any_time(demonstration: Started) -> None:
    done = command("codes", "--home", demonstration.home, "--json")
    answer = json.loads(done.stdout)

    assert [person["username"] for person in answer["staff"]] == [username for username, _, _ in demo_staff.PEOPLE]
    assert all(len(person["code"]) == 6 for person in answer["staff"])
    assert 0 < answer["seconds_left"] <= 30


def test_a_second_demonstration_in_the_same_home_is_refused_in_one_sentence(demonstration: Started) -> None:
    done = command("--home", demonstration.home)

    assert done.returncode == 1
    assert "is running" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_taken_port_is_named_before_anything_is_loaded(demonstration: Started, tmp_path: Path) -> None:
    done = command("--home", tmp_path / "home", "--front-port", str(demonstration.ports[0]))

    assert done.returncode == 1
    assert f"Port {demonstration.ports[0]} is in use" in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.slow
def test_a_second_start_uses_what_is_loaded_and_no_way_of_stopping_leaves_a_process(tmp_path: Path) -> None:
    home = tmp_path / "home"
    first = start(home, tmp_path / "first.txt")
    assert len(processes_of(home)) >= 4
    first.running.send_signal(signal.SIGTERM)
    assert first.running.wait(30) == 0
    assert left_of(home) == []
    loaded = (home / demo_home.LOADED).read_bytes()

    second = start(home, tmp_path / "second.txt")
    second.running.kill()
    second.running.wait(30)

    assert (home / demo_home.LOADED).read_bytes() == loaded
    assert "Loaded" not in second.said.read_text()
    assert second.seconds < first.seconds
    assert left_of(home) == []


def test_stopping_while_loading_leaves_a_home_that_the_next_start_clears(tmp_path: Path) -> None:
    home = tmp_path / "home"
    front, desk = free_ports()
    words = ["demo", "--home", str(home), "--reports", "400", "--front-port", str(front), "--desk-port", str(desk)]
    with subprocess.Popen([sys.executable, "-m", "lastpiece", *words], stderr=subprocess.PIPE, text=True) as running:
        deadline = time.monotonic() + 60
        while not (home / "desk/lastpiece.sqlite3").exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        running.send_signal(signal.SIGINT)
        _, said = running.communicate(timeout=60)

    assert running.returncode == 130
    assert said.strip() == "Stopped while loading. Nothing half-made is kept: the next start begins afresh."
    assert left_of(home) == []
    with demo_home.held(home) as again:
        assert again.anything_loaded() is None
        again.clear()
        assert {path.name for path in home.iterdir()} == {demo_home.MARK, "running"}


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
    done = command("--home", tmp_path)

    assert done.returncode == 1
    assert "left alone" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_codes_without_a_demonstration_say_how_to_start_one(tmp_path: Path) -> None:
    done = command("codes", "--home", tmp_path / "nowhere")

    assert done.returncode == 1
    assert "Run `lastpiece demo` first" in done.stderr


def test_a_full_disk_while_loading_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from django.db import OperationalError  # noqa: PLC0415 - as the loading meets it

    def full(*_: object, **__: object) -> None:
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(demo_making, "make", full)
    with demo_home.held(tmp_path / "home") as home, pytest.raises(typer.Exit):
        demo_readying.load(home, {"seed": 1, "reports": 40, "version": "now"})

    assert capsys.readouterr().err.startswith("The disk is full")


def test_a_home_made_by_another_version_or_from_other_wishes_counts_as_not_loaded(tmp_path: Path) -> None:
    asked = {"seed": 1, "reports": 40, "version": demo_home.version()}
    loaded = demo_home.Loaded(asked, "2026-11-20", 40, 30, demo_staff.make_sign_ins(), ("seven words",))
    with demo_home.held(tmp_path / "home") as home:
        home.keep(loaded)

        assert home.loaded(asked) == loaded
        assert home.loaded({**asked, "version": "older"}) is None
        assert home.loaded({**asked, "seed": 2}) is None


def test_what_signs_people_in_shows_in_no_repr() -> None:
    person = demo_staff.make_sign_ins()[0]

    assert person.secret not in repr(person)
    assert person.password not in repr(person)


def test_none_of_the_real_settings_reach_the_demonstration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LASTPIECE_DATABASE_URL", "postgres://live")
    monkeypatch.setenv("LASTPIECE_BROWSER", "/usr/bin/chromium")
    settings = {name: value for name, value in demo_home.environment(tmp_path).items() if name.startswith("LASTPIECE_")}

    assert settings == {
        "LASTPIECE_HOME": str(tmp_path),
        "LASTPIECE_DEMO": "true",
        "LASTPIECE_BROWSER": "/usr/bin/chromium",
    }


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (1234567890, "005924"), (2000000000, "279037")],
)
def test_codes_are_those_of_rfc_6238(seconds: int, code: str) -> None:
    assert demo_staff.code_at("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", seconds) == code


@pytest.mark.parametrize("day", [16, 18, 22])
def test_the_campaign_is_in_its_twelfth_week_and_nobody_tells_of_tomorrow(day: int) -> None:
    today = datetime(2026, 11, day, 12, tzinfo=UTC)
    told = told_until(today, seed=3, reports=120)

    assert first_monday(today).date().isoformat() == "2026-08-31"
    assert len(told) == 120
    assert max(report.told_on for report in told) <= today.date()
    assert min(report.told_on for report in told) >= first_monday(today).date()
