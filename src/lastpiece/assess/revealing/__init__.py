"""What gives a teller away: the rules of `sanitising`, each with its reason and what to write instead.

The kinds are those of `docs/explanation/sanitising.md`.
"""

from lastpiece.assess.revealing import acts, places, ties
from lastpiece.assess.revealing.rule import Rule

__all__ = ["RULES", "Rule"]

RULES: tuple[Rule, ...] = (*ties.RULES, *places.RULES, *acts.RULES)
"""Every rule; where two find the same words the longer wins."""
