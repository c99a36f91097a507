"""Notice that a report must be judged alone, however much it looks like others: never set aside with a group.

Whoever floods the desk with copies of a true report wants it thrown away among them. So the lists here are wide and
blind to sense: any word of violence, any word for a child, any language that our lists do not read keeps a report out.
One kept out for nothing costs a person a minute; one set aside wrongly may cost a life.
"""

import re
from typing import Literal

from lastpiece.assess.children import harm_signs, may_speak_of_a_child
from lastpiece.assess.questions import suggests_child
from lastpiece.assess.triage import threat_to_life
from lastpiece.values.writing import plain

Sign = Literal["danger", "child", "language"]

_DANGER = re.compile(
    r"\b(?:kill|murder|stab|shoot|shot|gun|knife|knives|machete|blade|sword|pistol|rifle|weapon|armed|dead|death|die|"
    r"dying|hurt|harm|attack|beat|batter|punch|kick|rape|raping|sexual|abus|threat|hostage|kidnap|prisoner|trapped|"
    r"locked|tied up|held|suicid|overdos|bleed|blood|unconscious|breath|danger|scare|afraid|terrif|frighten|acid|"
    r"petrol|burn|bomb|explo|tortur|strangl|chok|drown|slave|traffick|forced|shank|slash|rambo|zombie|emergenc|urgent|"
    r"help me|my life|(?:his|her|their) life|self harm|wants? to go home|revenge|retaliat|tonight)\w*"
)
_COMMON_WORDS = (
    "the and of is with from this that there they you has have his her he she who what when where which their him "
    "them for not been were into about every always never because someone somebody people ppl our your only just "
    "saw told said says looked looks sells selling deals dealing using keeping keeps getting goes lives leaves "
    "around along behind between near outside yesterday tonight night nights morning evening evenings afternoon "
    "monday tuesday wednesday thursday friday saturday sunday weekend weekends week days please dont cant hes "
    "shes theyre dey subject caller reports boys lads girls kids young older woman something anything nothing "
    "other being doing noisy would could should did does"
    " me mum stepdad stepmum brother sister friend school hit hits hurts scared afraid says makes gets knows"
)
_COMMON = frozenset(_COMMON_WORDS.split())
"""Nearly every English sentence has one of these. What Welsh, Polish or Romanian write too is not among them: "are" is
Romanian for "has", "was" Polish for "you"."""
_SHORTENED = re.compile(r"n't\b|'(?:ve|ll)\b|\b(?:it|he|she|that|there|who)'s\b")
_FEW_WORDS = 5
_LETTERS = re.compile(r"[^\W\d_]")


def signs_alone(text: str, *, language: str) -> tuple[Sign, ...]:
    """Return why a report with these words may not be set aside with others, in a fixed order; empty for no reason.

    `language` is the BCP-47 code of the page it was told on.
    """
    found: dict[Sign, bool] = {
        "danger": _DANGER.search(plain(text)) is not None or bool(threat_to_life(text)),
        "child": may_speak_of_a_child(text) or suggests_child(text) or bool(harm_signs(text, teller_is_child=True)),
        "language": not reads_as_english(text, language),
    }
    return tuple(sign for sign, here in found.items() if here)


def reads_as_english(text: str, language: str) -> bool:
    """Return whether our lists could have read it; a few words alone say nothing of their language.

    `language` is the BCP-47 code of the page it was told on, or of what it was recorded in.
    """
    if language.partition("-")[0].lower() != "en":
        return False
    bare = plain(text)
    if any(not letter.isascii() for letter in _LETTERS.findall(bare)):
        return False
    said = re.findall(r"[a-z]+", bare)
    return len(said) < _FEW_WORDS or not _COMMON.isdisjoint(said) or _SHORTENED.search(bare) is not None
