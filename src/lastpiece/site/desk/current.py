"""The force pack as the desk has it."""

import functools
from pathlib import Path

from lastpiece.site.pack.loading import Pack, load_pack
from lastpiece.site.settings import env


@functools.cache
def pack() -> Pack:
    """Return the force pack; raise `PackWrong` when it has a mistake."""
    return load_pack(Path(env.PACK) if env.PACK else None)
