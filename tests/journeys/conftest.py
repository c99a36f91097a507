"""What every errand in a browser needs: the browser, and a front with keys and a published page."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright
from tests.factories.neutral_site import NeutralSite, neutral_site
from tests.factories.servers import LASTPIECE, Front, invented_publication, running

from lastpiece.results.publication import to_json

ROOT = Path(__file__).parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
QUIET = [
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]
GATED_INCOMPLETE = {"aria-valid-attr-value", "duplicate-id-aria", "label", "aria-required-parent", "color-contrast"}
"""axe's doubts that count as faults: a description that points at nothing is listed as a doubt only."""
UNDECIDED = ("in doubt, color-contrast: <text", 'in doubt, color-contrast: <span aria-hidden="true">')
"""Doubts that say only that axe cannot see the ground of drawn text, or that a cross is no letter."""
PUBLIC_ONLY = ("target-size", "in doubt, color-contrast")
"""Asked of every public page (`test_front_looks.py`), where thumbs are; the desk is used with a mouse and by key."""
ASK_AXE = """() => axe.run(document, {
    runOnly: {
        type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    rules: {"target-size": {enabled: true}},
    resultTypes: ["violations", "incomplete"],
})"""


def browser_path() -> str | None:
    return os.environ.get("LASTPIECE_BROWSER") or shutil.which("chromium") or shutil.which("google-chrome")


@pytest.fixture(scope="session")
def firefox_path() -> str:
    """Debian's Firefox, or the one LASTPIECE_FIREFOX names."""
    path = os.environ.get("LASTPIECE_FIREFOX") or shutil.which("firefox-esr") or shutil.which("firefox")
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("The journeys need a Firefox; install firefox-esr or name one in LASTPIECE_FIREFOX.")
        pytest.skip("No Firefox was found; install firefox-esr or name one in LASTPIECE_FIREFOX.")
    return path


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def chromium() -> dict[str, object]:
    """How Chromium is started: the machine's own, kept from the network."""
    path = browser_path()
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("The journeys need a Chromium; install one or name it in LASTPIECE_BROWSER.")
        pytest.skip("No Chromium was found; install one or name it in LASTPIECE_BROWSER.")
    return {"executable_path": path, "args": QUIET}


@pytest.fixture(scope="session")
def browser(playwright: Playwright, chromium: dict[str, object]) -> Iterator[Browser]:
    started = playwright.chromium.launch(**chromium)  # type: ignore[arg-type] # names and values of its own arguments
    yield started
    started.close()


@pytest.fixture
def shots(tmp_path: Path) -> Path:
    """Where screenshots go: a folder that is thrown away, or the one LASTPIECE_SHOTS names for a person to look at."""
    return made(Path(os.environ.get("LASTPIECE_SHOTS") or tmp_path / "shots"))


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """Where the few pictures of the documentation go: `LASTPIECE_SCREENSHOTS=docs/images` renews them."""
    named = os.environ.get("LASTPIECE_SCREENSHOTS")
    return made(ROOT / named if named else tmp_path / "pictures")


def made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def faults_by_axe() -> Callable[[Page], list[str]]:
    """Returns each rule and element that axe finds wrong on a page."""
    program = AXE.read_text()

    def faults(page: Page) -> list[str]:
        page.evaluate(program)
        found = page.evaluate(ASK_AXE)
        doubts = [doubt for doubt in found["incomplete"] if doubt["id"] in GATED_INCOMPLETE]
        told = [f"{fault['id']}: {node['html'][:200]}" for fault in found["violations"] for node in fault["nodes"]]
        told += [f"in doubt, {doubt['id']}: {node['html'][:200]}" for doubt in doubts for node in doubt["nodes"]]
        return [fault for fault in told if not fault.startswith(UNDECIDED)]

    return faults


@pytest.fixture
def check_axe(faults_by_axe: Callable[[Page], list[str]]) -> Callable[[Page], None]:
    """Fails with each rule and element that axe finds wrong on a page."""

    def check(page: Page) -> None:
        told = [fault for fault in faults_by_axe(page) if not fault.startswith(PUBLIC_ONLY)]
        assert not told, f"{page.url}:\n" + "\n".join(told)

    return check


@pytest.fixture(scope="session")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NeutralSite]:
    """The neutral site on this machine: the real one is out of reach in tests."""
    with neutral_site(tmp_path_factory.mktemp("elsewhere")) as site:
        yield site


@pytest.fixture(scope="session")
def front_server(tmp_path_factory: pytest.TempPathFactory, elsewhere: NeutralSite) -> Iterator[Front]:
    """A front with keys of its own and a published page, on a free port; leaving it leads to `elsewhere`."""
    home = tmp_path_factory.mktemp("home")
    environment = {**os.environ, "LASTPIECE_HOME": str(home)}
    subprocess.run([LASTPIECE, "keys", "make"], env=environment, check=True, capture_output=True)
    settings = {"LASTPIECE_PACK": str(elsewhere.pack_that_leads_here(home / "pack"))}
    with running(["front", "serve", "--port", "0"], home, "http://", settings=settings) as (process, line):
        front = Front(line.split()[-1].rstrip("/"), home, process)
        front.post_on_board({"public.json": to_json(invented_publication())})
        yield front


@pytest.fixture
def device(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Make a fresh browser profile of one size, with JavaScript or without."""
    made = []

    def make(
        *, width: int = 1100, height: int = 900, script: bool = True, touch: bool = False, zoom: float = 1
    ) -> BrowserContext:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            java_script_enabled=script,
            has_touch=touch,
            device_scale_factor=zoom,
            ignore_https_errors=True,  # the neutral site of the tests vouches for itself
        )
        context.set_default_timeout(15_000)
        made.append(context)
        return context

    yield make
    for context in made:
        context.close()
