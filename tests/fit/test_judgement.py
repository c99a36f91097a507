"""A judgement is about two pieces."""

from datetime import UTC, datetime

import pytest

from lastpiece.fit.judgement import Judgement, PieceWithItselfError, Verdict


def test_a_piece_cannot_be_judged_against_itself() -> None:
    with pytest.raises(PieceWithItselfError, match="same piece twice"):
        Judgement(1, 7, 7, Verdict.SAME, "a.analyst", datetime(2026, 3, 1, tzinfo=UTC))
