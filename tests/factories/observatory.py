"""How MDN's HTTP Observatory would score one response: its published table of tests and modifiers.

Source: developer.mozilla.org/en-US/observatory/docs/tests_and_scoring, and `src/grader/charts.js` and
`src/analyzer/tests/` of mdn/mdn-http-observatory, read in November 2026. A site starts at 100; penalties are taken
off, and bonuses are added when 90 or more is left. Two rows cannot be known from a response: whether plain HTTP
redirects (the business of what stands before the front: 0 when it does), and whether the name is in the browsers'
preload lists (+5, not counted here).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser

BASELINE = 100
ENOUGH_FOR_BONUSES = 90
SIX_MONTHS_S = 15_768_000

MODIFIERS: Mapping[str, int] = {
    "csp-implemented-with-no-unsafe-default-src-none": 10,
    "csp-implemented-with-no-unsafe": 5,
    "csp-implemented-with-unsafe-inline-in-style-src-only": 0,
    "csp-implemented-with-insecure-scheme-in-passive-content-only": -10,
    "csp-implemented-with-unsafe-eval": -10,
    "csp-implemented-with-unsafe-inline": -20,
    "csp-implemented-with-insecure-scheme": -20,
    "csp-header-invalid": -25,
    "csp-not-implemented": -25,
    "cookies-not-found": 0,
    "cookies-secure-with-httponly-sessions-and-samesite": 5,
    "cookies-secure-with-httponly-sessions": 0,
    "cookies-without-secure-flag-but-protected-by-hsts": -5,
    "cookies-samesite-flag-invalid": -20,
    "cookies-session-without-httponly-flag": -30,
    "cookies-session-without-secure-flag": -40,
    "cross-origin-resource-sharing-not-implemented": 0,
    "cross-origin-resource-sharing-implemented-with-public-access": 0,
    "cross-origin-resource-sharing-implemented-with-restricted-access": 0,
    "cross-origin-resource-sharing-implemented-with-universal-access": -50,
    "redirection-not-needed-no-http": 0,
    "redirection-not-to-https": -20,
    "referrer-policy-private": 5,
    "referrer-policy-not-implemented": 0,
    "referrer-policy-unsafe": -5,
    "referrer-policy-header-invalid": -5,
    "hsts-implemented-max-age-at-least-six-months": 0,
    "hsts-implemented-max-age-less-than-six-months": -10,
    "hsts-not-implemented": -20,
    "hsts-header-invalid": -20,
    "sri-implemented-and-all-scripts-loaded-securely": 5,
    "sri-not-implemented-response-not-html": 0,
    "sri-not-implemented-but-no-scripts-loaded": 0,
    "sri-not-implemented-but-all-scripts-loaded-from-secure-origin": 0,
    "sri-implemented-but-external-scripts-not-loaded-securely": -20,
    "sri-not-implemented-but-external-scripts-loaded-securely": -5,
    "sri-not-implemented-and-external-scripts-not-loaded-securely": -50,
    "x-content-type-options-nosniff": 0,
    "x-content-type-options-not-implemented": -5,
    "x-content-type-options-header-invalid": -5,
    "x-frame-options-implemented-via-csp": 5,
    "x-frame-options-sameorigin-or-deny": 0,
    "x-frame-options-not-implemented": -20,
    "x-frame-options-header-invalid": -20,
    "corp-implemented-with-same-origin": 10,
    "corp-implemented-with-same-site": 10,
    "corp-implemented-with-cross-origin": 0,
    "corp-not-implemented": 0,
    "corp-header-invalid": -5,
}

BROAD = {"ftp:", "http:", "https:", "*", "http://*", "http://*.*", "https://*", "https://*.*"}
INLINE = {"'unsafe-inline'", "data:"}
PASSIVE = ("img-src", "media-src")
HTML_TYPES = {"text/html", "application/xhtml+xml"}


@dataclass(frozen=True, slots=True)
class Score:
    """The total and what each test found."""

    total: int
    found: tuple[str, ...]


def score(headers: Iterable[tuple[str, str]], body: str) -> Score:
    """Return the score of a response that came over HTTPS; header names in any case, in the order they came."""
    head: dict[str, list[str]] = {}
    for name, value in headers:
        head.setdefault(name.lower(), []).append(value)
    policy = read_policy(head.get("content-security-policy", []))
    found = (
        csp(policy), cookies(head), sharing(head), redirection(head), referrer(head), transport(head),
        integrity(head, body), sniffing(head), framing(head, policy), resource_policy(head),
    )  # fmt: skip
    modifiers = [MODIFIERS[each] for each in found]
    reached = BASELINE + sum(each for each in modifiers if each < 0)
    if reached >= ENOUGH_FOR_BONUSES:
        reached += sum(each for each in modifiers if each > 0)
    return Score(max(reached, 0), found)


def read_policy(values: list[str]) -> dict[str, set[str]]:
    """Return the sources by directive; of two directives of a name the first counts."""
    policy: dict[str, set[str]] = {}
    for directive in ",".join(values).replace(",", ";").split(";"):
        words = directive.split()
        if words:
            policy.setdefault(words[0].lower(), {word.lower() for word in words[1:]})
    return policy


def csp(policy: dict[str, set[str]]) -> str:
    if not policy:
        return "csp-not-implemented"
    fallback = policy.get("default-src", {"*"})
    script, style, plugin = (policy.get(name, fallback) for name in ("script-src", "style-src", "object-src"))
    if any(source.startswith(("'nonce-", "'sha")) for source in script):
        script = script - {"'unsafe-inline'"}
    active = set(script).union(*(sources for name, sources in policy.items() if name not in (*PASSIVE, "script-src")))
    passive = set().union(*(policy.get(name, fallback) for name in PASSIVE))
    verdicts = (
        ("csp-header-invalid", "'strict-dynamic'" in script),
        ("csp-implemented-with-unsafe-inline", bool(script & (BROAD | INLINE) or plugin & BROAD)),
        ("csp-implemented-with-insecure-scheme", insecure(active)),
        ("csp-implemented-with-unsafe-eval", "'unsafe-eval'" in script | style),
        ("csp-implemented-with-insecure-scheme-in-passive-content-only", insecure(passive)),
        ("csp-implemented-with-unsafe-inline-in-style-src-only", bool(style & (BROAD | INLINE))),
        ("csp-implemented-with-no-unsafe-default-src-none", fallback == {"'none'"}),
    )
    return next((name for name, holds in verdicts if holds), "csp-implemented-with-no-unsafe")


def insecure(sources: set[str]) -> bool:
    return any(source.startswith(("http:", "ftp:")) for source in sources)


def cookies(head: dict[str, list[str]]) -> str:
    """Judge as the strictest reading of the table does: any cookie may be a session's."""
    set_cookies = [value.lower() for value in head.get("set-cookie", [])]
    if not set_cookies:
        return "cookies-not-found"
    if not all("secure" in value for value in set_cookies):
        return "cookies-session-without-secure-flag"
    if not all("httponly" in value for value in set_cookies):
        return "cookies-session-without-httponly-flag"
    if all(re.search(r"samesite=(strict|lax)", value) for value in set_cookies):
        return "cookies-secure-with-httponly-sessions-and-samesite"
    return "cookies-secure-with-httponly-sessions"


def sharing(head: dict[str, list[str]]) -> str:
    origins = head.get("access-control-allow-origin", [])
    if not origins:
        return "cross-origin-resource-sharing-not-implemented"
    if "true" in head.get("access-control-allow-credentials", []):
        return "cross-origin-resource-sharing-implemented-with-universal-access"
    public = "*" in origins
    return f"cross-origin-resource-sharing-implemented-with-{'public' if public else 'restricted'}-access"


def redirection(head: dict[str, list[str]]) -> str:
    unsafe = any(place.startswith("http:") for place in head.get("location", []))
    return "redirection-not-to-https" if unsafe else "redirection-not-needed-no-http"


def referrer(head: dict[str, list[str]]) -> str:
    policies = [word.strip() for value in head.get("referrer-policy", []) for word in value.lower().split(",")]
    if not policies:
        return "referrer-policy-not-implemented"
    private = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}
    unsafe = {"origin", "origin-when-cross-origin", "unsafe-url", "no-referrer-when-downgrade"}
    last = next((policy for policy in reversed(policies) if policy in private | unsafe), "")
    if not last:
        return "referrer-policy-header-invalid"
    return "referrer-policy-private" if last in private else "referrer-policy-unsafe"


def transport(head: dict[str, list[str]]) -> str:
    values = head.get("strict-transport-security", [])
    if not values:
        return "hsts-not-implemented"
    age = re.search(r"max-age=(\d+)", values[0])
    if not age:
        return "hsts-header-invalid"
    long = int(age[1]) >= SIX_MONTHS_S
    return f"hsts-implemented-max-age-{'at-least' if long else 'less-than'}-six-months"


class Scripts(HTMLParser):
    """Collects the address and the integrity of every script of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.scripts: list[tuple[str | None, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "script":
            named = dict(attrs)
            self.scripts.append((named.get("src"), named.get("integrity")))


def integrity(head: dict[str, list[str]], body: str) -> str:
    kind = next(iter(head.get("content-type", [""]))).split(";")[0].strip().lower()
    if kind and kind not in HTML_TYPES:
        return "sri-not-implemented-response-not-html"
    reader = Scripts()
    reader.feed(body)
    named = [(source, digest) for source, digest in reader.scripts if source]
    foreign = [(source, digest) for source, digest in named if source.startswith(("//", "http:", "https:"))]
    if not reader.scripts:
        return "sri-not-implemented-but-no-scripts-loaded"
    if any(not source.startswith("https:") for source, _ in foreign):
        whole = all(digest for _, digest in foreign)
        return (
            f"sri-{'' if whole else 'not-'}implemented-{'but' if whole else 'and'}-external-scripts-not-loaded-securely"
        )
    if any(not digest for _, digest in foreign):
        return "sri-not-implemented-but-external-scripts-loaded-securely"
    if any(digest for _, digest in named):
        return "sri-implemented-and-all-scripts-loaded-securely"
    return "sri-not-implemented-but-all-scripts-loaded-from-secure-origin"


def sniffing(head: dict[str, list[str]]) -> str:
    values = head.get("x-content-type-options", [])
    if not values:
        return "x-content-type-options-not-implemented"
    right = values[0].strip().lower() == "nosniff"
    return "x-content-type-options-nosniff" if right else "x-content-type-options-header-invalid"


def framing(head: dict[str, list[str]], policy: dict[str, set[str]]) -> str:
    if "frame-ancestors" in policy:
        return "x-frame-options-implemented-via-csp"
    values = head.get("x-frame-options", [])
    if not values:
        return "x-frame-options-not-implemented"
    right = values[0].strip().lower() in ("deny", "sameorigin")
    return "x-frame-options-sameorigin-or-deny" if right else "x-frame-options-header-invalid"


def resource_policy(head: dict[str, list[str]]) -> str:
    values = head.get("cross-origin-resource-policy", [])
    if not values:
        return "corp-not-implemented"
    value = values[0].strip().lower()
    return (
        f"corp-implemented-with-{value}"
        if value in ("same-origin", "same-site", "cross-origin")
        else "corp-header-invalid"
    )
