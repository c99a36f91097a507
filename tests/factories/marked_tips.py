"""Invented tips with their mentions marked by hand, and the scores of the recognisers on them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from lastpiece.fit.mentions.recognising import Mention

FOLDER = Path(__file__).parents[1] / "fit" / "mentions" / "tips"
_MARK = re.compile(r"\[\[(?P<kind>[a-z]+)\|(?P<value>[^|]*)\|(?P<surface>[^\]]+)\]\]")


@dataclass(frozen=True)
class Label:
    """One mention, or trap, as a person marked it; value None where it is not scored."""

    start: int
    end: int
    kind: str
    value: str | None

    @property
    def row(self) -> str:
        partial = self.kind in {"plate", "phone"} and any(c in (self.value or "") for c in "?*")
        return f"partial {self.kind}" if partial else self.kind


@dataclass(frozen=True)
class MarkedTip:
    text: str
    labels: tuple[Label, ...]
    traps: tuple[Label, ...]


@dataclass
class Score:
    """Counts for one kind: marked, proposed, met by overlap, met exactly, values scored and right."""

    marked: int = 0
    proposed: int = 0
    found: int = 0
    right: int = 0
    exact: int = 0
    valued: int = 0
    value_right: int = 0

    @property
    def recall(self) -> float:
        return self.found / self.marked if self.marked else 1.0

    @property
    def precision(self) -> float:
        return self.right / self.proposed if self.proposed else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass
class Scores:
    kinds: dict[str, Score] = field(default_factory=dict)
    traps: int = 0
    traps_hit: int = 0
    misses: list[str] = field(default_factory=list)

    def of(self, row: str) -> Score:
        return self.kinds.setdefault(row, Score())


def tips(name: str) -> tuple[MarkedTip, ...]:
    """Read `seen` or `held_out`."""
    lines = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return tuple(_tip(line) for line in lines if line and not line.startswith("#"))


def _tip(marked: str) -> MarkedTip:
    pieces: list[str] = []
    labels: list[Label] = []
    reached = length = 0
    for mark in _MARK.finditer(marked):
        pieces += [marked[reached : mark.start()], mark["surface"]]
        length += mark.start() - reached
        value = None if mark["value"] in {"-", ""} else mark["value"]
        labels.append(Label(length, length + len(mark["surface"]), mark["kind"], value))
        length += len(mark["surface"])
        reached = mark.end()
    text = "".join(pieces) + marked[reached:]
    real = tuple(label for label in labels if label.kind != "trap")
    return MarkedTip(text, real, tuple(label for label in labels if label.kind == "trap"))


def score(marked: Iterable[tuple[MarkedTip, Sequence[Mention]]]) -> Scores:
    """Score mentions against marks as `labelling.md` says: overlap, exact span, value, traps hit."""
    scores = Scores()
    for tip, mentions in marked:
        for label in tip.labels:
            _score_label(scores, tip, label, mentions)
        for mention in mentions:
            _score_mention(scores, tip, mention)
        scores.traps += len(tip.traps)
        scores.traps_hit += sum(any(_overlap(trap, m) for m in mentions) for trap in tip.traps)
    return scores


def _score_label(scores: Scores, tip: MarkedTip, label: Label, mentions: Sequence[Mention]) -> None:
    row = scores.of(label.row)
    row.marked += 1
    met = [m for m in mentions if _overlap(label, m) and same_kind(label, m, tip.text)]
    surface = tip.text[label.start : label.end]
    if not met:
        scores.misses.append(f"missed {label.row}: {surface!r}")
        return
    row.found += 1
    row.exact += any((m.start, m.end) == (label.start, label.end) for m in met)
    if label.value is not None:
        row.valued += 1
        right = any(_same_value(label, m) for m in met)
        row.value_right += right
        if not right:
            scores.misses.append(f"value of {label.row}: {surface!r} gives {met[0].value!r}, marked {label.value!r}")


def _score_mention(scores: Scores, tip: MarkedTip, mention: Mention) -> None:
    partial = mention.kind in {"plate", "phone"} and mention.partial
    row = scores.of(f"partial {mention.kind}" if partial else mention.kind)
    row.proposed += 1
    if any(_overlap(label, mention) and same_kind(label, mention, tip.text) for label in tip.labels):
        row.right += 1
    else:
        scores.misses.append(f"false {mention.kind}: {mention.text!r} ({mention.why})")


def _overlap(label: Label, mention: Mention) -> bool:
    return label.start < mention.end and mention.start < label.end


def same_kind(label: Label, mention: Mention, text: str) -> bool:
    """Whether the kinds agree; a bare first name may be either kind of name, a street either kind of place."""
    if label.kind == mention.kind:
        return True
    surface = text[label.start : label.end]
    if {label.kind, mention.kind} == {"person", "nickname"}:
        return " " not in surface
    return {label.kind, mention.kind} == {"place", "address"} and not any(c.isdigit() for c in surface)


def _same_value(label: Label, mention: Mention) -> bool:
    marked, found = (_comparable(value, label.kind) for value in (label.value, mention.value))
    return marked == found


def _comparable(value: str | None, kind: str) -> str:
    spread = (value or "").casefold()
    if kind == "plate" and spread.count("*") == 1:
        spread = spread.replace("*", "?" * max(0, 8 - len(spread)))
    return spread
