"""The sites' only log: which page failed and with which class of error, and never a word of what was told.

An error's message, its arguments and the request may hold report text, so none of them is written.
"""

import logging
import traceback


class WithoutWords(logging.Formatter):
    """Formats a record as level, logger, error class and the place in our code."""

    def format(self, record: logging.LogRecord) -> str:
        """Return one line without the record's message."""
        error = record.exc_info[1] if record.exc_info else None
        status = getattr(record, "status_code", "")
        return " ".join(str(part) for part in (record.levelname, record.name, status, *_place(error)) if part)


def _place(error: BaseException | None) -> tuple[str, ...]:
    if error is None:
        return ()
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "lastpiece" in frame.filename]
    where = f"{frames[-1].filename.rpartition('lastpiece/')[2]}:{frames[-1].lineno}" if frames else ""
    return (type(error).__name__, where)
