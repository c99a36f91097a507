"""Answers in plain text that the server gives itself, with the headers of every answer and nothing of what was sent."""

from http import HTTPStatus

from lastpiece.site.front.current import whole_pack
from lastpiece.site.front.headers import UNKEPT, headers
from lastpiece.site.settings import env

ENDING = "Nothing was sent. In danger now? Call 999.\n"
SENTENCES = {
    HTTPStatus.INTERNAL_SERVER_ERROR: "Something went wrong.",
    HTTPStatus.SERVICE_UNAVAILABLE: "Very many people are here at this moment. Please try again in a minute.",
}


def refusal(code: int) -> bytes:
    """Return a whole answer of this status: its sentence, every header, and that nothing was sent.

    Who is not let in now is told which numbers to ring.
    """
    status = HTTPStatus(code)
    numbers = whole_pack().numbers.values() if status == HTTPStatus.SERVICE_UNAVAILABLE else ()
    lines = "".join(f"\n{number.number}: {number.about}\n" for number in numbers)
    text = f"{SENTENCES.get(status, status.phrase + '.')} {ENDING}{lines}".encode()
    head = {
        **headers(https=env.HTTPS),
        "Cache-Control": UNKEPT,
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Length": str(len(text)),
        "Connection": "close",
    }
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        head["Retry-After"] = "60"
    first = [f"HTTP/1.1 {status.value} {status.phrase}", *(f"{name}: {value}" for name, value in head.items()), "", ""]
    return "\r\n".join(first).encode("latin-1") + text
