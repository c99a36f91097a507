"""What every errand in a browser needs: the browser, and a front with keys and a published page."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from lastpiece.results.publication import Campaign, Figure, Publication, Week, WeekResult, YouSaid, to_json
from lastpiece.tell import board
from lastpiece.tell.opening import Keyring, open_sealed
from lastpiece.tell.report import Report
from lastpiece.tell.root_key import read_root_public
from lastpiece.tell.spool import Spool

ROOT = Path(__file__).parents[2]
LASTPIECE = str(Path(sys.executable).with_name("lastpiece"))
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
QUIET = [
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]
GATED_INCOMPLETE = {"aria-valid-attr-value", "duplicate-id-aria", "label", "aria-required-parent"}
"""axe's doubts that count as faults: a description that points at nothing is listed as a doubt only."""


def browser_path() -> str | None:
    return os.environ.get("LASTPIECE_BROWSER") or shutil.which("chromium") or shutil.which("google-chrome")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = browser_path()
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("The journeys need a Chromium; install one or name it in LASTPIECE_BROWSER.")
        pytest.skip("No Chromium was found; install one or name it in LASTPIECE_BROWSER.")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield chromium
        chromium.close()


@pytest.fixture
def shots(tmp_path: Path) -> Path:
    """Where screenshots go: a folder that is thrown away, or the one that LASTPIECE_SCREENSHOTS names."""
    named = os.environ.get("LASTPIECE_SCREENSHOTS")
    folder = ROOT / named if named else tmp_path / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def check_axe() -> Callable[[Page], None]:
    """Fails with each rule and element that axe finds wrong on a page."""

    def check(page: Page) -> None:
        page.evaluate(AXE.read_text())
        tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
        found = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", tags)
        faults = found["violations"] + [doubt for doubt in found["incomplete"] if doubt["id"] in GATED_INCOMPLETE]
        told = [f"{fault['id']}: {node['html'][:200]}" for fault in faults for node in fault["nodes"]]
        assert not told, f"{page.url}:\n" + "\n".join(told)

    return check


@contextmanager
def running(arguments: list[str], home: Path, ready: str) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """Run `lastpiece` with a home of its own until a line with `ready` appears; yield the process and that line."""
    log = home / f"{arguments[0]}.log"
    environment = {**os.environ, "LASTPIECE_HOME": str(home)}
    with log.open("wb") as sink:
        process = subprocess.Popen(
            [LASTPIECE, *arguments], env=environment, stderr=sink, stdout=sink
        )
    try:
        yield process, line_with(ready, log, process)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(40)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def line_with(ready: str, log: Path, process: subprocess.Popen[bytes]) -> str:
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline:
        for line in log.read_text().splitlines():
            if ready in line:
                return line
        if process.poll() is not None:
            break
        time.sleep(0.1)
    raise AssertionError(f"The server did not start:\n{log.read_text()[-2000:]}")


@dataclass
class Front:
    """A front that runs, its folder, and the desk's keys to see what it sealed."""

    address: str
    home: Path
    process: subprocess.Popen[bytes] = field(repr=False)

    @property
    def site(self) -> str:
        return "nenshire"

    @property
    def spool(self) -> Spool:
        return Spool(self.home / "front" / "spool")

    def take_all(self) -> list[Report]:
        """Open and remove what waits, as the desk does."""
        keyring = Keyring(self.home / "desk" / "keys")
        reports = []
        for name in self.spool.waiting():
            reports.append(Report.decode(open_sealed(self.spool.read(name), keyring, site=self.site)))
            self.spool.remove(name)
        return reports

    def post_on_board(self, documents: dict[str, bytes | None]) -> None:
        keys = Keyring(self.home / "desk" / "keys")
        now = datetime.now(UTC)  # noqa: TID251 - the board is signed now
        board.post(
            self.home / "desk" / "board",
            self.home / "front" / "board",
            documents,
            keys.signer(),
            root_public=read_root_public(self.home / "front" / "root.pub"),
            on=now.date(),
            now=now,
        )

    @property
    def log(self) -> str:
        return (self.home / "front.log").read_text()


@pytest.fixture(scope="session")
def front_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    """A front with keys of its own and a published page, on a free port."""
    home = tmp_path_factory.mktemp("home")
    environment = {**os.environ, "LASTPIECE_HOME": str(home)}
    subprocess.run(
        [LASTPIECE, "keys", "make"], env=environment, check=True, capture_output=True
    )
    with running(["front", "serve", "--port", "0"], home, "http://") as (process, line):
        front = Front(line.split()[-1].rstrip("/"), home, process)
        front.post_on_board({"public.json": to_json(invented_publication())})
        yield front


def invented_publication() -> Publication:
    today = datetime.now(UTC).date()  # noqa: TID251 - the campaign's third week is now
    start = today - timedelta(days=today.weekday() + 14)
    themes = ["Drug lines", "Homes taken over", "Serious and organised crime", "Knives", "Roads", "Modern slavery"]
    weeks = tuple(
        Week(number, themes[(number - 1) % 6], monday(start, number), monday(start, number + 1))
        for number in range(1, 13)
    )
    figures = (
        Figure("arrests", "arrests", 22, unit="people"),
        Figure("safeguarded_child", "children made safer", 15, unit="people"),
        Figure("cash", "cash taken", 10_256, unit="£"),
        Figure("knives", "knives taken", None, suppressed=True, unit="items", reason="Held back so that nobody could be picked out."),
    )
    return Publication(
        published_on=today,
        campaign=Campaign("Twelve weeks of action", "What you know, put to work.", weeks),
        results=(WeekResult(1, "final", figures), WeekResult(2, "provisional", figures[:3])),
        totals=figures[:3],
        you_said=(
            YouSaid("Nenbridge North", "Dealing near the play area after school.", "We closed a deal line and now visit every day.", f"{today:%Y-%m}"),
        ),
        thanks="Thank you to everyone who told us something.",
    )


def monday(start: date, number: int) -> date:
    return start + timedelta(weeks=number - 1)


@pytest.fixture
def device(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Make a fresh browser profile of one size, with JavaScript or without."""
    made = []

    def make(*, width: int = 1100, height: int = 900, script: bool = True) -> BrowserContext:
        context = browser.new_context(viewport={"width": width, "height": height}, java_script_enabled=script)
        context.set_default_timeout(15_000)
        made.append(context)
        return context

    yield make
    for context in made:
        context.close()
