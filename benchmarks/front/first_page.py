"""How heavy the first pages are, and how long until they can be used on slow 3G.

Run: `uv run python -m benchmarks.front.first_page [--rounds N]` with a Chromium (`LASTPIECE_BROWSER` names one). For
the home page, the first page of the form and the young people's door: bytes on the wire of everything the page loads
(headers too, packed as the server packs it), and the time until it is painted and its first button can be pressed,
with Chromium held to 400 ms a round trip and 400 kbit/s each way (its own "Slow 3G") and its cache empty. Prints the
median of the rounds; more than 60,000 bytes or 2 seconds is a wrong result. The name look-up and the TLS handshake of
a real line are not in it.
"""

import argparse
import os
import shutil
import statistics
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright
from tests.factories.proofs import home_with_keys
from tests.factories.servers import Front, invented_publication, running

from lastpiece.results.publication import to_json

MOST_BYTES = 60_000
MOST_S = 2.0
SLOW_3G = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
"""Milliseconds, and bytes a second."""
PAGES: Mapping[str, str] = {
    "/": "a.govuk-button",
    "/tell": "button[value=next]",
    "/young": ".govuk-button",
}
"""The address, and what must be there to be pressed."""
PAINTED = """() => new Promise(done => {
    const paint = () => performance.getEntriesByName("first-contentful-paint")[0]?.startTime;
    if (paint()) done(paint());
    else new PerformanceObserver(() => paint() && done(paint())).observe({type: "paint", buffered: true});
})"""
PRESSABLE = """selector => {
    const button = document.querySelector(selector);
    if (!button || !document.body.classList.contains("js-enabled")) return false;
    const { left, top, width, height } = button.getBoundingClientRect();
    const hit = document.elementFromPoint(left + width / 2, Math.min(top + height / 2, innerHeight - 1));
    return width > 0 && (button.contains(hit) || top > innerHeight);
}"""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What one visit cost: bytes by address, seconds to the first byte, to the paint and to the button."""

    sizes: dict[str, int]
    first_byte_s: float
    painted_s: float
    usable_s: float


def main() -> None:
    """Load each page some times and print its figures; leave with an error when one is too heavy or too slow."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rounds", type=int, default=5)
    rounds = asked.parse_args().rounds
    wrong = False
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        home = home_with_keys(Path(folder))
        path = os.environ.get("LASTPIECE_BROWSER") or shutil.which("chromium")
        chromium = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-quic"])
        with running(["front", "serve", "--port", "0"], home, "http://") as (process, line):
            front = Front("http://" + line.partition("http://")[2].rstrip("/"), home, process)
            front.post_on_board({"public.json": to_json(invented_publication())})
            for address, button in PAGES.items():
                visits = [visit(chromium, front.address + address, button) for _ in range(rounds)]
                wrong |= not told(address, visits)
        chromium.close()
    if wrong:
        raise SystemExit("A first page is too heavy or too slow.")


def visit(chromium: Browser, address: str, button: str) -> Loaded:
    """Open one address in a fresh profile over a slow line."""
    context = chromium.new_context(viewport={"width": 360, "height": 740}, device_scale_factor=2)
    page = context.new_page()
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.setCacheDisabled", {"cacheDisabled": True})
    line.send("Network.emulateNetworkConditions", SLOW_3G)
    sizes = sizes_on(line)
    page.goto(address, wait_until="commit")
    page.wait_for_function(PRESSABLE, arg=button, polling="raf")
    usable_ms = page.evaluate("performance.now()")
    painted_ms = page.evaluate(PAINTED)
    page.wait_for_load_state("networkidle")
    first_ms = page.evaluate("performance.getEntriesByType('navigation')[0].responseStart")
    found = Loaded(named(sizes, page), first_ms / 1000, painted_ms / 1000, max(usable_ms, painted_ms) / 1000)
    context.close()
    return found


def sizes_on(line: CDPSession) -> dict[str, tuple[str, int]]:
    """Return a table that fills with (address, bytes with headers) of each request as it ends."""
    addresses: dict[str, str] = {}
    sizes: dict[str, tuple[str, int]] = {}
    line.on("Network.requestWillBeSent", lambda event: addresses.update({event["requestId"]: event["request"]["url"]}))
    line.on(
        "Network.loadingFinished",
        lambda event: sizes.update(
            {event["requestId"]: (addresses[event["requestId"]], int(event["encodedDataLength"]))}
        ),
    )
    return sizes


def named(sizes: Mapping[str, tuple[str, int]], page: Page) -> dict[str, int]:
    """Return the bytes by the path of what was loaded."""
    origin = "/".join(page.url.split("/")[:3])
    return {address.removeprefix(origin): size for address, size in sizes.values()}


def told(address: str, visits: list[Loaded]) -> bool:
    """Print the figures of one page; tell whether they are good enough."""
    sizes = visits[-1].sizes
    total = sum(sizes.values())
    painted, usable = (statistics.median(getattr(one, name) for one in visits) for name in ("painted_s", "usable_s"))
    server = statistics.median(one.first_byte_s for one in visits)
    print(
        f"{address}: {total:,} bytes; server answered in {server:.2f} s, painted {painted:.2f} s, usable {usable:.2f} s"
    )
    for path, size in sorted(sizes.items(), key=lambda pair: -pair[1]):
        print(f"  {size:>7,}  {path}")
    return total <= MOST_BYTES and usable < MOST_S


if __name__ == "__main__":
    main()
