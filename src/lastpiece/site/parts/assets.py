"""Addresses of built files that change when their content does, so that no page meets yesterday's style sheet."""

import base64
import hashlib
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.templatetags.static import static


class AssetMissing(Exception):
    """A built file is not there, so the package was not put together."""

    def __init__(self, name: str) -> None:
        super().__init__(f"The built file {name} is missing. Run `uv sync` (or `pip install .`) to build the assets.")


PUBLISHED = ("front.js", "seal.js", "capture.js", "words.txt", "front.css", "front.rtl.css")
"""The public site's built files, whose hashes anyone can look up."""


@cache
def asset_content(name: str) -> bytes:
    """Return the static file `name`; raise `AssetMissing`."""
    found = finders.find(name)
    if not isinstance(found, str):
        raise AssetMissing(name)
    return Path(found).read_bytes()


@cache
def asset_address(name: str) -> str:
    """Return the address of the static file `name` with a short hash of its content; raise `AssetMissing`."""
    return f"{static(name)}?v={hashlib.sha256(asset_content(name)).hexdigest()[:12]}"


@cache
def integrity_of(name: str) -> str:
    """Return what a page's `integrity` says of a built file, so that a browser runs no other; raise `AssetMissing`."""
    return integrity(asset_content(name))


def integrity(content: bytes) -> str:
    """Return the SHA-384 of `content` as subresource integrity writes it."""
    return "sha384-" + base64.b64encode(hashlib.sha384(content).digest()).decode("ascii")


@cache
def digests() -> list[dict[str, str]]:
    """Return name, SHA-256 and integrity of each published file; raise `AssetMissing`."""
    names = [f"vendor/{name}" for name in PUBLISHED]
    return [
        {
            "name": name.removeprefix("vendor/"),
            "sha256": hashlib.sha256(asset_content(name)).hexdigest(),
            "integrity": integrity_of(name),
        }
        for name in names
    ]
