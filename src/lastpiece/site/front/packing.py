"""Pages packed with gzip for slow lines, where nothing can be learned from their size.

Whoever sees how long a packed page is, and can put words of their own into it, can guess a secret in it letter by
letter (the BREACH attack; Gluck, Harris and Prado 2013). So only what is asked for with GET and without a query is
packed: no word of anybody's stands in it. Answers to a post, which hold what was told, never are.
"""

import gzip

from lastpiece.site.front.incoming import Head

LEAST = 1_000
"""Shorter bodies are not worth it, in bytes."""
PACKED = (b"Content-Type: text/html", b"Content-Type: application/json")
SPEED = 6
_END = b"\r\n\r\n"


def packed(answer: bytes, head: Head) -> bytes:
    """Return a whole answer, packed if the browser takes it and nobody's words can be in it."""
    said, _, body = answer.partition(_END)
    lines = said.split(b"\r\n")
    if not may_be(head, lines) or len(body) < LEAST:
        return answer
    small = gzip.compress(body, SPEED, mtime=0)
    kept = [line for line in lines if not line.startswith(b"Content-Length:")]
    added = [b"Content-Encoding: gzip", b"Vary: Accept-Encoding", b"Content-Length: %d" % len(small)]
    return b"\r\n".join((*kept, *added)) + _END + small


def may_be(head: Head, lines: list[bytes]) -> bool:
    """Tell whether an answer with these header lines may be packed."""
    taken = {coding.split(";")[0].strip() for coding in head.headers.get("ACCEPT-ENCODING", "").lower().split(",")}
    return (
        head.method in ("GET", "HEAD")
        and not head.query
        and "gzip" in taken
        and any(line.startswith(PACKED) for line in lines)
        and not any(line.startswith((b"Content-Encoding:", b"Vary:")) for line in lines)
    )
