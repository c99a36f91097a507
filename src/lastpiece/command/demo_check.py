"""`lastpiece demo --check`: one report walked round the whole loop, in a home and on ports of its own.

The teller's part runs over plain HTTP, which is the site without JavaScript; the staff's part runs in a real
Chromium. Each step is printed with its time; the first that fails is named.
"""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TypeVar

import typer

from lastpiece.command import demo_home, demo_servers, demo_staff
from lastpiece.command.demo_readying import load, parts
from lastpiece.command.demo_teller import Teller, TellerLost
from lastpiece.command.speaking import errors, fail
from lastpiece.site.settings import env

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

T = TypeVar("T")

REPORTS = 70
_WAIT_S = 30.0
_UNUSUAL = "4321"  # schools: a figure that nothing else on the page can be
_QUIET = [
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class CheckFailed(Exception):
    """A step did not do what it must; the sentence says what was missing."""


def run_check(*, seed: int) -> NoReturn:
    """Walk the loop and leave with 0, or with 1 and the name of the step that failed."""
    chromium = _browser()
    if not env.DEMO:
        raise typer.Exit(_in_a_home_of_its_own(seed))
    with _ended_by_signals():
        raise typer.Exit(_walk(Path(env.HOME), chromium, seed))


def _browser() -> str:
    if find_spec("playwright") is None:
        fail("The check drives a browser with Playwright, which is a developer's tool: `make test` installs it.")
    found = os.environ.get("LASTPIECE_BROWSER") or shutil.which("chromium") or shutil.which("google-chrome")
    if not found or not Path(found).exists():
        fail("The check needs a Chromium. Install one (`apt-get install chromium`), or name it in LASTPIECE_BROWSER.")
    return found


def _in_a_home_of_its_own(seed: int) -> int:
    """Run the check again where every setting points into a folder that is thrown away afterwards."""
    with tempfile.TemporaryDirectory(prefix="lastpiece-check-") as folder, _ended_by_signals():
        words = ["demo", "--check", "--home", folder, "--seed", str(seed)]
        inside = subprocess.Popen([sys.executable, "-m", "lastpiece", *words], env=demo_home.environment(Path(folder)))  # noqa: S603 - this program
        try:
            return inside.wait()
        except KeyboardInterrupt:
            inside.terminate()
            return inside.wait()


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """Let SIGTERM end the block as Ctrl-C does, so that nothing it started is left."""

    def stop(*_: object) -> NoReturn:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _walk(folder: Path, chromium: str, seed: int) -> int:
    began = time.monotonic()
    try:
        with ExitStack() as stack:
            Walk(stack, folder, chromium, seed=seed).run()
    except _StepFailed as failed:
        errors.print(f"✗ {failed}", markup=False)
        return 1
    except KeyboardInterrupt:
        errors.print("The check was stopped.", markup=False)
        return 130
    typer.echo(f"The loop runs: every step passed in {time.monotonic() - began:.1f} s.")
    return 0


class _StepFailed(Exception):
    """Names the step that failed and why."""


@dataclass(slots=True)
class Walk:
    """One report on its way round, with what each step leaves for the next."""

    stack: ExitStack = field(repr=False)
    folder: Path
    chromium: str
    seed: int
    loaded: demo_home.Loaded | None = field(default=None, repr=False)
    front: str = ""
    desk: str = ""
    known: str = field(default="", repr=False)
    words: tuple[str, ...] = field(default=(), repr=False)
    report: int = 0
    answer: str = ""
    release: str = ""
    pages: "dict[str, Page]" = field(default_factory=dict, repr=False)
    browser: "Browser | None" = field(default=None, repr=False)

    def run(self) -> None:
        """Take every step in turn."""
        steps: tuple[tuple[str, Callable[[], object]], ...] = (
            (f"an invented county with {REPORTS} reports is loaded", self.load),
            ("front and desk answer", self.serve),
            ("a report is told at the front without JavaScript, and seven words come back", self.tell),
            ("the collector takes it in", self.collected),
            ("the assessor signs in with a second factor", lambda: self.sign_in("assessor")),
            ("the original is opened with a reason", self.open_original),
            ("items of information are written and graded", self.write_items),
            ("the mentions are confirmed", self.confirm_mentions),
            ("the assessment is finished", self.finish),
            ("the analyst signs in and accepts what it fits", self.accept_fit),
            ("an answer is drafted", self.draft_answer),
            ("a second person releases the answer", self.release_answer),
            ("an outcome is recorded", self.record_outcome),
            ("a release is drafted", self.draft_release),
            ("a second person approves the release", self.approve_release),
            ("the result is on the front", self.result_is_public),
            ("the teller's mailbox shows the answer", self.mailbox_shows),
        )
        for name, step in steps:
            self._take(name, step)

    def _take(self, name: str, step: Callable[[], object]) -> None:
        began = time.monotonic()
        try:
            step()
        except (CheckFailed, TellerLost, demo_servers.ServerFailed, OSError, AssertionError) as error:
            raise _StepFailed(f"{name}: {error}") from error
        except typer.Exit as error:
            raise _StepFailed(f"{name}: the sentence before says why") from error
        except Exception as error:  # whatever it is, the step it happened in has to be named
            if type(error).__module__.startswith("playwright"):
                first = str(error).strip().splitlines()[0]
                raise _StepFailed(f"{name}: the browser says: {first}") from error
            raise _StepFailed(
                f"{name}: {type(error).__name__} (a fault of ours; the sentence before says more)"
            ) from error
        typer.echo(f"✓ {name}  {time.monotonic() - began:.1f} s")

    def load(self) -> None:
        """Load the home, and ask the desk for a plate, number or address it knows, for the new report to fit."""
        home = self.stack.enter_context(demo_home.held(self.folder))
        self.loaded = load(home, {"seed": self.seed, "reports": REPORTS, "version": demo_home.version()})
        from lastpiece.site.desk.records.models import Piece

        for kind in ("plate", "phone", "address", "postcode"):
            found = Piece.objects.filter(kind=kind, partial=False).values_list("value", flat=True).first()
            if found:
                self.known = found
                return
        raise CheckFailed("the loaded desk knows no plate, number or address")

    def serve(self) -> None:
        """Start the processes on free ports and a browser."""
        from playwright.sync_api import sync_playwright

        front, desk = _free_ports()
        environment = demo_home.environment(self.folder)
        self.stack.enter_context(demo_servers.running(parts(front, desk), environment, self.folder / "logs"))
        self.front, self.desk = f"http://127.0.0.1:{front}", f"http://127.0.0.1:{desk}"
        playwright = self.stack.enter_context(sync_playwright())
        self.browser = playwright.chromium.launch(executable_path=self.chromium, args=_QUIET)
        self.stack.callback(self.browser.close)

    def tell(self) -> None:
        """Answer the form's questions and keep the words of the receipt."""
        teller = Teller(self.front)
        self.words = teller.tell(
            {
                "what": f"There are people in and out all night. {self.known} is there every time. They sell cocaine.",
                "when": "Most Fridays after 9pm",
                "who": "One of them is known as Quillfeather",
                "vehicles": "A blue Golf",
                "how": "I live opposite and see it from my window",
            }
        )

    def collected(self) -> None:
        """Wait until the desk has it."""
        from lastpiece.site.desk.records.models import Report

        before = self.loaded.reports if self.loaded else 0
        _until(lambda: _at_the_desk(Report.objects.count) > before, "the report did not reach the desk")
        self.report = _at_the_desk(lambda: Report.objects.latest("pk").pk)

    def sign_in(self, username: str) -> "Page":
        """Sign in with password and code in a browser window of the person's own."""
        if username in self.pages:
            return self.pages[username]
        if self.browser is None or self.loaded is None:
            raise CheckFailed("nothing is loaded")
        person = next(person for person in self.loaded.staff if person.username == username)
        page = self.browser.new_context().new_page()
        page.set_default_timeout(_WAIT_S * 1000)
        page.goto(f"{self.desk}/sign-in/")
        page.locator("input[name=login]").fill(person.username)
        page.locator("input[name=password]").fill(person.password)
        page.get_by_role("button", name="Continue").click()
        page.locator("input[name=code]").fill(demo_staff.code_at(person.secret, time.time()))  # noqa: TID251 - a command reads the clock
        page.get_by_role("button", name="Sign in").click()
        page.get_by_role("button", name="Sign out").wait_for()
        self.pages[username] = page
        return page

    def open_original(self) -> None:
        """Open the report's own words."""
        page = self._page("assessor", f"/reports/{self.report}/")
        page.locator("form[action$='/open/'] input:not([type=hidden])").fill("First report in my queue")
        page.get_by_role("button", name="Open the original").click()
        page.get_by_role("heading", name=f"Assess report {self.report}").wait_for()
        if self.known not in page.content():
            raise CheckFailed("the original does not show what was told")

    def write_items(self) -> None:
        """Keep every text that is proposed, with its proposed grade."""
        page = self.pages["assessor"]
        for _ in range(12):
            if "proposed" not in (page.locator("#new").text_content() or ""):
                break
            page.get_by_role("button", name="Keep this item").click()
            page.wait_for_load_state()
        if not page.locator("article.assess-item").count():
            raise CheckFailed("no item was kept")

    def confirm_mentions(self) -> None:
        """Confirm every proposed mention, item by item."""
        page = self.pages["assessor"]
        for at in range(page.locator("form[action$='/mentions/']").count()):
            form = page.locator("form[action$='/mentions/']").nth(at)
            for radio in form.locator("input[type=radio][value=confirmed]").all():
                radio.check()
            form.get_by_role("button", name="Keep these decisions").click()
            page.wait_for_load_state()
        if "every mention decided" not in page.content():
            raise CheckFailed("a mention is still undecided")

    def finish(self) -> None:
        """Finish the assessment, which fits every item."""
        page = self.pages["assessor"]
        page.get_by_role("button", name="Finish the assessment").click()
        page.wait_for_load_state()
        self._page("assessor", f"/reports/{self.report}/").get_by_text("Assessed").first.wait_for()

    def accept_fit(self) -> None:
        """Judge the strongest link of the new items to be the same."""
        from lastpiece.site.desk.records.models import Proposal

        proposed = Proposal.objects.filter(mention__item__report=self.report).order_by("-bits")
        item = _at_the_desk(lambda: proposed.values_list("mention__item", flat=True).first())
        if item is None:
            raise CheckFailed("nothing known was proposed as the same")
        self.sign_in("analyst")
        page = self._page("analyst", f"/items/{item}/fit/")
        page.get_by_role("button", name=re.compile("^Same")).first.click()
        page.get_by_text("Joined").first.wait_for()

    def draft_answer(self) -> None:
        """Draft “your piece helped”."""
        page = self._page("assessor", f"/reports/{self.report}/answer/")
        card = page.locator("form", has=page.locator("input[name=template][value=helped]"))
        card.locator("input[name=why], textarea[name=why]").fill("It fits what others have told")
        card.get_by_role("button", name="Draft this answer").click()
        link = page.get_by_role("link", name=re.compile("^Answer [0-9]+$")).first
        self.answer = link.get_attribute("href") or ""

    def release_answer(self) -> None:
        """Release the answer as somebody else."""
        self.sign_in("publisher")
        page = self._page("publisher", self.answer)
        page.get_by_role("button", name="Release it to the teller").click()
        page.wait_for_load_state()

    def record_outcome(self) -> None:
        """Record a figure for the campaign's last week."""
        page = self._page("publisher", "/results/")
        page.get_by_role("link", name=re.compile(r"^12\. ")).click()
        page.get_by_role("button", name="Record an outcome").click()
        page.locator("select[name=what]").select_option("schools")
        page.locator("input[name=amount]").fill(_UNUSUAL)
        page.locator("input[name=status][value=provisional]").check()
        page.get_by_role("button", name="Record", exact=True).click()
        page.get_by_role("row", name=re.compile("Schools reached")).first.wait_for()

    def draft_release(self) -> None:
        """Draft the public page with every week."""
        page = self._page("publisher", "/results/")
        page.get_by_role("button", name="Draft a release").click()
        page.get_by_role("button", name="Draft the page").click()
        page.get_by_role("heading", name=re.compile(r"^Release \d+: waiting")).wait_for()
        self.release = page.url

    def approve_release(self) -> None:
        """Look at the page and approve it as the second publisher."""
        page = self.sign_in("publisher2")
        page.goto(self.release)
        page.locator("input[name=looked]").check()
        page.get_by_role("button", name="Approve this page").click()
        page.get_by_text("Approved").first.wait_for()

    def result_is_public(self) -> None:
        """Wait until the front shows the figure."""
        teller = Teller(self.front)
        shown = f"{int(_UNUSUAL):,}"
        _until(lambda: shown in teller.read("/results"), f"the front does not show {shown} schools")

    def mailbox_shows(self) -> None:
        """Wait until the seven words open the answer."""
        teller = Teller(self.front)
        _until(lambda: "What you told us helped" in teller.open_mailbox(self.words), "the mailbox has no answer")

    def _page(self, username: str, path: str) -> "Page":
        page = self.pages[username]
        page.goto(self.desk + path)
        return page


def _at_the_desk(question: Callable[[], T]) -> T:
    """Ask the desk's database in a thread of its own: Playwright holds an event loop in this one."""

    def ask() -> T:
        from django.db import connection

        try:
            return question()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(ask).result()


def _until(there: Callable[[], bool], otherwise: str) -> None:
    deadline = time.monotonic() + _WAIT_S
    while not there():
        if time.monotonic() > deadline:
            raise CheckFailed(otherwise)
        time.sleep(0.25)


def _free_ports() -> tuple[int, int]:
    """Return two ports that nothing listens on now."""
    with socket.socket() as one, socket.socket() as two:
        one.bind(("127.0.0.1", 0))
        two.bind(("127.0.0.1", 0))
        return one.getsockname()[1], two.getsockname()[1]
