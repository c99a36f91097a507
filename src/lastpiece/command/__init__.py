"""The `lastpiece` command: one file a verb, put together in `lastpiece.command.contents`."""

from lastpiece.command.contents import main

__all__ = ["main"]
