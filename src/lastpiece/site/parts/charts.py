"""What a bar chart shows, as plain values; the part draws it on the server with its table beside it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar. `amount` None means "not published": the table says `text` and no bar is drawn."""

    label: str
    amount: float | None
    text: str
    """The value as people read it, with its unit: "22", "£10,256", "fewer than 5"."""
    provisional: bool = False
    accent: bool = False


@dataclass(frozen=True, slots=True)
class BarChart:
    """Bars under one heading; all amounts are in one unit and not negative."""

    caption: str
    label_heading: str
    value_heading: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class DrawnBar:
    """Where a bar lies in the drawing, in SVG units."""

    bar: Bar
    top: int
    width: float

    @property
    def baseline(self) -> int:
        """Return the line its label and value stand on."""
        return self.top + 19

    @property
    def value_left(self) -> float:
        """Return where its value starts."""
        return LABEL_WIDTH + self.width + 8


LABEL_WIDTH = 210
BAR_WIDTH = 330
DRAWING_WIDTH = 640
ROW_HEIGHT = 32


def draw(chart: BarChart) -> tuple[DrawnBar, ...]:
    """Return every bar with its place; the longest bar fills the width."""
    longest = max((bar.amount for bar in chart.bars if bar.amount), default=0.0)
    return tuple(
        DrawnBar(bar, row * ROW_HEIGHT, round(BAR_WIDTH * (bar.amount or 0) / longest, 1) if longest else 0.0)
        for row, bar in enumerate(chart.bars)
    )
