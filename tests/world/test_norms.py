"""What the truth calls a value, the house's own kinds of value call so too."""

from datetime import date

import pytest

from lastpiece.values.kinds import KINDS
from lastpiece.world.county import invent
from lastpiece.world.sheet import Mention
from lastpiece.world.telling import tell


@pytest.fixture(scope="module")
def mentions() -> list[Mention]:
    county = invent(21, reports=2000, weeks=12, start=date(2026, 1, 5))
    return [mention for told in tell(county, 2000) for mention in told.mentions]


@pytest.mark.parametrize("kind", ["plate", "phone", "postcode", "drug", "weapon", "money"])
def test_a_norm_of_the_truth_is_a_norm_of_the_kind(mentions: list[Mention], kind: str) -> None:
    values = {mention.label.value for mention in mentions if mention.label.kind == kind}

    assert values
    assert {value: KINDS[kind].clean(value) for value in values if value} == {value: value for value in values}


def test_partial_is_said_of_exactly_the_values_with_unknowns(mentions: list[Mention]) -> None:
    for mention in mentions:
        value = mention.label.value or ""
        assert mention.label.partial == ("?" in value or "*" in value)
