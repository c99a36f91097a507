"""The headers of every response, errors and static files too; the forking server sends them on its own refusals."""

from collections.abc import Mapping

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)
SENSORS = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "encrypted-media",
    "fullscreen", "gamepad", "geolocation", "gyroscope", "hid", "identity-credentials-get", "idle-detection",
    "local-fonts", "magnetometer", "microphone", "midi", "payment", "picture-in-picture",
    "publickey-credentials-create", "publickey-credentials-get", "screen-wake-lock", "serial", "storage-access", "usb",
    "window-management", "xr-spatial-tracking",
)  # fmt: skip

HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Origin-Agent-Cluster": "?1",
    "Permissions-Policy": ", ".join(f"{sensor}=()" for sensor in SENSORS),
    "Referrer-Policy": "same-origin",  # `no-referrer` makes Chromium send `Origin: null`
    "X-Content-Type-Options": "nosniff",
    "X-DNS-Prefetch-Control": "off",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noarchive",
}
UNKEPT = "no-store"
STRICT_TRANSPORT = "max-age=63072000; includeSubDomains; preload"


def headers(*, https: bool) -> dict[str, str]:
    """Return the headers by name; behind TLS browsers are told to come back by TLS only."""
    return {**HEADERS, "Strict-Transport-Security": STRICT_TRANSPORT} if https else dict(HEADERS)
