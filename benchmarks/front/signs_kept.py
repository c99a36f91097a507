"""Sentences with a sign of a threat, of harm or of a child: in a proposed item, or shown as left out. None may be lost.

Run: `python -m benchmarks.front.signs_kept [--reports N]`. The reports are an invented county's; the signs are looked
for in the whole text, and each must stand in a proposed text or in the list the assessor is shown. Exits 1 when one
does not.
"""

import argparse
import sys
from collections import Counter
from datetime import date

from lastpiece.assess.children import harm_signs, words_for_a_child
from lastpiece.assess.items import propose_items
from lastpiece.assess.sanitising import propose_sanitised
from lastpiece.assess.signs import left_out, signed_sentences
from lastpiece.assess.triage import threat_to_life
from lastpiece.world.county import invent
from lastpiece.world.telling import tell


def main() -> int:
    """Print the counts and return how to exit."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--reports", type=int, default=20_000, help="how many reports are told")
    reports = asked.parse_args().reports
    county = invent(3, reports=reports, weeks=12, start=date(2026, 1, 5))
    counted: Counter[str] = Counter()
    lost: list[str] = []
    for told in tell(county, reports):
        counted["reports"] += 1
        items = [propose_sanitised(item).text for item in propose_items(told.text)]
        signed = signed_sentences(told.text)
        left = left_out(signed, items)
        counted["sentences with a sign"] += len(signed)
        counted["left out of every proposed item, so shown"] += len(left)
        counted["reports with such a list"] += bool(left)
        lost += [told.id] if _lost(told.text, [*items, *(sentence.text for sentence in left)]) else []
    for name, count in counted.items():
        print(f"{name:45}{count:>8,}")
    print(f"{'lost':45}{len(lost):>8,}")
    return 1 if lost else 0


def _lost(text: str, shown: list[str]) -> bool:
    """Return whether a sign's own words stand nowhere in what the assessor is shown."""
    low = [" ".join(words.casefold().split()) for words in shown]
    threats = [(sign.start, sign.end) for sign in threat_to_life(text)]
    harm = [(sign.start, sign.end) for sign in harm_signs(text, teller_is_child=False)]
    places = (*threats, *harm, *words_for_a_child(text))
    words = (" ".join(text[start:end].casefold().split()) for start, end in places)
    return any(not any(one in line for line in low) for one in words)


if __name__ == "__main__":
    sys.exit(main())
