"""Ways to reach a person: a command of the force's own, or an e-mail. Neither is ever given a word of a report."""

import os
import shlex
import signal
import smtplib
import ssl
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Protocol
from urllib.parse import SplitResult, unquote, urlsplit

from lastpiece.site.desk.jobs.mail_line import Line, TooSlow, line_for
from lastpiece.site.desk.records.models import AlertKind, Paging
from lastpiece.site.desk.records.queries.alerts import Person
from lastpiece.site.settings import env

COMMAND_S = 20.0
"""Seconds that the command may take before it is ended and counted as failed."""
MAIL_S = 15.0
"""Seconds that the mail server may take for everything together, from before the connection until the mail is taken."""
_INHERITED = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "SYSTEMROOT")
_SUBMISSION, _SMTPS = 587, 465
_READY = 220


class PagerWrong(ValueError):
    """A setting of the pager cannot be used; the sentence names it."""

    def __init__(self, setting: str, why: str) -> None:
        super().__init__(f"{setting} cannot be used: {why}.")


class NotEncrypted(smtplib.SMTPException):
    """The mail server offers no encryption, so that a password would go out in the clear."""


@dataclass(frozen=True, slots=True)
class Call:
    """What a person is told: which alert is the oldest, of which kind, and how many are open. Nothing else."""

    alert_id: int
    kind: AlertKind
    count: int

    @property
    def sentence(self) -> str:
        """Return it in words."""
        more = f" {self.count} of this kind are open." if self.count > 1 else ""
        return f"Lastpiece alert {self.alert_id}: {self.kind.label}.{more} Sign in at the desk and press “I have it”."


class Way(Protocol):
    """One way to reach somebody."""

    @property
    def way(self) -> Paging.Way:
        """Return which way it is."""

    def reach(self, person: Person, call: Call) -> str:
        """Try it, and return why it failed, or an empty text."""


@dataclass(frozen=True, slots=True)
class Command:
    """Runs a command that sends a text message, rings a pager, posts to a duty system."""

    argv: tuple[str, ...]
    way: Paging.Way = field(default=Paging.Way.COMMAND)

    def reach(self, person: Person, call: Call) -> str:
        """Run it with the call in its environment; its output is not read."""
        try:
            running = subprocess.Popen(  # noqa: S603 - the force's own setting
                self.argv,
                env=environment(person, call),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        except OSError as error:
            return f"The command could not be started: {error.strerror}."
        except ValueError:  # what no environment can hold, in one person's name or number, keeps nobody else from it
            return "The command could not be started: the person's name or number cannot be passed on."
        try:
            code = running.wait(COMMAND_S)
        except subprocess.TimeoutExpired:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(running.pid, signal.SIGKILL)
            running.wait()
            return f"The command took longer than {COMMAND_S:.0f} seconds."
        return f"The command ended with {code}." if code else ""


def environment(person: Person, call: Call) -> Mapping[str, str]:
    """Return all that the command is told."""
    inherited = {name: os.environ[name] for name in _INHERITED if name in os.environ}
    return {
        **inherited,
        "LASTPIECE_ALERT_ID": str(call.alert_id),
        "LASTPIECE_ALERT_KIND": str(call.kind.value),
        "LASTPIECE_ALERT_COUNT": str(call.count),
        "LASTPIECE_PAGE_TO": person.reach,
        "LASTPIECE_PAGE_NAME": person.staff.name,
    }


@dataclass(frozen=True, slots=True)
class Mail:
    """Sends an e-mail to the person's work address."""

    server: SplitResult = field(repr=False)
    sender: str
    way: Paging.Way = field(default=Paging.Way.MAIL)

    def reach(self, person: Person, call: Call) -> str:
        """Send it, and return why it failed without the server's words."""
        letter = EmailMessage()
        letter["Subject"] = f"Lastpiece alert {call.alert_id}"
        letter.set_content(call.sentence + "\n")
        try:
            letter["From"], letter["To"] = self.sender, person.staff.email
            with line_for(MAIL_S, self._tls_at_once()) as line:
                self._hand_over(letter, line)
        except (OSError, ValueError, smtplib.SMTPException) as error:  # ValueError: an address that is none
            return _why_not(error)
        return ""

    def _tls_at_once(self) -> ssl.SSLContext | None:
        return ssl.create_default_context() if self.server.scheme == "smtps" else None

    def _hand_over(self, letter: EmailMessage, line: Line) -> None:
        """Connect, encrypt, sign in and send; nobody waits for the answer to a farewell."""
        usual = _SMTPS if self.server.scheme == "smtps" else _SUBMISSION
        code, said = line.connect(self.server.hostname or "localhost", self.server.port or usual)
        if code != _READY:
            raise smtplib.SMTPConnectError(code, said)
        if self.server.scheme != "smtps":
            self._encrypt(line)
        if self.server.username:
            line.login(unquote(self.server.username), unquote(self.server.password or ""))
        line.send_message(letter)
        with suppress(OSError, smtplib.SMTPException):
            line.putcmd("QUIT")

    def _encrypt(self, connection: Line) -> None:
        """Go on enciphered where the server can, with a certificate that holds; a password never goes in the clear."""
        connection.ehlo()
        if connection.has_extn("starttls"):
            connection.starttls(context=ssl.create_default_context())
        elif self.server.username:
            raise NotEncrypted


def _why_not(error: OSError | ValueError | smtplib.SMTPException) -> str:
    """Return a sentence without the server's words: they may quote what it was given."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code = next(iter(error.recipients.values()), (0, b""))[0]
        return f"The mail server refused the person's address ({code})."
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return f"The mail server refused the name or password ({error.smtp_code})."
    if isinstance(error, smtplib.SMTPResponseException):
        return f"The mail server did not take the mail ({error.smtp_code})."
    if isinstance(error, (TimeoutError, TooSlow)) or isinstance(error.__context__, TimeoutError):
        return f"The mail server did not answer within {MAIL_S:.0f} seconds."
    said: tuple[tuple[type[Exception], str], ...] = (
        (NotEncrypted, "The mail server offers no encryption, so the password was not sent."),
        (ssl.SSLCertVerificationError, "The mail server's certificate does not hold, so nothing was sent."),
        (smtplib.SMTPServerDisconnected, "The mail server hung up."),
        (smtplib.SMTPNotSupportedError, "The mail server does not do what the settings ask for."),
        (ValueError, "The person's e-mail address cannot be used."),
    )
    known = next((sentence for kind, sentence in said if isinstance(error, kind)), "")
    return known or f"The mail server could not be reached ({type(error).__name__})."


def ways() -> tuple[Way, ...]:
    """Return the ways that are set up.

    Raises:
        PagerWrong: a setting cannot be used.
    """
    found: list[Way] = []
    if env.PAGER_COMMAND:
        found.append(Command(_argv(env.PAGER_COMMAND)))
    if env.PAGER_SMTP:
        server = _server(env.PAGER_SMTP)
        found.append(Mail(server, env.PAGER_FROM or f"lastpiece@{server.hostname}"))
    return tuple(found)


def _argv(command: str) -> tuple[str, ...]:
    try:
        argv = tuple(shlex.split(command))
    except ValueError as error:
        raise PagerWrong("LASTPIECE_PAGER_COMMAND", "a quotation mark is not closed") from error
    if not argv:
        raise PagerWrong("LASTPIECE_PAGER_COMMAND", "it is empty")
    return argv


def _server(address: str) -> SplitResult:
    try:
        server = urlsplit(address)
        usable = server.scheme in {"smtp", "smtps"} and bool(server.hostname) and server.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise PagerWrong("LASTPIECE_PAGER_SMTP", "it is no smtp:// or smtps:// address")
    return server
