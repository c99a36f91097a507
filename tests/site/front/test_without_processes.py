"""No process to spare, for real: the kernel refuses the fork. People wait or are told, and nothing is lost."""

import http.client
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.factories.few_processes import FewProcesses, why_not
from tests.factories.proofs import home_with_keys, nonces_in_spool
from tests.factories.servers import LASTPIECE, running
from tests.factories.tellers import Teller, invented_report, tell_all

from lastpiece.site.front.headers import HEADERS

pytestmark = pytest.mark.skipif(why_not() is not None, reason=why_not() or "It can be shown here.")
GIVES_UP_SOON = (sys.executable, "-m", "tests.factories.starved_front", "0", "0.5")
"""The front itself, which tells people after half a second instead of twenty."""


@contextmanager
def bound(home: Path, *words: str) -> Iterator[tuple[str, FewProcesses, subprocess.Popen[bytes]]]:
    """Run a front that may have few processes; yield where it is, who uses them up, and the front."""
    few = FewProcesses()
    few.own(home_with_keys(home))
    try:
        with running(["--port", "0"], home, "http://", program=few.program(*words)) as (process, line):
            yield line.split()[-1].rstrip("/"), few, process
            few.give_back()
    finally:
        few.give_back()


def test_who_tells_while_there_is_no_process_waits_and_is_answered_when_there_is_one(tmp_path: Path) -> None:
    with bound(tmp_path, LASTPIECE, "front", "serve") as (address, few, process), ThreadPoolExecutor(1) as people:
        before = Teller(address).tell(invented_report(0))
        few.use_up()
        telling = people.submit(Teller(address).tell, invented_report(1))
        time.sleep(1.5)
        assert not telling.done()
        assert set(nonces_in_spool(tmp_path)) == {before.nonce}
        assert process.poll() is None
        few.give_back()
        told = telling.result(30)
        assert set(nonces_in_spool(tmp_path)) == {before.nonce, told.nonce}


def test_who_waits_too_long_is_told_which_numbers_to_ring_and_the_same_front_goes_on(tmp_path: Path) -> None:
    with bound(tmp_path, *GIVES_UP_SOON) as (address, few, process):
        few.use_up()
        head, text = answer(address, "POST", "step=check&go=send&what=a+report&seed=" + "ab" * 32)
        assert head.status == http.client.SERVICE_UNAVAILABLE
        assert "Nothing was sent" in text
        assert "101: " in text
        assert "0800 555 111: " in text
        assert {name: head.getheader(name) for name in HEADERS} == dict(HEADERS)
        assert not nonces_in_spool(tmp_path)
        few.give_back()
        told = Teller(address, patience_s=10).tell(invented_report(2))
        assert process.poll() is None
        assert set(nonces_in_spool(tmp_path)) == {told.nonce}


def answer(address: str, method: str, form: str) -> tuple[http.client.HTTPResponse, str]:
    line = http.client.HTTPConnection(address.removeprefix("http://"), timeout=30)
    line.request(method, "/tell", form, {"Content-Type": "application/x-www-form-urlencoded"})
    found = line.getresponse()
    return found, found.read().decode()


def test_while_processes_come_and_go_every_acknowledged_report_is_safe(tmp_path: Path) -> None:
    reports = [invented_report(number) for number in range(24)]
    with bound(tmp_path, *GIVES_UP_SOON) as (address, few, process), ThreadPoolExecutor(1) as people:
        telling = people.submit(tell_all, address, reports, tellers=4, patience_s=60, page_by_page=False)
        rounds = 0
        while not telling.done():
            few.use_up()
            time.sleep(0.7)
            few.give_back()
            time.sleep(0.2)
            rounds += 1
        told = telling.result()
        assert process.poll() is None
    assert rounds > 1
    assert len(told) == len(reports)
    assert set(nonces_in_spool(tmp_path)) == {one.nonce for one in told}
