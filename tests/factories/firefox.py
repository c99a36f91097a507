"""Debian's Firefox, driven by its own Marionette protocol: Playwright drives only a Firefox it has patched itself.

A message is its length in bytes, a colon and JSON: `[0, number, command, parameters]` to the browser, `[1, number,
error, answer]` back (firefox-source-docs.mozilla.org/testing/marionette/Protocol.html).
"""

import json
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
"""What WebDriver calls the id of an element (w3.org/TR/webdriver2, section Elements)."""
SHIFT, ESCAPE, TAB, ENTER = "\ue008", "\ue00c", "\ue004", "\ue007"
PATIENCE_S = 20.0
START_S = 60.0
QUIET = {
    "marionette.port": 0,  # any free one
    "network.dns.native-is-localhost": True,  # every name is this machine: nothing goes out
    "app.normandy.enabled": False,
    "app.update.enabled": False,
    "browser.aboutwelcome.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.page": 0,
    "datareporting.policy.dataSubmissionEnabled": False,
    "extensions.update.enabled": False,
    "browser.sessionstore.interval": 200,  # ms: what it would restore after a crash is on the disk almost at once
    "browser.tabs.remote.warmup.enabled": False,
}


REMEMBERED = """
const done = arguments[arguments.length - 1];
const { SessionStore } = ChromeUtils.importESModule("resource:///modules/sessionstore/SessionStore.sys.mjs");
const { TabStateFlusher } = ChromeUtils.importESModule("resource:///modules/sessionstore/TabStateFlusher.sys.mjs");
TabStateFlusher.flushWindow(Services.wm.getMostRecentWindow("navigator:browser")).then(
    () => done(SessionStore.getBrowserState()));
"""
"""Runs in the browser itself: what each tab knows is fetched first."""


class FirefoxRefused(Exception):
    """Firefox answered a command with an error; the text is its own."""


class Firefox:
    """One running Firefox with one tab."""

    def __init__(self, connection: socket.socket, profile: Path) -> None:
        self.connection, self.profile = connection, profile
        self.waiting, self.number = b"", 0
        self.receive()  # it says which protocol it speaks
        self.command("WebDriver:NewSession", acceptInsecureCerts=True, unhandledPromptBehavior="accept")

    def receive(self) -> Any:  # noqa: ANN401 - JSON
        """Return the next message."""
        while b":" not in self.waiting:
            self.waiting += self.hear()
        length, _, rest = self.waiting.partition(b":")
        while len(rest) < int(length):
            rest += self.hear()
        self.waiting = rest[int(length) :]
        return json.loads(rest[: int(length)])

    def hear(self) -> bytes:
        heard = self.connection.recv(65536)
        if not heard:
            raise FirefoxRefused("Firefox hung up.")
        return heard

    def command(self, name: str, /, **parameters: object) -> Any:  # noqa: ANN401 - JSON
        """Run one command and return its value."""
        self.number += 1
        message = json.dumps([0, self.number, name, parameters]).encode()
        self.connection.sendall(str(len(message)).encode() + b":" + message)
        _, _, error, answer = self.receive()
        if error:
            raise FirefoxRefused(f"{error['error']}: {error['message']}")
        return answer["value"] if isinstance(answer, dict) and set(answer) == {"value"} else answer

    def goto(self, address: str) -> None:
        self.command("WebDriver:Navigate", url=address)

    @property
    def address(self) -> str:
        return str(self.command("WebDriver:GetCurrentURL"))

    @property
    def title(self) -> str:
        return str(self.command("WebDriver:GetTitle"))

    @property
    def source(self) -> str:
        return str(self.command("WebDriver:GetPageSource"))

    def find(self, selector: str) -> str:
        """Return the id of the first element that fits, waiting for it."""

        def look() -> str:
            found = self.command("WebDriver:FindElement", using="css selector", value=selector)
            return str(found[ELEMENT])

        return str(wait_for(look, f"an element {selector}"))

    def click(self, selector: str) -> None:
        self.command("WebDriver:ElementClick", id=self.find(selector))

    def type_into(self, selector: str, text: str) -> None:
        self.command("WebDriver:ElementSendKeys", id=self.find(selector), text=text)

    def value_of(self, selector: str) -> str:
        return str(self.command("WebDriver:GetElementProperty", id=self.find(selector), name="value"))

    def text_of(self, selector: str) -> str:
        return str(self.command("WebDriver:GetElementText", id=self.find(selector)))

    def click_where(self, selector: str) -> None:
        """Click into the middle of where an element stands, whatever lies over it."""
        place = {"type": "pointerMove", "origin": {ELEMENT: self.find(selector)}, "x": 0, "y": 0}
        steps = [place, {"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}]
        hand = {"type": "pointer", "id": "hand", "parameters": {"pointerType": "mouse"}, "actions": steps}
        self.command("WebDriver:PerformActions", actions=[hand])

    def press(self, *keys: str) -> None:
        """Press and release each key, as a hand does."""
        steps = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        self.command("WebDriver:PerformActions", actions=[{"type": "key", "id": "keyboard", "actions": steps}])

    def run(self, script: str, *arguments: object) -> Any:  # noqa: ANN401 - JSON
        """Run a script in the page."""
        return self.command("WebDriver:ExecuteScript", script=script, args=list(arguments), sandbox="system")

    def remembered_session(self) -> str:
        """Return all that Firefox would bring back after a crash: tabs, closed tabs, histories, forms."""
        self.command("Marionette:SetContext", value="chrome")
        try:
            return str(self.command("WebDriver:ExecuteAsyncScript", script=REMEMBERED, args=[]))
        finally:
            self.command("Marionette:SetContext", value="content")

    def back(self) -> None:
        self.command("WebDriver:Back")

    def forward(self) -> None:
        self.command("WebDriver:Forward")

    def reload(self) -> None:
        self.command("WebDriver:Refresh")

    def wait_for_address(self, address: str) -> None:
        def arrived() -> bool:
            return self.address == address or refuse(f"still at {self.address}")

        wait_for(arrived, address)


def refuse(reason: str) -> bool:
    raise FirefoxRefused(reason)


def wait_for(look: Callable[[], Any], what: str) -> Any:  # noqa: ANN401 - whatever is looked for
    """Return what `look` returns as soon as Firefox no longer refuses it."""
    until = time.monotonic() + PATIENCE_S
    while True:
        try:
            return look()
        except FirefoxRefused as refused:
            if time.monotonic() > until:
                raise AssertionError(f"Firefox did not come to {what}: {refused}") from refused
            time.sleep(0.05)


@contextmanager
def running_firefox(path: str, profile: Path, *, script: bool = True) -> Iterator[Firefox]:
    """Run Firefox without a window on an empty profile, with JavaScript or without."""
    write_settings(profile, {**QUIET, "javascript.enabled": script})
    options = ["--headless", "--no-remote", "--marionette", "--remote-allow-system-access", "--profile", str(profile)]
    process = subprocess.Popen([path, *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        with socket.create_connection(("127.0.0.1", port_of(profile, process)), timeout=START_S) as connection:
            firefox = Firefox(connection, profile)
            yield firefox
            firefox.command("Marionette:Quit", flags=["eForceQuit"])
            process.wait(START_S)
    finally:
        process.kill()
        process.wait()


def write_settings(profile: Path, settings: Mapping[str, object]) -> None:
    profile.mkdir(parents=True, exist_ok=True)
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in settings.items()]
    (profile / "user.js").write_text("".join(lines))


def port_of(profile: Path, process: subprocess.Popen[bytes]) -> int:
    """Return the port Firefox chose, which it writes into its profile when it is ready."""
    file = profile / "MarionetteActivePort"
    until = time.monotonic() + START_S
    while time.monotonic() < until and process.poll() is None:
        if file.exists() and (said := file.read_text().strip()):
            return int(said)
        time.sleep(0.05)
    raise FirefoxRefused("Firefox did not start.")
