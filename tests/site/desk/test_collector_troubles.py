"""The collector when the database, the disk or the operator fails it in the middle: nothing lost, nothing twice."""

import os
import shutil
import signal
import sqlite3
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import OperationalError, connection, connections
from tests.factories.proofs import environment, home_with_keys, lastpiece
from tests.factories.sealing_keys import CERTIFICATE, SITE
from tests.factories.servers import LASTPIECE
from tests.site.desk.conftest import NEEDLE, NOW, sealed, told

from lastpiece.site.desk.jobs.collect import collect
from lastpiece.site.desk.jobs.daemon import Daemon
from lastpiece.site.desk.records.actions.auditing import Actor
from lastpiece.site.desk.records.actions.room import look_into_quarantine
from lastpiece.site.desk.records.models import (
    Alert,
    AlikeSketch,
    AuditRow,
    DataKey,
    FileChunk,
    Quarantined,
    Report,
    SealedOriginal,
)
from lastpiece.tell.chunk import Chunk
from lastpiece.tell.opening import Keyring
from lastpiece.tell.sealing import ENVELOPE_SIZES, seal
from lastpiece.tell.spool import Spool

SMALL = min(ENVELOPE_SIZES)
THREAT = {"what": f"He is going to stab Dizzy tonight. {NEEDLE}."}


def put_three(spool: Spool, number: int) -> None:
    spool.put(sealed(told(THREAT)))
    spool.put(seal(Chunk(number.to_bytes(16), 0, b"part").encode(), CERTIFICATE, site=SITE))
    spool.put(bytes(SMALL))


@pytest.mark.django_db(transaction=True)
def test_a_database_that_fails_at_any_statement_loses_nothing_and_keeps_nothing_twice(
    spool: Spool, keys: Keyring
) -> None:
    statement, failed = 0, True
    while failed:  # until a whole run needs fewer statements
        statement, count = statement + 1, 0

        def fail_at(execute: Callable[..., object], *arguments: object, number: int = statement) -> object:
            nonlocal count
            count += 1
            if count == number:
                raise OperationalError("the server went away")
            return execute(*arguments)

        put_three(spool, statement)
        failed = False
        with connection.execute_wrapper(fail_at):
            try:
                collect(spool, keys, site=SITE, clock=lambda: NOW)
            except OperationalError:
                failed = True
        connection.close()
        collect(spool, keys, site=SITE, clock=lambda: NOW)
        assert spool.waiting() == []
        counted = {
            each.__name__: each.objects.count() for each in (Report, SealedOriginal, DataKey, Alert, AlikeSketch)
        }
        assert set(counted.values()) == {statement}, counted
        assert FileChunk.objects.count() == len(spool.set_aside()) == statement
    assert statement > 25, "a run has many more statements than that"
    look_into_quarantine(spool, actor=Actor.job("tests"), now=NOW)
    assert Quarantined.objects.count() == statement, "a row not written is found by the watch over the room"


@pytest.mark.django_db
def test_a_spool_that_cannot_be_written_to_keeps_back_no_threat_to_life(
    spool: Spool, keys: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(5):
        spool.put(sealed(told(THREAT)))
    spool.put(bytes(SMALL))

    def refuse(_spool: Spool, *_: str) -> None:
        raise OSError(30, "Read-only file system")

    with monkeypatch.context() as broken:
        broken.setattr(Spool, "remove", refuse)
        broken.setattr(Spool, "quarantine", refuse)
        for _ in range(2):
            with pytest.raises(OSError, match="Read-only"):
                collect(spool, keys, site=SITE, clock=lambda: NOW)
        assert (Alert.objects.count(), len(spool.waiting())) == (5, 6)
    done = collect(spool, keys, site=SITE, clock=lambda: NOW)
    assert (done.added, done.already, done.rejected) == (0, 5, 1)
    assert (Report.objects.count(), spool.waiting()) == (5, [])


@contextmanager
def database_away() -> Iterator[None]:
    """Hold the whole SQLite database, or end every session of PostgreSQL's but this one again and again."""
    if connection.vendor == "sqlite":
        name = connection.settings_dict["NAME"]
        with closing(sqlite3.connect(name, isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            yield
            other.execute("ROLLBACK")
        return
    ending = threading.Event()

    def end_sessions() -> None:
        with connection.cursor() as cursor:
            while not ending.wait(0.02):
                cursor.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
        connection.close()

    thread = threading.Thread(target=end_sessions)
    thread.start()
    yield
    ending.set()
    thread.join()


@pytest.mark.django_db(transaction=True)
def test_the_daemon_outlives_an_outage_says_it_once_and_goes_on_by_itself(
    spool: Spool, keys: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    if connection.vendor == "sqlite":
        monkeypatch.setitem(connections.settings["default"]["OPTIONS"], "timeout", 0.2)
    heard: list[str] = []
    daemon = Daemon(spool.folder, lambda: SITE, (), 0.05, timedelta(minutes=2), heard.append)
    running = threading.Thread(target=daemon.run)
    for _ in range(40):
        spool.put(sealed(told(THREAT)))
    connection.close()
    running.start()
    try:
        until(lambda: len(spool.waiting()) < 35)
        with database_away():
            until(lambda: any("database cannot be used now" in sentence for sentence in heard))
            for _ in range(5):
                spool.put(sealed(told(THREAT)))
        until(lambda: spool.waiting() == [] and "Collector: works again." in heard)
    finally:
        daemon.stopping.set()
        running.join()
    assert Report.objects.count() == SealedOriginal.objects.count() == Alert.objects.count() == 45
    assert AuditRow.objects.filter(verb="receive").count() >= 45
    said = [sentence for sentence in heard if sentence.startswith("Collector: The desk's database")]
    assert 1 <= len(said) <= 1 + heard.count("Collector: works again."), "each trouble is said once"
    assert "xylophone" not in " ".join(heard)


def until(true: Callable[[], bool], *, wait_s: float = 60) -> None:
    end = time.monotonic() + wait_s
    while not true():
        assert time.monotonic() < end, "it did not come true"
        time.sleep(0.02)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = home_with_keys(tmp_path_factory.mktemp("made") / "home")
    lastpiece(home, "desk", "migrate")
    return home


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "home"))


def put_reports(home: Path, count: int) -> Spool:
    spool = Spool(home / "front" / "spool")
    certificate = Keyring(home / "desk" / "keys").epochs()[0].certificate
    for _ in range(count):
        spool.put(seal(told(THREAT).encode(), certificate, site=certificate.site))
    return spool


def kept(home: Path) -> tuple[int, int]:
    """Return how many reports the home's database keeps, and how many different ones."""
    address = os.environ.get("LASTPIECE_DATABASE_URL", "")
    assert not address.startswith("postgres"), "these tests are about a home's own SQLite"
    with closing(sqlite3.connect(home / "desk" / "lastpiece.sqlite3")) as reader:
        found: tuple[int, int] = reader.execute("SELECT count(*), count(DISTINCT nonce) FROM records_report").fetchone()
        return found


own_sqlite = pytest.mark.skipif(
    os.environ.get("LASTPIECE_DATABASE_URL", "").startswith("postgres"), reason="about a home's own SQLite"
)


@own_sqlite
@pytest.mark.parametrize(("asked", "once"), [(signal.SIGTERM, False), (signal.SIGINT, True)])
def test_who_is_told_to_stop_in_the_middle_leaves_every_report_once(home: Path, asked: int, *, once: bool) -> None:
    spool = put_reports(home, 120)
    command = [LASTPIECE, "desk", "collect", *(["--once"] if once else ["--every", "0.2"])]
    with subprocess.Popen(command, env=environment(home), stderr=subprocess.PIPE, text=True) as running:
        until(lambda: len(spool.waiting()) < 110)
        running.send_signal(asked)
        said = running.communicate(timeout=60)[1]
    left = len(spool.waiting())
    assert 0 < left < 110
    assert kept(home)[0] in {120 - left, 121 - left}, "one may be kept whose file was not removed yet"
    assert "Traceback" not in said
    assert "xylophone" not in said
    lastpiece(home, "desk", "collect", "--once", "--json")
    assert (kept(home), spool.waiting()) == ((120, 120), [])


@own_sqlite
def test_a_limit_on_the_size_of_files_ends_a_run_with_a_sentence_and_the_rest_comes_later(home: Path) -> None:
    spool = put_reports(home, 150)
    command = ["bash", "-c", 'ulimit -f "$1"; shift; exec "$@"', "-", "1500", LASTPIECE, "desk", "collect", "--once"]
    done = subprocess.run(command, env=environment(home), check=False, capture_output=True, text=True)
    failed_in_a_sentence(done, spool, 150)
    assert kept(home)[0] == kept(home)[1]
    lastpiece(home, "desk", "collect", "--once", "--json")
    assert (kept(home), spool.waiting()) == ((150, 150), [])


@own_sqlite
def test_a_full_disk_under_the_desk_ends_a_run_with_a_sentence_and_the_rest_comes_when_there_is_room(
    home: Path,
) -> None:
    desk, spool = home / "desk", put_reports(home, 150)
    with small_disk(desk, size_kb=2200) as grow:
        command = [LASTPIECE, "desk", "collect", "--once"]
        done = subprocess.run(command, env=environment(home), check=False, capture_output=True, text=True)
        failed_in_a_sentence(done, spool, 150)
        grow()
        lastpiece(home, "desk", "collect", "--once", "--json")
        assert (kept(home), spool.waiting()) == ((150, 150), [])


def failed_in_a_sentence(done: "subprocess.CompletedProcess[str]", spool: Spool, put: int) -> None:
    assert done.returncode == 1, done.stderr
    assert "Nothing was lost" in done.stderr
    assert "Traceback" not in done.stderr
    assert "xylophone" not in done.stderr
    assert 0 < len(spool.waiting()) <= put


@contextmanager
def small_disk(folder: Path, *, size_kb: int) -> Iterator[Callable[[], object]]:
    """Put what is in a folder on a disk of its own with little room; yield what makes it larger."""
    if os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("only root may mount a small disk")
    copy = folder.with_name("desk-before")
    folder.rename(copy)
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size_kb}k", "tmpfs", str(folder)], check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip("this system lets nobody mount a small disk")
    try:
        shutil.copytree(copy, folder, dirs_exist_ok=True)
        yield lambda: subprocess.run(["mount", "-o", "remount,size=200m", str(folder)], check=True)
    finally:
        subprocess.run(["umount", str(folder)], check=True)
