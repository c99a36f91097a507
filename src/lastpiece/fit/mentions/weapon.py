"""Recognise weapons, and leave butter knives, bullet points and hammering on doors alone."""

import re
from collections.abc import Iterator

from lastpiece.fit.mentions.lexicon import Lexicon, vocabulary
from lastpiece.fit.mentions.mention import Mention
from lastpiece.fit.mentions.reading import Reading
from lastpiece.values.weapon import weapon_words

_WORDS = weapon_words()
_LEXICON = Lexicon(_WORDS)
_DOUBTFUL = vocabulary("weapon-doubtful") | {
    "bread knife",
    "craft knife",
    "stanley knife",
    "steak knife",
    "iron bar",
    "metal bar",
    "metal pole",
    "kitchen knife",
    "kitchen knives",
    "pen knife",
    "penknife",
    "pocket knife",
    "cricket bat",
    "box cutter",
    "scaffold pole",
    "tool",
    "metal bars",
    "bottle of acid",
}
_VIOLENCE = re.compile(
    r"\b(?:carr(?:y|ies|ied|ying)|threat\w*|attack\w*|hit(?:ting)?|stab\w*|slash\w*|shoot\w*|shot|armed|"
    r"weapons?|hid(?:e|es|den|ing)?|stash\w*|pull(?:s|ed|ing)? (?:out )?(?:a|his|it)|wav(?:e|es|ed|ing)|"
    r"swing\w*|swung|chas\w*|"
    r"under (?:his|the|her)|tucked|waistband|down his|trousers|in (?:his|her|the) (?:bag|boot|car|jacket|"
    r"coat|room|house|flat|belt|hand|sock|pouch|man ?bag)|gun|guns|knife|knives|machete|fight\w*|gang\w*|"
    r"robb\w*|beat\w*|ammo|bullets?|loaded|selling|sells|got a|has a|noticed a|seen a|saw a|has got|have "
    r"a|had a|with a|with|wielding|keeps?|kept|brought|bring\w*|fir(?:e|ed|ing)|smash\w*|throw\w*|"
    r"splash\w*|face)\b"
)
_STRICT = re.compile(
    r"\b(?:carr(?:y|ies|ied|ying)|gun|guns|shoot\w*|shots?|heard|stab\w*|armed|weapons?|loaded|strapped|"
    r"knife|knives|machete|shotgun|pistol|handgun|firearm|beef|opps|stash\w*|rifle|live|ammo)\b"
)
_SLANG = vocabulary("weapon-slang")
_HARMLESS = re.compile(
    r"\b(?:butter|cheese|bread and|fork|forks|cutlery|chef|chefs|cooking|chopping|palette|fish|nail|glue|"
    r"nerf|water|toy|spray|heat|top|massage|hot glue|staple|radar|speed|paint|spud|cap|"
    r"bullet points?|bullet[- ]?proof|dodged|bit the|silver|magic|jump(?:ed|ing)? the|stick(?:s|ing)? to "
    r"(?:your|his|their|my)|son of a|young|big|gunning|razor|shoulder|wiper|lawn ?mower|fan|ice|grass|saw|"
    r"turbine|under the|yellow|going|cricket|gone|the clock|sledge and|chisel|screws?|nails|diy|tool ?box|"
    r"drill|allotment|"
    r"battery|rain|trip|test|house|lsd|fruit|museum|film|movie|game|call of duty|fortnite|comic|costume|"
    r"halloween|apocalypse|walk(?:s|ing)? (?:round |around )?like|bonfire|shotgun seat|called shotgun|"
    r"bath)\s*$"
)
_HARMLESS_AFTER = re.compile(
    r"^\s*(?:and forks?|points?|train|proof|hole|shop|sharpener|block|rack|and nails|crime (?:campaign|"
    r"week|leaflet|talk|workshop)|amnesty|bins?|drill|ing\b|ed\b|carriage|seat|wound|fish|metal|dog|of "
    r"(?:drinks|applause|golf|bread|grass)|fire(?! ?arm)|licen[cs]e|club|range|tattoo|emoji|movie|film|"
    r"game|batter(?:y|ies)|phone|phones|sim|test|to (?:stir|eat|spread)|gas|up\b|rain)"
)


def find(reading: Reading) -> Iterator[Mention]:
    """Yield the weapons of a text."""
    for start, end, word in _LEXICON.hits(reading):
        judged = _judged(reading, start, end, word)
        if judged:
            yield Mention(start, end, reading.text[start:end], "weapon", _WORDS[word], False, *judged)  # noqa: FBT003 - only plates and phones are partial


def _judged(reading: Reading, start: int, end: int, word: str) -> tuple[float, str] | None:
    if _HARMLESS.search(reading.before(start, 24)) or _HARMLESS_AFTER.match(reading.after(end, 24)):
        return None
    if word not in _DOUBTFUL and word not in _SLANG:
        return 0.93, "a weapon's name"
    around = reading.around(start, end, 50)
    if word in _SLANG:
        return (0.7, "slang for a weapon, with talk of violence near it") if _STRICT.search(around) else None
    return (0.8, "a thing used as a weapon, with talk of violence near it") if _VIOLENCE.search(around) else None
