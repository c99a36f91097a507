"""Shows what somebody else typed so that it cannot disturb what stands around it, or be read other than it was meant.

Some characters are not seen but turn the text after them round: with one of them a number plate reads backwards, or a
name seems to belong to the next line. They are drawn as a mark, and the text is kept apart from its neighbours.
"""

import re

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

_TURNS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Unicode's marks, embeddings, overrides and isolates of direction (Unicode Standard Annex 9)."""
_MARK = '<span class="turned" title="A mark that turns text round stood here">◇</span>'


@register.filter
def as_typed(text: object) -> SafeString:
    """Draw a text as it was typed, in its own direction, with the unseen marks that turn text round made visible."""
    shown = _TURNS.sub(_MARK, str(conditional_escape(text if isinstance(text, str) else str(text))))
    return mark_safe(f'<bdi dir="auto">{shown}</bdi>')  # noqa: S308 - escaped the line before
