"""The public site's forms as targets for a fuzzer: whatever is posted, a page with every header comes back."""

import os
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import mkdtemp
from wsgiref.types import StartResponse, WSGIApplication

from tests.factories.fuzz_targets import FuzzTarget

ADDRESSES = ("/tell", "/tell/one-page", "/young", "/mailbox", "/feedback", "/cy/tell", "/ar/young")
KINDS = ("application/x-www-form-urlencoded", "multipart/form-data; boundary=x")
EXPECTED = frozenset({200, 204, 303, 400, 403, 404, 405, 413, 415, 503})


def post(application: WSGIApplication, told: bytes) -> None:
    """Post: the first byte names an address and a kind of body, the rest is the body. Our own failing is no answer."""
    which, body = (told[0] if told else 0), told[1:]
    answered: list[tuple[str, dict[str, str]]] = []

    def start(status: str, head: list[tuple[str, str]], _problem: object = None) -> StartResponse:
        answered.append((status, dict(head)))
        return lambda _chunk: None  # type: ignore[return-value]  # what a WSGI server gives to write with

    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": ADDRESSES[which % len(ADDRESSES)],
        "CONTENT_TYPE": KINDS[which // len(ADDRESSES) % len(KINDS)],
        "CONTENT_LENGTH": str(len(body)),
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "wsgi.input": BytesIO(body),
        "wsgi.url_scheme": "http",
    }
    page = b"".join(application(environ, start))  # type: ignore[arg-type]  # a plain function serves
    status, head = answered[0]
    assert int(status[:3]) in EXPECTED
    assert "Content-Security-Policy" in head
    assert "Set-Cookie" not in head
    assert b"<script>alert" not in page


@cache
def _front() -> WSGIApplication:
    """Set a front up with keys in a folder of its own, for a process that does nothing else."""
    os.environ["LASTPIECE_HOME"] = mkdtemp(prefix="fuzz-front-")
    os.environ["DJANGO_SETTINGS_MODULE"] = "lastpiece.site.settings.front"
    import django  # noqa: PLC0415 - the settings are named first
    from django.core.wsgi import get_wsgi_application  # noqa: PLC0415 - the settings are named first
    from tests.factories.sealed_front import make_desk  # noqa: PLC0415 - the folder is named first

    django.setup(set_prefix=False)
    make_desk(Path(os.environ["LASTPIECE_HOME"]))
    return get_wsgi_application()


def _seeds() -> list[bytes]:
    told = b"step=what&go=next&what=A+blue+car&seed=" + b"0" * 64
    part = b'--x\r\nContent-Disposition: form-data; name="what"\r\n\r\nA blue car\r\n--x--\r\n'
    files = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n\xff\xd8\r\n--x--\r\n'
    sent = b"step=check&go=send&what=A+blue+car&vehicles=KV19&held=no&seed=" + b"1" * 64
    words = b"words=zoo+zoo+zoo&go=add&message=more&checking=yes&language=cy"
    bodies = [(0, told), (1, sent), (2, told), (3, words), (4, b"feedback=fine&seed="), (7, part), (8, files)]
    return [bytes([which]) + body for which, body in bodies]


FORMS = FuzzTarget("forms", lambda told: post(_front(), told), _seeds)
