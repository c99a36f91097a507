"""Figures: how well a linkage agrees with known truth. Nothing here reaches the linkage itself."""

from dataclasses import dataclass

import numpy as np

from lastpiece.fit.columns.column import Ints
from lastpiece.fit.columns.pairs import Pairs


@dataclass(frozen=True, slots=True)
class Figures:
    """Precision, recall and their harmonic mean, over pairs of rows."""

    precision: float
    recall: float
    f1: float


def figures_of_links(links: Pairs, truth: Ints) -> Figures:
    """Return the figures of a list of pairs.

    Args:
        links: The pairs, each once.
        truth: For each row the thing it truly is; −1 where that is not known, and then it counts nowhere.
    """
    left, right = truth[links.left], truth[links.right]
    known = (left >= 0) & (right >= 0)
    return _figures(int((left == right)[known].sum()), int(known.sum()), _pairs_within(truth[truth >= 0]))


def figures_of_groups(group: Ints, truth: Ints) -> Figures:
    """Return the figures of the pairs that groups imply, without listing them."""
    known = truth >= 0
    group, truth = np.unique(group[known], return_inverse=True)[1], truth[known]
    both = group * (int(truth.max(initial=0)) + 1) + truth
    return _figures(_pairs_within(both), _pairs_within(group), _pairs_within(truth))


def _pairs_within(labels: Ints) -> int:
    counts = np.unique(labels, return_counts=True)[1]
    return int((counts * (counts - 1) // 2).sum())


def _figures(right: int, said: int, true: int) -> Figures:
    precision = right / said if said else 0.0
    recall = right / true if true else 0.0
    return Figures(precision, recall, 2 * right / (said + true) if said + true else 0.0)
