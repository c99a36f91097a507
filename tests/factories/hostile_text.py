"""What somebody types who wants to break a page, or who just has an odd keyboard."""

HOSTILE = {
    "long": "x" * 3_999,
    "control": "before\x00\x01\x07\x08\x0b\x0c\x1b[31m\x7f\x85\x9fafter",
    "override": "the plate is \u202eDXK 91QK\u202c and he said \u2067\u202dmore",
    "unclosed": "\u202a\u202b\u202d\u202e\u2066\u2067\u2068 never closed",
    "script": "<script>alert(1)</script>\"><img src=x onerror=alert(1)>'</textarea></main><script>alert(2)</script>",
    "template": "{{ pack.force }}{% include 'front/home.html' %}{over}%s%n",
    "emoji": "🧩" * 3_900,
    "family": "👩\u200d👧\u200d👦 ضع هنا \u0e49\u0e49\u0e49 Z\u0351\u0353\u0355a\u0489lgo \ufdfd \ufeff\u2028\u2029end",
    "sql": "'; DROP TABLE report; -- \\' OR 1=1",
    "lines": "one\r\ntwo\rthree\n\n\n\tfour",
    "header": "a\r\nSet-Cookie: x=1\r\n\r\n<html>",
}
"""Name → text; none is longer than what any question takes."""

TURNING = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""The marks that turn text round."""
