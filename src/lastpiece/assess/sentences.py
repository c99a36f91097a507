"""Where the sentences of a report begin and end, as people type them: an abbreviation or a time ends none."""

import re

_SENTENCE = re.compile(r"[^.!?\n;]+(?:[.!?]+(?=[^\s.!?;])[^.!?\n;]+)*[.!?]*")
_ABBREVIATION = re.compile(r"\b(?:mr|mrs|ms|dr|st|no|approx|reg|rd|ave|e\.g|i\.e|[a-z])\.$", re.IGNORECASE)


def sentence_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Return the start and end of each sentence in order, as code points; what holds no letter or digit is none."""
    spans: list[tuple[int, int]] = []
    for found in _SENTENCE.finditer(text):
        start, end = found.span()
        if not any(c.isalnum() for c in found[0]):
            continue
        if spans and _ABBREVIATION.search(text[slice(*spans[-1])].rstrip()):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return tuple(spans)


def sentences(text: str) -> tuple[str, ...]:
    """Return the sentences of `text` with single spaces."""
    return tuple(" ".join(text[start:end].split()) for start, end in sentence_spans(text))
