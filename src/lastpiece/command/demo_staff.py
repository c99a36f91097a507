"""The invented people who work at the demonstration's desk, and their second factors."""

import base64
import hashlib
import hmac
import secrets
import struct

from lastpiece.command.demo_home import SignIn

PASSWORD = "invented-county"  # noqa: S105 - printed on the terminal; the demonstration listens on this machine only
STEP_S = 30
_DIGITS = 6

PEOPLE = (
    ("assessor", "Rowan Tattersley", "intake_assessor"),
    ("safeguarding", "Bryony Achurch", "safeguarding_lead"),
    ("calltaker", "Kit Wadenhoe", "call_taker"),
    ("analyst", "Asha Fernyhough", "analyst"),
    ("publisher", "Morgan Wigglesworth", "publisher"),
    ("publisher2", "Noor Ellerbeck", "publisher"),
    ("auditor", "Theo Pinchbeck", "auditor"),
    ("administrator", "Gail Yelvertoft", "administrator"),
)
"""Username, name and role. Releasing takes two people, so there are two publishers."""


def make_sign_ins() -> tuple[SignIn, ...]:
    """Return a sign-in for each invented person, with a fresh second factor."""
    return tuple(
        SignIn(username, name, role, PASSWORD, base64.b32encode(secrets.token_bytes(20)).decode())
        for username, name, role in PEOPLE
    )


def code_at(secret: str, seconds: float) -> str:
    """Return the six-digit code of a base32 secret at a time in Unix seconds (RFC 6238 with SHA-1, 30 s)."""
    counter = struct.pack(">Q", int(seconds) // STEP_S)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    offset = digest[-1] & 0x0F
    number = struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFF_FFFF
    return f"{number % 10**_DIGITS:0{_DIGITS}d}"


def seconds_left(seconds: float) -> int:
    """Return how long the code shown at that time still holds."""
    return STEP_S - int(seconds) % STEP_S
