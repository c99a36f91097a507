"""The front's server: the standard library, and one forked child for every request.

An ordinary worker still held a whole copy of a report after 1,110 later ones. Here the parent never reads a byte of a
request; the child that does is gone, memory and all, when it has answered. There is no access log and no core dump.
TLS is the business of whatever stands before it.
"""

import contextlib
import ctypes
import errno
import gc
import io
import os
import resource
import signal
import socket
import socketserver
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import IO, Any, cast
from wsgiref.handlers import SimpleHandler
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application

from lastpiece.site.front.headers import UNKEPT, headers
from lastpiece.site.settings import env

CHILDREN = 64
"""At most this many requests are answered at once; further ones wait in the listening queue."""
QUEUE = 512
LONGEST_LINE = 4 * 1024
LONGEST_HEAD = 16 * 1024
LONGEST_BODY = 1024 * 1024
LONGEST_LENGTH = 20
"""Digits of a stated length; Python refuses to read a number of some thousands."""
READ_S = 10
"""A sender that is silent for this long is let go."""
DEADLINE_S = 30
"""No request lives longer, however slowly it is dripped in."""
PR_SET_DUMPABLE = 4

WARMED = ("/", "/tell", "/signs", "/campaign", "/results", "/mailbox", "/safety", "/feedback", "/privacy", "/nowhere")


class PortTaken(Exception):
    """Another program listens there already."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(f"Port {port} on {host} is taken by another program. Stop it, or choose another with --port.")


class HostWrong(Exception):
    """The address to listen on is not one of this machine's."""

    def __init__(self, host: str, reason: str) -> None:
        super().__init__(f"Cannot listen on {host}: {reason}.")


class Stopped(Exception):
    """A signal asked the server to stop."""


class FrontServer(socketserver.ForkingMixIn, WSGIServer):
    """Accepts, forks, and forgets. Stops on SIGTERM or SIGINT after the children have finished."""

    max_children = CHILDREN
    request_queue_size = QUEUE
    block_on_close = True
    stopping = False

    def server_bind(self) -> None:
        """Bind without asking the name service who we are."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = str(self.server_address[0]), int(self.server_address[1])
        self.setup_environ()

    def service_actions(self) -> None:
        """Collect children that are done; leave the loop when asked to."""
        super().service_actions()
        if self.stopping:
            raise Stopped

    def stop(self, *_signal: object) -> None:
        """Ask the loop to end; safe in a signal handler."""
        self.stopping = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: the standard library would print the sender's address and a traceback."""

    def finish_request(self, request: Any, client_address: Any) -> None:  # noqa: ANN401, ARG002 - as the base class has it
        """Answer in the child: it finishes what it began, but not for ever."""
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(DEADLINE_S)
        super().finish_request(request, ("", 0))


class Answering(SimpleHandler):
    """Runs the application without telling anyone of its errors but by a page."""

    server_software = "front"
    http_version = "1.0"  # one exchange a connection

    def log_exception(self, exc_info: object) -> None:
        """Say nothing: a traceback may quote what was told."""

    def error_output(self, environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:  # noqa: ARG002 - wsgiref's signature
        """Answer an error that even the application's own error page did not catch."""
        head = {**headers(https=env.HTTPS), "Cache-Control": UNKEPT, "Content-Type": "text/plain; charset=utf-8"}
        start_response("500 Internal Server Error", list(head.items()))
        return [b"Something went wrong. Nothing was sent. In danger now? Call 999."]


class Exchange(WSGIRequestHandler):
    """One request and its answer, read within limits of size and time."""

    timeout = READ_S
    protocol_version = "HTTP/1.1"

    def handle(self) -> None:
        """Read the head, then the body, then answer; a sender that stalls or oversteps is let go."""
        with contextlib.suppress(TimeoutError, ConnectionError):
            if self.read_head() and (body := self.read_body()) is not None:
                self.answer(body)

    def read_head(self) -> bool:
        """Read and parse the request line and headers, at most `LONGEST_HEAD` bytes."""
        self.close_connection = True
        self.raw_requestline = self.rfile.readline(LONGEST_LINE + 1)
        if len(self.raw_requestline) > LONGEST_LINE:
            self.requestline = self.request_version = self.command = ""
            self.send_error(HTTPStatus.REQUEST_URI_TOO_LONG)
            return False
        head = b""
        while len(head) <= LONGEST_HEAD:
            line = self.rfile.readline(LONGEST_HEAD + 1)
            head += line
            if line in (b"\r\n", b"\n", b""):
                break
        else:
            self.requestline = self.request_version = self.command = ""
            self.send_error(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
            return False
        stream, self.rfile = self.rfile, io.BytesIO(head)
        parsed = bool(self.raw_requestline) and self.parse_request()
        self.rfile = stream
        self.close_connection = True
        return parsed

    def read_body(self) -> bytes | None:
        """Return the body, or None after refusing one that is too long or of no stated length."""
        if "Transfer-Encoding" in self.headers:
            self.send_error(HTTPStatus.LENGTH_REQUIRED)
            return None
        stated = self.headers.get("Content-Length", "0").strip()
        if not stated.isascii() or not stated.isdigit() or len(self.headers.get_all("Content-Length", [])) > 1:
            self.send_error(HTTPStatus.BAD_REQUEST)
            return None
        if len(stated) > LONGEST_LENGTH or int(stated) > LONGEST_BODY:
            self.send_error(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            return None
        body = self.rfile.read(int(stated))
        return body if len(body) == int(stated) else None

    def answer(self, body: bytes) -> None:
        """Run the application."""
        environ = self.get_environ()
        environ["wsgi.url_scheme"] = "https" if env.HTTPS else "http"
        environ["HTTP_CONNECTION"] = "close"
        handler = Answering(
            io.BytesIO(body),
            cast("IO[bytes]", self.wfile),
            io.StringIO(),
            environ,
            multithread=False,
            multiprocess=True,
        )
        handler.run(self.application())

    def application(self) -> WSGIApplication:
        """Return the application, answering HEAD without a body."""
        server = self.server
        assert isinstance(server, FrontServer)  # noqa: S101 - says it to the type checker
        run = server.get_app()
        assert run is not None  # noqa: S101 - says it to the type checker

        def without_body(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
            answer = run(environ, start_response)
            if environ["REQUEST_METHOD"] != "HEAD":
                return answer
            close: Callable[[], None] | None = getattr(answer, "close", None)
            if close:
                close()
            return []

        return without_body

    def address_string(self) -> str:
        """Return nothing: who sent it is nobody's business."""
        return ""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the standard library's signature
        """Keep no log."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:  # noqa: ARG002 - http.server's
        """Refuse with the headers of every answer, a sentence, and nothing of what was sent."""
        status = HTTPStatus(code)
        text = f"{status.phrase}. Nothing was sent. In danger now? Call 999.\n".encode()
        head = {**headers(https=env.HTTPS), "Cache-Control": UNKEPT, "Content-Type": "text/plain; charset=utf-8"}
        lines = [f"HTTP/1.1 {status.value} {status.phrase}", *(f"{name}: {value}" for name, value in head.items())]
        lines += [f"Content-Length: {len(text)}", "Connection: close", "", ""]
        self.wfile.write("\r\n".join(lines).encode("latin-1") + text)
        self.wfile.flush()
        self.hear_out()

    def hear_out(self) -> None:
        """Read a little of what is still coming, so that the sender gets the answer and not a reset."""
        with contextlib.suppress(OSError):
            self.connection.shutdown(socket.SHUT_WR)
            self.connection.settimeout(1)
            for _ in range(LONGEST_BODY * 2 // 65536):
                if not self.connection.recv(65536):
                    break


def leave_nothing_behind() -> None:
    """Forbid core dumps, and other processes of the same user to look into this one."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)


def load() -> WSGIApplication:
    """Load everything a child needs before the first fork, by answering each page once to nobody."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "lastpiece.site.settings.front"
    django.setup(set_prefix=False)
    application = get_wsgi_application()
    for address in WARMED:
        environ: WSGIEnvironment = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": address,
            "SERVER_NAME": settings.ALLOWED_HOSTS[0].lstrip("."),
            "SERVER_PORT": "80",
            "wsgi.input": io.BytesIO(),
            "wsgi.url_scheme": "http",
        }
        for _ in application(environ, lambda *_answer: lambda _chunk: None):
            pass
    gc.collect()
    gc.freeze()
    return application


def bind(host: str, port: int) -> FrontServer:
    """Return a server that listens; raise `PortTaken` or `HostWrong`."""
    try:
        return FrontServer((host, port), Exchange)
    except OSError as problem:
        if problem.errno == errno.EADDRINUSE:
            raise PortTaken(host, port) from problem
        raise HostWrong(host, problem.strerror or "it is not an address of this machine") from problem


def serve(server: FrontServer, application: WSGIApplication) -> None:
    """Answer until SIGTERM or SIGINT, then let the children finish."""
    leave_nothing_behind()
    server.set_app(application)
    before = {number: signal.signal(number, server.stop) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        server.serve_forever(poll_interval=0.2)
    except Stopped:
        pass
    finally:
        server.server_close()
        for number, disposition in before.items():
            signal.signal(number, disposition)
