"""Sealed on the device in Firefox too: every byte that it sends to the front is kept on the wire and looked at."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from tests.factories.firefox import Firefox, FirefoxRefused, running_firefox, wait_for
from tests.factories.recording import Wire, recorded_wire
from tests.factories.servers import Front

from lastpiece.tell.mail import MailLayout, make_mail
from lastpiece.tell.mailbox import open_mailbox, seal_reply
from lastpiece.tell.words import WORDS

NEXT, SKIP, SEND, ADD = (f"button[name=go][value={go}]" for go in ("next", "skip", "send", "add"))
NOTE = "You told us about a van. Do you remember its colour?"
BACK = "It was green, with Larkspur Bakery on it"
TOLD = {
    "what": "Zebrafinch sells from the kiosk\nafter dark",
    "where": "Quillfeather Lane",
    "how": "I saw it, ضع هنا",
    "contact": "Ring 07700 900123 after nine",
}
DAY = date(2026, 11, 20)
BARE = {"held", "step", "checking", "go"}
"""All that a page posts when its answers are held on the device."""
PHOTO = b"\xff\xd8 the green door of Quillfeather Lane " * 40_000
"""Longer than one chunk."""


@pytest.fixture(scope="module")
def wire(front_server: Front) -> Iterator[Wire]:
    with recorded_wire(front_server.address) as passing:
        yield passing


@pytest.fixture(scope="module")
def firefox(firefox_path: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    with running_firefox(firefox_path, tmp_path_factory.mktemp("firefox") / "profile") as running:
        yield running


def wait_for_heading(firefox: Firefox, text: str) -> None:
    def shown() -> None:
        found = firefox.run("return document.querySelector('h1')?.textContent.trim() ?? ''")
        if found != text:
            raise FirefoxRefused(f"the heading is {found}")

    wait_for(shown, text)


def seen(firefox: Firefox, selector: str) -> list[str]:
    """Return the text of each element that a person sees."""
    script = """return [...document.querySelectorAll(arguments[0])]
        .filter((found) => found.checkVisibility()).map((found) => found.textContent.trim())"""
    return [str(text) for text in firefox.run(script, selector)]


def tell_everything(firefox: Firefox, address: str, photo: Path) -> None:
    firefox.goto(address + "/tell")
    firefox.click(NEXT)
    for key in ("what", "where", "when", "who", "vehicles", "phones", "how", "at_risk"):
        firefox.find(f"textarea[name={key}]")
        if key in TOLD:
            firefox.type_into(f"textarea[name={key}]", TOLD[key])
        firefox.click(NEXT if key in TOLD else SKIP)
    firefox.type_into("input[type=file]", str(photo))
    firefox.find("[data-files-list] .files__file")
    firefox.click(NEXT)
    firefox.type_into("textarea[name=contact]", TOLD["contact"])
    firefox.click(NEXT)
    wait_for_heading(firefox, "Check your answers")


def test_in_firefox_a_report_and_its_file_are_locked_on_the_device_and_the_words_open_the_mailbox(
    firefox: Firefox, wire: Wire, front_server: Front, tmp_path: Path
) -> None:
    front_server.take_with_files()
    wire.forget()
    photo = tmp_path / "van.jpg"
    photo.write_bytes(PHOTO)
    tell_everything(firefox, wire.address, photo)
    assert seen(firefox, "[data-locked=device]")
    assert seen(firefox, "[data-locked=arrival]") == []
    assert TOLD["where"] in seen(firefox, "[data-answer=where]")
    firefox.click(SEND)
    wait_for_heading(firefox, "Thank you. It is sent.")
    assert "It was locked on your own device, before it was sent." in " ".join(seen(firefox, "main p"))
    words = tuple(seen(firefox, ".words__word"))
    assert len(words) == 7
    assert set(words) <= set(WORDS)
    assert firefox.run("return [localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]

    (report,), files = front_server.take_with_files()
    assert dict(report.answers) == TOLD
    box = open_mailbox(words)
    assert report.mailbox == box.address
    (file,) = report.attachments
    assert (file.name, files[file.id]) == ("van.jpg", PHOTO)

    front_server.post_on_board(make_mail({box.id: seal_reply(NOTE, box.address)}, [box.address], MailLayout(0, DAY)))
    firefox.goto(wire.address + "/mailbox")
    firefox.type_into("textarea[name=words]", " ".join(words))
    firefox.click("#words button[type=submit]")
    wait_for_heading(firefox, "Your messages")
    assert NOTE in seen(firefox, ".message p")
    firefox.type_into("#add textarea", BACK)
    firefox.click(ADD)
    wait_for_heading(firefox, "Thank you. It is sent.")
    (answer,), _ = front_server.take_with_files()
    assert (answer.kind, dict(answer.answers), answer.mailbox) == ("message", {"what": BACK}, box.address)

    recording = wire.recording()
    assert len(recording.bodies["sealed"]) == 4  # two chunks, a report, an answer: all there was to hear
    assert all(body.startswith(b"LPSE") for body in recording.bodies["sealed"])
    assert [text for text in (*TOLD.values(), NOTE, BACK, photo.name) if recording.holds(text)] == []
    assert not recording.saw(PHOTO[:30])
    assert recording.spoke(words) == []
    posted = [body for body in recording.bodies["tell"] if body]
    assert {pair.split("=")[0] for body in posted for pair in body.decode().split("&")} <= BARE


def test_the_wire_hears_an_answer_of_a_firefox_without_javascript(
    firefox_path: str, wire: Wire, front_server: Front, tmp_path: Path
) -> None:
    wire.forget()
    with running_firefox(firefox_path, tmp_path / "profile", script=False) as plain:
        plain.goto(wire.address + "/tell/one-page")
        assert "Your browser cannot lock this first" in plain.text_of("[data-locked=arrival]")
        plain.type_into("textarea[name=where]", TOLD["where"])
        plain.type_into("textarea[name=what]", TOLD["what"])
        plain.click(SEND)
        plain.find("ol.words")
        words = tuple(plain.text_of("ol.words").split())
    recording = wire.recording()
    assert recording.holds(TOLD["what"])
    assert recording.holds(TOLD["where"])
    (report,) = front_server.take_all()
    assert report.mailbox == open_mailbox(tuple(word for word in words if word in WORDS)).address
