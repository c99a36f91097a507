"""A mail server on this machine, for the pager: STARTTLS, a login, and every way of refusing, hanging or dripping."""

import base64
import socketserver
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

NAME, PASSWORD = "desk", "an invented pass word"
HANG, DRIP, HANG_UP = "hang", "drip", "hang up"
FLOOD = "flood"
BEGUN_RECORD = b"\x16\x03\x03\x40\x00"
"""The head of a TLS record of 16 KiB, so that what drips after it is waited for."""


def certificate(folder: Path, *, host: str = "127.0.0.1") -> tuple[Path, Path]:
    """Write a certificate that signs itself, and its key; return both files."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "an invented mail server")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2100, 1, 1, tzinfo=UTC))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(host))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file, private = folder / "mail.pem", folder / "mail.key"
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return file, private


@dataclass
class MailServer:
    """What the server does and what it was given.

    Attributes:
        answers: For a command (`RCPT`, `DATA`, `.`, `AUTH`…) the line to answer with, or HANG, DRIP, FLOOD or
            HANG_UP. `TLS` is the handshake.
        context: With which it goes on enciphered; None: it offers no STARTTLS.
        letters: Each mail as it came: recipients and content.
        said: Every line that came in before the connection was enciphered.
    """

    answers: Mapping[str, str] = field(default_factory=dict)
    context: ssl.SSLContext | None = None
    port: int = 0
    letters: list[tuple[list[str], str]] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    signed_in: int = 0
    ending: threading.Event = field(default_factory=threading.Event)


class _Talk(socketserver.StreamRequestHandler):
    server: "_Listener"

    def handle(self) -> None:
        self.mail, self.encrypted, self.recipients = self.server.mail, False, list[str]()
        self._answer("220 mail.invalid ESMTP", "CONNECT")
        while line := self.rfile.readline(2000).decode("utf-8", "replace").strip():
            if not self.encrypted:
                self.mail.said.append(line)
            if not self._obey(line):
                return

    def finish(self) -> None:
        with suppress(OSError):
            super().finish()
        self.request.close()

    def _obey(self, line: str) -> bool:
        """Do what one line asks, and return whether the talk goes on."""
        command = line.partition(" ")[0].upper()
        if command == "EHLO":
            starttls = ["STARTTLS"] if self.mail.context and not self.encrypted else []
            offers = ["mail.invalid", *starttls, "AUTH PLAIN", "SIZE 100000"]
            return self._answer("\r\n".join([*(f"250-{offer}" for offer in offers[:-1]), f"250 {offers[-1]}"]), command)
        if command == "STARTTLS":
            return self._answer("220 go on", command) and self._encrypt()
        if command == "AUTH":
            return self._sign_in(line)
        if command == "RCPT":
            self.recipients.append(line.partition("<")[2].partition(">")[0])
        if command == "DATA":
            return self._take_letter()
        if command == "QUIT":
            self._answer("221 bye", command)
            return False
        return self._answer("250 fine", command)

    def _encrypt(self) -> bool:
        assert self.mail.context is not None
        if "TLS" in self.mail.answers:
            self.wfile.write(BEGUN_RECORD)
            return self._answer("", "TLS")
        try:
            self.request = self.mail.context.wrap_socket(self.request, server_side=True)
        except OSError:
            return False
        self.rfile.close()
        self.wfile.close()
        self.rfile, self.wfile = self.request.makefile("rb"), self.request.makefile("wb", 0)
        self.encrypted = True
        return True

    def _sign_in(self, line: str) -> bool:
        given = base64.b64decode(line.split()[2]).split(b"\0")[1:]
        right = given == [NAME.encode(), PASSWORD.encode()]
        self.mail.signed_in += right
        return self._answer("235 you are in" if right else "535 who are you", "AUTH")

    def _take_letter(self) -> bool:
        if not self._answer("354 go on", "DATA") or "DATA" in self.mail.answers:
            return "DATA" in self.mail.answers and self.mail.answers["DATA"][0].isdigit()
        lines = []
        while (line := self.rfile.readline().decode()) != ".\r\n":
            if not line:
                return False
            lines.append(line)
        if "." not in self.mail.answers:
            self.mail.letters.append((self.recipients, "".join(lines)))
        return self._answer("250 taken", ".")

    def _answer(self, usual: str, command: str) -> bool:
        """Answer, as the server was told to for this command, and return whether the talk goes on."""
        answer = self.mail.answers.get(command, usual)
        if answer == HANG:
            self.mail.ending.wait(30)
            return False
        if answer == DRIP:
            while not self.mail.ending.wait(0.1):
                try:
                    self.wfile.write(b"2")
                except OSError:
                    break
            return False
        if answer == HANG_UP:
            return False
        if answer == FLOOD:
            return self._say_without_end()
        self.wfile.write(answer.encode() + b"\r\n")
        return True

    def _say_without_end(self) -> bool:
        while not self.mail.ending.is_set():
            try:
                self.wfile.write(b"220-and so on\r\n" * 100)
            except OSError:
                break
        return False


class _Listener(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    mail: MailServer


@contextmanager
def mail_server(files: tuple[Path, Path] | None = None, **answers: str) -> Iterator[MailServer]:
    """Run a server until the block ends; `files` are its certificate and key, `answers` as `MailServer` says."""
    context = None
    if files is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*files)
    mail = MailServer({name.replace("END", "."): answer for name, answer in answers.items()}, context)
    with _Listener(("127.0.0.1", 0), _Talk) as listener:
        listener.mail, mail.port = mail, listener.server_address[1]
        thread = threading.Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield mail
        finally:
            mail.ending.set()
            listener.shutdown()
            thread.join()
