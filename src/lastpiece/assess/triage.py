"""Find words that say someone may be about to be killed or seriously hurt, so that a report is read first.

A list of cues, not a judgement: it may only put a report at the head of the queue, never leave one out.
A wish, a figure of speech and a threat that hangs on an "if" are left alone on purpose.
"""

import re
from dataclasses import dataclass

from lastpiece.values.writing import same_length_lower, straight


@dataclass(frozen=True, slots=True)
class Sign:
    """Where a text speaks of danger to life, and why that was thought."""

    start: int
    end: int
    why: str


_SOON = (
    r"(?:going to|gonna|gunna|gona|goin to|about to|planning (?:to|on)|plans to|threaten(?:ed|ing|s) to|"
    r"threatens|wants? to|says? (?:he|she|they)(?:'ll| will| is going to|'s going to|'s gonna)|"
    r"said (?:he|she|they)(?:'ll| will| would|'d| was going to| were going to| is going to)|(?:he|she|"
    r"they)(?:'ll| will)|on (?:his|her|their) way to|out to|looking to|coming to|trying to|paid to|"
    r"intends? to)"
)
_HARM = (
    r"(?:kill(?:ing)?|murder(?:ing)?|stab(?:bing)?|shoot(?:ing)?|shank|slash|torture|strangle|behead|"
    r"burn(?:ing)?|petrol ?bomb|fire ?bomb|throw acid|beat(?:ing)? (?:him|her|them|me|someone) (?:to "
    r"death|up bad)|"
    r"do (?:him|her|them|me) in|finish (?:him|her|them|me)(?: off)?|put (?:him|her|them|me) in "
    r"(?:hospital|the ground|a box)|take (?:him|her|them|me) out|blow (?:his|her|their) (?:head|brains)|"
    r"set (?:fire to|alight)|"
    r"set (?:it|(?:his|her|their|the) (?:house|flat|place)) on fire|kidnap|run (?:him|her|them|me) over|"
    r"cut (?:him|her|them|me|his|her|their))"
)
_SOMEONE = r"(?:him|her|them|me|us|someone|somebody|his|her|their|the|my|a|that|this|each|everyone|[a-z]+)"

_CUES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), why)
    for pattern, why in (
        (
            rf"\b{_SOON} (?:\w+ ){{0,2}}?{_HARM}(?: {_SOMEONE}\b)?",
            "someone is said to be about to kill or seriously hurt a person",
        ),
        (
            (
                r"\b(?:death threats?|threats? to (?:kill|(?:his|her|their|my) life)|threatened (?:his|her|their|my) "
                r"life|price on (?:his|her|their|my) head|hit (?:out )?on (?:him|her|them|me)|contract (?:out )?on)\b"
            ),
            "a threat to kill",
        ),
        (
            (
                r"\b(?:he|she|they)(?:'s|'re| is| are| will be|'ll be|'s going to be| going to be| gonna be) (?:gonna "
                r"|going to )?(?:get (?:stabbed|shot|killed)|be (?:killed|stabbed|shot)|end up dead|dead by|get "
                r"murdered)\b"
            ),
            "someone is expected to be killed or seriously hurt",
        ),
        (
            (
                r"\b(?:end up (?:dead|killed|in a body bag)|won't (?:last|live|make it)(?: through)? (?:the|till|"
                r"until|tonight|another)|someone(?:'s| is| will)(?: going to| gonna)? (?:die|get killed|be killed|get "
                r"stabbed|get shot))\b"
            ),
            "someone is expected to die",
        ),
        (
            (
                r"\b(?:being held|held (?:there |in there |hostage|captive|prisoner|against (?:his|her|their|my) "
                r"will)|(?:won't|not) let(?:ting)? (?:him|her|them|me) (?:leave|out|go)|(?:can't|cannot|cant|unable "
                r"to) (?:get out|leave the (?:house|flat))|locked (?:him|her|them|me|in the|in a|inside|up in)|"
                r"kidnapped|tied up|hostage)\b"
            ),
            "a person may be held",
        ),
        (
            (
                r"\b(?:is|are|was|were|'s|been|lying|lies) (?:there )?(?:bleeding|unconscious|not breathing|barely "
                r"breathing|unresponsive|turning blue|having a fit)\b|\b(?:bleeding (?:out|badly|heavily)|not "
                r"breathing|overdos(?:ed|ing))\b"
            ),
            "someone may be gravely hurt now",
        ),
        (
            (
                r"\b(?:kill (?:my|him|her)self|kill themselves|end (?:my|his|her) (?:own )?life|suicidal|suicide|take "
                r"(?:my|his|her) own life|don't want to (?:live|be here) any ?more)\b"
            ),
            "someone may be about to take their own life",
        ),
        (
            (
                r"\b(?:in danger (?:right )?now|life is in danger|lives? (?:is|are) at risk|danger (?:of|to) (?:his|"
                r"her|their|my) life|fear(?:s|ing)? for (?:his|her|their|my) (?:life|lives|safety))\b"
            ),
            "someone's life is said to be in danger",
        ),
        (
            (
                r"\b(?:right now|happening now|as i (?:type|write)|now)\b[^.!?]{0,50}\b(?:with a (?:knife|gun|"
                r"machete)|being (?:attacked|stabbed|beaten|raped))\b|\bbeing (?:attacked|stabbed|beaten|raped|"
                r"tortured)\b"
            ),
            "an attack is said to be under way",
        ),
        (
            (
                r"\b(?:child|kid|baby|girl|boy|toddler)s? (?:is |are |has been |was |been )?(?:left )?(?:alone in|on "
                r"(?:his|her|their) own in|stranded|abandoned)\b"
            ),
            "a child may be stranded",
        ),
    )
)
_FIGURE = re.compile(
    r"\b(?:kill(?:s|ing)? (?:time|the (?:mood|lights?|engine|vibe|business|trade|town|street|area))|"
    r"(?:heat|wait|feet|back|noise|smell) is killing|shoot(?:ing)? (?:off|up|hoops|the breeze|pool|past|"
    r"past us|a video|a film)|burn(?:ing)? (?:rubber|rubbish|a hole|off|stuff|the rubbish)|cut (?:his|her|"
    r"their) (?:hair|grass|hedge|losses|the|price|prices|lawn)|dying to)\b"
)
_IF = re.compile(r"\bif\b|\bunless\b|\bin case\b")
_WOULD = re.compile(r"\b(?:would|'d|might|could)\b")


def threat_to_life(text: str) -> tuple[Sign, ...]:
    """Return the signs of danger to life in `text`, in order, without overlaps; offsets are code points."""
    low = same_length_lower(straight(text))
    found = [Sign(m.start(), m.end(), why) for cue, why in _CUES for m in cue.finditer(low) if not _harmless(low, m)]
    kept: list[Sign] = []
    for sign in sorted(found, key=lambda sign: (sign.start, -sign.end)):
        if not kept or sign.start >= kept[-1].end:
            kept.append(sign)
    return tuple(kept)


def _harmless(low: str, found: re.Match[str]) -> bool:
    """Return whether the words are a figure of speech, or a threat that is only imagined ("he'd kill her if")."""
    near = low[found.start() : found.end() + 20]
    if _FIGURE.search(near):
        return True
    clause = re.split(r"[.!?\n]", low[found.end() :], maxsplit=1)[0][:40]
    return bool(_WOULD.search(found[0]) and not found[0].startswith("said") and _IF.search(clause))
