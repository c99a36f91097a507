"""A link chart and a waterfall as shapes with their places, for an SVG template: no database and no page in here.

Each kind has a shape of its own, and its name stands under the label, so that no meaning rests on colour. The chart
carries no number about a person: a line says how many items mention both ends, nothing says what anyone is "worth".
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

from lastpiece.fit.layout import Link, arrange

LABEL_LIMIT = 22
LETTER_WIDTH = 7.6
SMALL_LETTER_WIDTH = 6.2
BOX_HEIGHT = 102.0
SHAPE_LIFT = 8.0
"""How far the shape stands above its box's middle, in units, so that shape and text together are centred."""

SHAPES = {
    "person": "M-20,0 A20,20 0 1 1 20,0 A20,20 0 1 1 -20,0 Z",
    "nickname": "M-20,0 A20,20 0 1 1 20,0 A20,20 0 1 1 -20,0 Z M-14,0 A14,14 0 1 1 14,0 A14,14 0 1 1 -14,0 Z",
    "handle": "M-18,-14 H18 V8 H-4 L-14,18 V8 H-18 Z",
    "phone": "M-12,-20 H12 V20 H-12 Z M-6,14 H6",
    "plate": "M-27,-12 H27 V12 H-27 Z M-20,-12 V12",
    "vehicle": "M-26,8 V-2 L-18,-4 L-11,-15 H10 L18,-4 L26,-2 V8 Z M-16,8 V14 M16,8 V14",
    "address": "M-18,18 V-4 L0,-20 L18,-4 V18 Z",
    "postcode": "M-22,-14 H22 V14 H-22 Z M-22,-14 L0,3 L22,-14",
    "place": "M0,20 L-15,-3 A16,16 0 1 1 15,-3 Z",
    "organisation": "M-20,0 L-10,-18 H10 L20,0 L10,18 H-10 Z",
    "drug": "M-20,16 L0,-20 L20,16 Z",
    "weapon": "M-20,-16 L20,-16 L0,20 Z",
    "money": "M-24,-11 H24 V11 H-24 Z M-7,0 A7,7 0 1 1 7,0 A7,7 0 1 1 -7,0 Z",
    "time": "M-8,-20 H8 L20,-8 V8 L8,20 H-8 L-20,8 V-8 Z",
}
"""One outline a kind, drawn round (0, 0), as an SVG path."""

OTHER_SHAPE = "M0,-20 L20,0 L0,20 L-20,0 Z"


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing of the picture to be drawn.

    Attributes:
        key: Its id in the picture.
        kind: A kind of value.
        label: Its name, shortened when drawn.
        href: Its own page.
        items: How many items of information mention it.
        newest: True for what the latest piece brought.
        possible_victim: True for a person who may be a victim; said before the name.
        proposed: True for what the one in the middle may be, and nobody has decided.
    """

    key: int
    kind: str
    label: str = field(repr=False)
    href: str
    items: int = 1
    newest: bool = False
    possible_victim: bool = False
    proposed: bool = False


@dataclass(frozen=True, slots=True)
class Tie:
    """Two things that the same items mention, or with `proposed` two that the engine thinks may be one."""

    left: int
    right: int
    items: int
    proposed: bool = False


@dataclass(frozen=True, slots=True)
class DrawnThing:
    """A thing with its place; numbers are text, ready for an attribute."""

    thing: Thing
    x: str
    y: str
    shape: str
    label: str = field(repr=False)
    kind_line: str
    central: bool


@dataclass(frozen=True, slots=True)
class DrawnTie:
    """A line with its two ends and, in words, what it stands for."""

    x1: str
    y1: str
    x2: str
    y2: str
    width: str
    proposed: bool
    sentence: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Drawing:
    """A whole chart."""

    width: int
    height: int
    things: tuple[DrawnThing, ...]
    ties: tuple[DrawnTie, ...]


FRAMES = ((6, 560, 400), (9, 660, 480), (12, 760, 560))
"""Up to so many things fit a frame of this width and height: a small frame keeps the words large."""

LARGEST_FRAME = (860, 640)


def draw(things: Sequence[Thing], ties: Sequence[Tie]) -> Drawing:
    """Return the chart of `things`, the first one in the middle. Ties to things that are not drawn are left out."""
    width, height = next(((w, h) for most, w, h in FRAMES if len(things) <= most), LARGEST_FRAME)
    place = {thing.key: index for index, thing in enumerate(things)}
    drawn = [tie for tie in ties if tie.left in place and tie.right in place]
    most = max((tie.items for tie in drawn), default=1)
    points = arrange(
        [(_text_width(thing), BOX_HEIGHT) for thing in things],
        [Link(place[tie.left], place[tie.right], tie.items / most) for tie in drawn],
        width=width,
        height=height,
    )
    at = [(float(x), float(y) - SHAPE_LIFT) for x, y in points]
    return Drawing(
        width=width,
        height=height,
        things=tuple(_drawn(thing, *at[index], central=index == 0) for index, thing in enumerate(things)),
        ties=tuple(_line(tie, things, place, at) for tie in drawn),
    )


def _text_width(thing: Thing) -> float:
    lines = [len(shorten(thing.label)) * LETTER_WIDTH, len(_kind_line(thing)) * SMALL_LETTER_WIDTH]
    return max(64.0, *lines) + 10


def shorten(label: str) -> str:
    """Return the label cut to what fits under a shape."""
    return label if len(label) <= LABEL_LIMIT else label[: LABEL_LIMIT - 1].rstrip() + "…"


def _kind_line(thing: Thing) -> str:
    count = "1 item" if thing.items == 1 else f"{thing.items} items"
    return f"{thing.kind} · {count}"


def _drawn(thing: Thing, x: float, y: float, *, central: bool) -> DrawnThing:
    return DrawnThing(
        thing=thing,
        x=f"{x:.1f}",
        y=f"{y:.1f}",
        shape=SHAPES.get(thing.kind, OTHER_SHAPE),
        label=shorten(thing.label),
        kind_line=_kind_line(thing),
        central=central,
    )


def _line(tie: Tie, things: Sequence[Thing], place: dict[int, int], at: Sequence[tuple[float, float]]) -> DrawnTie:
    left, right = place[tie.left], place[tie.right]
    count = "One item mentions" if tie.items == 1 else f"{tie.items} items mention"
    return DrawnTie(
        x1=f"{at[left][0]:.1f}",
        y1=f"{at[left][1]:.1f}",
        x2=f"{at[right][0]:.1f}",
        y2=f"{at[right][1]:.1f}",
        width=f"{min(1.5 + 1.2 * (tie.items - 1), 6.0):.1f}",
        proposed=tie.proposed,
        sentence=f"{things[left].label} may be the same as {things[right].label}; nobody has decided"
        if tie.proposed
        else f"{count} both {things[left].label} and {things[right].label}",
    )


@dataclass(frozen=True, slots=True)
class Step:
    """One reason of a waterfall: where its bar starts and how long it is, in hundredths of the whole width."""

    feature: str
    sentence: str = field(repr=False)
    bits: str
    supports: bool
    start: str
    length: str
    items: tuple[tuple[int, str], ...]
    """The items it rests on: number, and the reference that people quote."""


@dataclass(frozen=True, slots=True)
class Waterfall:
    """The reasons of a link, each bar beginning where the one before it ended; `zero` and `total` are places."""

    steps: tuple[Step, ...]
    zero: str
    total: str
    bits: str


def waterfall(parts: Sequence[Mapping[str, Any]], references: Mapping[int, str]) -> Waterfall:
    """Return the bars for a proposal's `parts`; `references` says what people call each item."""
    weights = [float(part["bits"]) for part in parts]
    ends = [0.0, *accumulate(weights)]
    low, high = min(ends), max(ends)
    scale = 100 / max(high - low, 1e-9)

    def place(bits: float) -> float:
        return (bits - low) * scale

    steps = tuple(
        Step(
            feature=str(part["feature"]),
            sentence=str(part["sentence"]),
            bits=signed(weight),
            supports=weight >= 0,
            start=f"{min(place(before), place(before + weight)):.2f}",
            length=f"{max(abs(weight) * scale, 0.6):.2f}",
            items=tuple((item, references.get(item, str(item))) for item in part["items"]),
        )
        for part, weight, before in zip(parts, weights, ends, strict=False)
    )
    return Waterfall(steps, f"{place(0):.2f}", f"{place(ends[-1]):.2f}", signed(ends[-1]))


def signed(bits: float) -> str:
    """Return bits with their sign, a true minus and one decimal: “+6.2”, “−1.0”."""
    return f"{bits:+.1f}".replace("-", "−")
