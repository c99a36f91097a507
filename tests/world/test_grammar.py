import pytest

from lastpiece.world.chance import Chance
from lastpiece.world.grammar import Label, PhraseBroken, Writer, parse, phrase_book
from lastpiece.world.scene import SLOTS


def slots_of(node: object) -> set[str]:
    if isinstance(node, tuple):
        return set().union(*(slots_of(part) for part in node)) if node else set()
    if isinstance(node, str):
        return set()
    if hasattr(node, "name"):
        return {str(node.name)}
    return slots_of(node.options if hasattr(node, "options") else getattr(node, "inner", ()))


def test_every_slot_of_the_phrase_book_is_a_rule_or_a_fact_of_the_scene() -> None:
    book = phrase_book()
    asked = {slot for options in book.values() for slot in slots_of(options) if not slot.startswith("=")}

    assert asked <= set(book) | SLOTS


def test_no_rule_hides_a_fact_of_the_same_name() -> None:
    assert not set(phrase_book()) & SLOTS


def test_every_voice_can_greet_explain_and_part() -> None:
    from lastpiece.world.voices import VOICES  # noqa: PLC0415 - read beside its rules

    for voice in VOICES.values:
        assert {f"{voice.name}.open", f"{voice.name}.how", f"{voice.name}.close"} <= set(phrase_book())


@pytest.mark.parametrize("text", ["# a\n[one|two", "# a\n{home", "# a\n<viewpoint: from here", "first\n# a"])
def test_a_broken_phrase_is_refused(text: str) -> None:
    with pytest.raises(PhraseBroken):
        parse(text)


def test_a_written_out_mention_carries_its_kind() -> None:
    def nothing(slot: str) -> str:
        raise AssertionError(slot)

    chance = Chance(1)
    bits = [bit for _ in range(40) for bit in Writer(chance, nothing).write("parent.how")]

    assert any(bit.label == Label("time", None) and bit.text == "every morning" for bit in bits)
    assert any(bit.tells == "viewpoint" for bit in bits)
