"""Where the things of a link chart stand: one thing at the centre, what it is linked to around it.

Drawn on the server so that a chart needs no script, is the same for everyone who looks at it, and prints. The same
things in the same order always stand in the same places: no random start, and nothing moves between two looks
unless something was added.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Points = npt.NDArray[np.float64]

GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))
"""Turning by this, each new point falls in the widest gap left (Vogel 1979), so the start is even at any number."""

FORCE_ROUNDS = 160
APART_ROUNDS = 240
PULL_TO_CENTRE = 0.02


@dataclass(frozen=True, slots=True)
class Link:
    """A line between two boxes, by their positions in the list; `strength` from 0 to 1 draws them closer."""

    left: int
    right: int
    strength: float = 1.0


def arrange(sizes: Sequence[tuple[float, float]], links: Sequence[Link], *, width: float, height: float) -> Points:
    """Return the centre of each box, shape (n, 2), the first one in the middle of a `width` by `height` frame.

    Forces as in Fruchterman and Reingold (1991), the frame's proportions taken into account; then boxes that still
    overlap are pushed apart. Boxes never leave the frame; where the frame is too small for them all they may overlap.

    Args:
        sizes: Width and height of each box with its label, in the frame's units.
        links: Which boxes are linked; links to oneself are ignored.
        width: Of the frame.
        height: Of the frame.
    """
    boxes = np.asarray(sizes, dtype=np.float64).reshape(-1, 2)
    if len(boxes) == 0:
        return np.empty((0, 2))
    # The sums are done in a square of side 1, so that a wide frame is filled as well as a tall one.
    frame = np.array([width, height])
    spread = _settle(_start(len(boxes)), links)
    return _push_apart(_stretch(spread, boxes, frame), boxes, frame)


def _start(count: int) -> Points:
    """Return a sunflower in the unit square: the first point in the middle, the others evenly around it."""
    turn = np.arange(count) * GOLDEN_ANGLE
    radius = 0.45 * np.sqrt(np.arange(count) / max(count - 1, 1))
    return np.stack([0.5 + radius * np.cos(turn), 0.5 + radius * np.sin(turn)], axis=1)


def _settle(points: Points, links: Sequence[Link]) -> Points:
    """Return the points after every pair has pushed and every link has pulled, cooling as it goes."""
    count = len(points)
    if count == 1:
        return points
    wanted = math.sqrt(1 / count)
    left = np.array([link.left for link in links if link.left != link.right], dtype=np.intp)
    right = np.array([link.right for link in links if link.left != link.right], dtype=np.intp)
    strength = np.array([link.strength for link in links if link.left != link.right])
    for heat in np.linspace(0.1, 0.002, FORCE_ROUNDS):
        gap = points[:, None, :] - points[None, :, :]
        distance = np.maximum(np.sqrt((gap**2).sum(axis=2)), 1e-6)
        move = (gap * (wanted**2 / distance**2)[:, :, None]).sum(axis=1)
        if len(left):
            pull = points[left] - points[right]
            pull *= ((0.3 + strength) * np.maximum(np.sqrt((pull**2).sum(axis=1)), 1e-6) / wanted)[:, None]
            np.subtract.at(move, left, pull)
            np.add.at(move, right, pull)
        move -= PULL_TO_CENTRE * (points - 0.5)
        length = np.maximum(np.sqrt((move**2).sum(axis=1)), 1e-9)
        points = points + move * (np.minimum(length, heat) / length)[:, None]
        points[0] = 0.5
    return points


def _stretch(points: Points, boxes: Points, frame: Points) -> Points:
    """Return the points spread over the frame with the first in its middle and no box over the edge."""
    offset = points - points[0]
    reach = np.maximum(np.abs(offset).max(axis=0), 1e-6)
    room = np.maximum(frame / 2 - boxes.max(axis=0) / 2, 1.0)
    placed: Points = frame / 2 + offset / reach * room
    return placed


def _push_apart(points: Points, boxes: Points, frame: Points) -> Points:
    """Return the points with overlapping boxes moved apart along the axis that needs least; the first stays."""
    need = (boxes[:, None, :] + boxes[None, :, :]) / 2
    order = np.sign(np.arange(len(points))[:, None] - np.arange(len(points))[None, :]).astype(np.float64)
    itself = np.eye(len(points), dtype=np.bool_)
    low, high = boxes / 2, np.maximum(frame - boxes / 2, boxes / 2)
    for _ in range(APART_ROUNDS):
        gap = points[:, None, :] - points[None, :, :]
        over = need - np.abs(gap)
        touching = (over > 0.5).all(axis=2) & ~itself  # noqa: PLR2004 - half a unit is not seen
        if not touching.any():
            break
        # Two boxes at one spot have no direction to leave in: their order decides.
        side = np.where(np.abs(gap) < 1e-9, order[:, :, None], np.sign(gap))  # noqa: PLR2004 - as good as equal
        across = over[:, :, 0] <= over[:, :, 1]
        step = np.where(np.stack([across, ~across], axis=2), over * side * 0.55, 0.0)
        step[~touching] = 0.0
        points = np.clip(points + step.sum(axis=1) * 0.6, low, high)
        points[0] = frame / 2
    return points
