"""Every input that a fuzzer ever found interesting is tried again."""

import pytest
from tests.factories.fuzz_targets import TARGETS, FuzzTarget


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_no_kept_input_breaks_what_takes_bytes_from_strangers(target: FuzzTarget) -> None:
    inputs = target.corpus()
    assert len(inputs) >= 2
    for told in inputs:
        target.run(told)
