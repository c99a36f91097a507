"""The force pack this process shows, read once before the first request."""

from functools import cache
from pathlib import Path

from lastpiece.site.pack.loading import Pack, load_pack
from lastpiece.site.settings import env


@cache
def current_pack() -> Pack:
    """Return the pack that LASTPIECE_PACK names, or the invented one; raise `PackWrong`."""
    return load_pack(Path(env.PACK) if env.PACK else None)
