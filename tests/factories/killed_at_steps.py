"""Two processes that live a report's way and die at every named step: one has the front's settings, one the desk's.

Run by the proof as `python -m tests.factories.killed_at_steps front|desk`, one JSON task a line. Each errand runs in a
child forked for it, as the front does for every request, and the child dies at the step asked for. Then the person
presses the button again, or the desk's next run comes.
"""

import json
import os
import secrets
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.factories.named_steps import ANSWERED, DESK, FRONT, POSTING, arm, die
from tests.factories.proofs import environment, home_with_keys, lastpiece

_AT_FRONT = (*(step.name for step in FRONT), ANSWERED)
_AT_DESK = tuple(step.name for step in (*POSTING, *DESK))  # the posting first: mail grows with the reports told
STEPS = (*_AT_DESK, *_AT_FRONT)
_BY_NAME = {step.name: step for step in (*FRONT, *DESK, *POSTING)}
_POSTS = {step.name for step in POSTING}
_OF_ADDING = {step.name for step in FRONT if "part" in step.name}
_OF_FILES = {*_OF_ADDING, "a part of a file is committed", *(step.name for step in FRONT if "files" in step.name)}
FILE = b"\xff\xd8 not really a photo"


@dataclass(slots=True)
class Tally:
    """What became of all reports."""

    told: int = 0
    kills: Counter[str] = field(default_factory=Counter)
    found: Counter[int] = field(default_factory=Counter)
    files: int = 0
    waiting: int = 0

    @property
    def lost(self) -> int:
        """Reports that were acknowledged and are not at the desk."""
        return sum(number not in self.found for number in range(self.told))

    @property
    def twice(self) -> int:
        """Reports that are at the desk more than once."""
        return sum(count > 1 for count in self.found.values())


def kill_at_every_step(folder: Path, times: int, *, on_each: Callable[[str], None] = lambda _: None) -> Tally:
    """Tell one report for every step and time, kill at the step, go on, and count at the desk.

    A report comes with a file wherever a step is about files, and now and then elsewhere.
    """
    home = home_with_keys(folder)
    lastpiece(home, "desk", "migrate")
    tally = Tally()
    with _stage("front", home) as front, _stage("desk", home) as desk:
        for step in STEPS:
            for _ in range(times):
                told = front(
                    {"number": tally.told, "step": step if step in _AT_FRONT else "", "file": step in _OF_FILES}
                )
                tally.told += 1
                done = told if step in _AT_FRONT else desk({"step": step})
                tally.kills[step] += done["killed"]
            desk({"step": ""})
            on_each(step)
        counted = desk({"count": True})
    tally.found = Counter({int(number): count for number, count in counted["reports"].items()})
    tally.files, tally.waiting = counted["files"], counted["waiting"]
    return tally


@contextmanager
def _stage(name: str, home: Path) -> Iterator[Callable[[Mapping[str, Any]], dict[str, Any]]]:
    settings = {"DJANGO_SETTINGS_MODULE": f"lastpiece.site.settings.{name}"}
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.factories.killed_at_steps", name],
        env={**environment(home), **settings},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )

    def ask(task: Mapping[str, Any]) -> dict[str, Any]:
        if process.stdin is None or process.stdout is None:
            raise AssertionError("The stage has no pipes.")
        process.stdin.write(json.dumps(task) + "\n")
        process.stdin.flush()
        answer = process.stdout.readline()
        if not answer:
            raise AssertionError(f"The {name} stage ended at {task}.")
        return dict(json.loads(answer))

    try:
        yield ask
    finally:
        if process.stdin is not None:
            process.stdin.close()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


def _in_a_child(errand: Callable[[], str], step: str) -> str | None:
    """Run an errand in a forked child that dies at `step`; return what it answered, or None when it was killed."""
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            if step in _BY_NAME:
                arm(_BY_NAME[step])
            answer = errand()
            if step == ANSWERED:
                die()
            with os.fdopen(write_end, "w") as sink:
                sink.write(answer)
            os._exit(0)
        except BaseException as error:  # noqa: BLE001 - the parent is told by the exit code
            sys.stderr.write(f"{type(error).__name__}: {error}\n")
            os._exit(1)
    os.close(write_end)
    with os.fdopen(read_end) as source:
        answer = source.read()
    status = os.waitpid(child, 0)[1]
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
        return None
    if status:
        raise AssertionError("An errand failed, though nobody killed it.")
    return answer


class _Person:
    """Somebody at the form, who presses the button until the page answers."""

    def __init__(self, step: str) -> None:
        self.step = step
        self.killed = 0

    def send(self, fields: Mapping[str, Any]) -> str:
        """Post once with the death armed, and again until it is answered."""
        while True:
            answer = _in_a_child(lambda: _posted(fields), self.step)
            if answer is not None:
                return answer
            self.killed += 1
            self.step = ""

    def tell(self, number: int, *, file: bool) -> bool:
        """Tell one report, perhaps with a file; return whether it was acknowledged with words."""
        from tests.factories.tellers import Page  # noqa: PLC0415 - light, but only one stage needs it

        fields: Mapping[str, Any] = {"seed": secrets.token_hex(32), "what": f"report {number}"}
        if file or number % 5 == 0:
            armed, self.step = self.step, self.step if self.step in _OF_ADDING else ""
            fields = Page(self.send({**fields, "step": "files", "go": "next", "file": ("van.jpg", FILE)})).hidden
            self.step = "" if armed in _OF_ADDING else armed
        return len(Page(self.send({**fields, "step": "check", "go": "send"})).words) == 7


def _fetched() -> str:
    """Return the first page of the form."""
    from django.test import Client  # noqa: PLC0415 - after Django is set up

    return Client(HTTP_HOST="localhost").get("/tell").content.decode()


def _posted(fields: Mapping[str, Any]) -> str:
    from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: PLC0415 - after Django is set up
    from django.test import Client  # noqa: PLC0415 - after Django is set up

    sent = {
        name: SimpleUploadedFile(value[0], value[1], "image/jpeg") if isinstance(value, tuple) else value
        for name, value in fields.items()
    }
    response = Client(HTTP_HOST="localhost").post("/tell", sent)
    if response.status_code != 200:
        raise AssertionError(f"The form answered {response.status_code}.")
    return response.content.decode()


def _front(task: Mapping[str, Any]) -> dict[str, Any]:
    person = _Person(task["step"])
    if not person.tell(task["number"], file=task["file"]):
        raise AssertionError("A report was not acknowledged.")
    return {"killed": person.killed}


def _desk(task: Mapping[str, Any]) -> dict[str, Any]:
    if task.get("count"):
        return dict(json.loads(_in_a_child(_counted, "") or "{}"))
    errand = _posted_board if task["step"] in _POSTS else _taken_in
    killed = _in_a_child(errand, task["step"]) is None
    if killed:
        _in_a_child(errand, "")
    return {"killed": int(killed)}


def _taken_in() -> str:
    """Collect, as the desk's daemon does."""
    from lastpiece.site.desk.jobs.collect import collect  # noqa: PLC0415 - after Django is set up

    spool, keyring = _spool_and_keys()
    collect(spool, keyring, site="nenshire")
    return "done"


def _posted_board() -> str:
    """Collect and publish, as the desk's two timers do."""
    from lastpiece.site.desk.records.actions.auditing import Actor  # noqa: PLC0415 - after Django is set up
    from lastpiece.site.desk.records.actions.publishing import Hatch, publish_board  # noqa: PLC0415 - as above

    _taken_in()
    now = datetime.now(UTC)  # noqa: TID251 - a job reads the clock
    publish_board(Actor.job("publish"), Hatch.of_this_desk(), now=now)
    return "done"


def _counted() -> str:
    """Return how often each report is at the desk, with its words and its whole file, and what still waits."""
    from lastpiece.site.desk.records.models import Attachment, Report  # noqa: PLC0415 - after Django is set up
    from lastpiece.site.desk.records.queries.originals import answers_of  # noqa: PLC0415 - as above

    numbers = Counter(int(answers_of(report.pk)["what"].split()[1]) for report in Report.objects.all())
    whole = sum(named.file.chunks.count() == named.chunks for named in Attachment.objects.select_related("file"))
    spool, _ = _spool_and_keys()
    return json.dumps({"reports": numbers, "files": whole, "waiting": len(spool.waiting())})


def _imported() -> None:
    from lastpiece.site.desk.jobs import collect  # noqa: F401, PLC0415 - loaded before the first fork
    from lastpiece.site.desk.records.actions import publishing  # noqa: F401, PLC0415 - as above


def _spool_and_keys() -> tuple[Any, Any]:
    from lastpiece.site.settings import env  # noqa: PLC0415 - after the environment is set
    from lastpiece.tell.opening import Keyring  # noqa: PLC0415 - never in the front's process
    from lastpiece.tell.spool import Spool  # noqa: PLC0415 - beside the keys

    return Spool(env.SPOOL), Keyring(env.DESK_FOLDER / "keys")


def main() -> None:
    """Be one stage: answer tasks until there are no more."""
    import django  # noqa: PLC0415 - with this process's settings

    django.setup()
    sys.stdout, answers = sys.stderr, sys.stdout
    {"front": _fetched, "desk": _imported}[sys.argv[1]]()  # once before the first fork, as the front does
    live = {"front": _front, "desk": _desk}[sys.argv[1]]
    for line in sys.stdin:
        answers.write(json.dumps(live(json.loads(line))) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
