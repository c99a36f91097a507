"""Measure the recognisers on tips marked by hand: precision, recall, exact spans, values, traps, time.

Run: `uv run python -m benchmarks.extract.measure [seen|held_out|FOLDER] [--misses]`. A FOLDER is one that
`lastpiece world --out FOLDER` wrote; its truth file says which span is which mention.
"""

import json
import sys
import time
from pathlib import Path

from tests.factories.marked_tips import Label, MarkedTip, Scores, score, tips

from lastpiece.fit.mentions.recognising import recognise

REPEATS = 5


def main() -> None:
    """Print one table for each set asked for."""
    names = [name for name in sys.argv[1:] if not name.startswith("--")] or ["seen", "held_out"]
    for name in names:
        marked = tips(name) if name in {"seen", "held_out"} else _world(Path(name))
        scores = score((tip, recognise(tip.text)) for tip in marked)
        _print(name, marked, scores)
        if "--misses" in sys.argv:
            print("\n".join(scores.misses))


def _world(folder: Path) -> tuple[MarkedTip, ...]:
    """Read the reports of an invented county with their truth."""
    with (folder / "reports.jsonl").open(encoding="utf-8") as reports:
        texts = {row["id"]: row["text"] for row in map(json.loads, reports)}
    with (folder / "truth.jsonl").open(encoding="utf-8") as truth:
        rows = [json.loads(line) for line in truth]
    return tuple(
        MarkedTip(
            texts[row["id"]], tuple(Label(m["start"], m["end"], m["kind"], m["value"]) for m in row["mentions"]), ()
        )
        for row in rows
    )


def _print(name: str, marked: tuple[MarkedTip, ...], scores: Scores) -> None:
    print(f"\n{name}: {len(marked)} tips, {_milliseconds(marked):.2f} ms a tip")
    print(f"{'kind':15} {'marked':>6} {'recall':>6} {'prec.':>6} {'F1':>5} {'exact':>6} {'value':>6}")
    for kind, row in sorted(scores.kinds.items()):
        exact = row.exact / row.found if row.found else 1.0
        value = row.value_right / row.valued if row.valued else 1.0
        print(
            f"{kind:15} {row.marked:6} {row.recall:6.2f} {row.precision:6.2f} {row.f1:5.2f} {exact:6.2f} {value:6.2f}"
        )
    print(f"traps hit: {scores.traps_hit} of {scores.traps}")


def _milliseconds(marked: tuple[MarkedTip, ...]) -> float:
    start = time.process_time()
    for _ in range(REPEATS):
        for tip in marked:
            recognise(tip.text)
    return 1000 * (time.process_time() - start) / REPEATS / len(marked)


if __name__ == "__main__":
    main()
