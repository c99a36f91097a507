"""Recognise drugs by their names and slang, and leave gardens, cans of coke and white vans alone."""

import re
from collections.abc import Iterator

from lastpiece.fit.mentions.lexicon import Lexicon
from lastpiece.fit.mentions.mention import Mention
from lastpiece.fit.mentions.reading import Reading
from lastpiece.values.drug import UNSPECIFIED, slang

_WORDS = slang()
_LEXICON = Lexicon(_WORDS)

_DOUBTFUL = frozenset(
    [
        "weed",
        "green",
        "bud",
        "buds",
        "grass",
        "hash",
        "pot",
        "dope",
        "cali",
        "bush",
        "resin",
        "puff",
        "draw",
        "joint",
        "joints",
        "wax",
        "edibles",
        "coke",
        "charlie",
        "sniff",
        "snow",
        "beak",
        "flake",
        "bugle",
        "powder",
        "white",
        "posh",
        "packet",
        "chop",
        "percy",
        "crack",
        "rocks",
        "rock",
        "light",
        "stones",
        "base",
        "hard",
        "brown",
        "dark",
        "horse",
        "junk",
        "b",
        "gear",
        "md",
        "mandy",
        "molly",
        "es",
        "e's",
        "crystal",
        "nos",
        "balloons",
        "canisters",
        "spice",
        "k2",
        "blues",
        "speed",
        "whiz",
        "ice",
        "g",
        "lean",
        "trips",
        "mushrooms",
        "pills",
        "pill",
        "wraps",
        "wrap",
        "substances",
        "food",
        "stash",
        "both",
        "bits",
        "tablets",
        "tabs",
        "amnesia",
        "haze",
        "drug",
        "heron",
        "heroine",
        "tina",
        "trams",
        "bars",
        "draw",
        "dugs",
        "bong",
        "crystal",
        "moggies",
        "zimmers",
        "gabbies",
        "wonk",
    ]
) | {
    "white powder",
    "white stuff",
    "green methadone",
    "hard food",
    "fast gas",
    "gas canisters",
    "k powder",
    "brown powder",
}
"""Words that need something of the trade near them."""

_WEAK = frozenset({"white", "light", "dark", "brown", "food", "hard", "green", "both", "bits", "b", "g", "base", "horse", "rock", "stones", "packet", "chop", "posh",
                   "draw", "bars", "percy", "e's", "es", "lean", "trips", "charlie", "molly", "mandy", "tina", "haze", "heron", "k2", "junk", "tablets", "tabs", "ice", "dugs",
                   "bush", "puff", "wax", "resin", "heroine", "crystal", "bud", "blues", "bugle", "beak", "flake", "snow"})  # fmt: skip
"""Words that need it right beside them."""

_TRADE = re.compile(
    r"\b(?:sell\w*|sold|deal(?:s|t|er|ers|ing|in)?|shot(?:s|ting|ter|tin)?|push(?:ing|er|ers)|buy(?:s|ing|in)?|bought|score[sd]?|scoring|serv(?:e|es|ed|ing)(?: up)?|"
    r"bag(?:s|ged|gies|ging|gie)?|baggy|wraps?|grams?|gs?|ounces?|oz|kilos?|keys?|smok(?:e|es|ed|ing|in)|sniff\w*|snort\w*|inject\w*|stink\w*|stank|smell\w*|smelt|reek\w*|drugs?|"
    r"punters?|addicts?|users?|junkies?|crackheads?|smackheads?|cat|runners?|stash\w*|line|trap(?:ping|house| house)?|dealers?|class a|cuckoo\w*|supply\w*|plug(?:s|ged|ging)?|"
    r"bricks?|scales|deliver\w*|drop(?:s|ped|ping|pin)?(?: off)?|grow\w*|plants?|spliffs?|high|off (?:his|her|their) (?:head|face|nut)|knock(?:ing)? out|pipes?|foil|needles?|"
    r"cocaine|heroin|cannabis|ket(?:amine)?|mdma|ecstasy|pregabs?|xanax|valium|cooking|flog\w*|quid|tenner|£|weed|coke|smack|county lines?|under the counter|kids|teens|teenagers|inhal\w*|doing|taking|takes|took|hits?|"
    r"for sale|menu|text(?:s|ed|ing)?|holding|packag\w*|parcels?|gear|pills|crack|nos|spice)\b|£"
)
_NEAR = re.compile(
    r"(?:\b(?:sell(?:s|ing|in)?|sold|deal(?:s|ing|in|t)?(?: in)?|shot(?:s|ting|tin)|serv(?:es|ing)(?: up)?|buy(?:s|ing)?|bought|bags? of|baggies of|wraps? of|grams? of|ounces? of|oz of|kilos? of|"
    r"bit of|some|the|a bag of|smok(?:es|ing|ed)|on|doing|taking|move|moving|flog\w*|push(?:ing)?|want(?:ing)?|carry(?:ing)?|runs?|running|both|got|and|&|of|a bit of|dropping off|drops?(?: off)?|holding|for)\s+)$"
)
_STRONG_TRADE = re.compile(
    r"\b(?:sell\w*|sold|deal(?:s|t|er|ers|ing|in)?|shot(?:s|ting|ter)|serv(?:es|ing) up|bags? of|baggies|wraps?|grams?|drugs?|runners?|stash\w*|trap(?:ping|house| house)|county lines?|punters?|cocaine|heroin|crack|smack|weed|addicts?|users?|deal line|line|ounces?|oz|smok\w+|inject\w*)\b"
)
_HARMLESS = re.compile(
    r"\b(?:garden\w*|lawn\w*|mow\w*|hedge\w*|allotment|verge|verges|flower ?beds?|patio|weedkiller|weeding|strimm\w*|cut the grass|grass cutting|"
    r"brown ?bin|green ?bin|recycling|can of|cans of|bottle of|diet|vodka and|rum and|glass of|birthday|party balloons|helium|bouncy|"
    r"hash browns?|cake|cooking|recipe|curry|pumpkin|spice rack|mixed spice|headache|paracetamol|prescription|chemist|football|gym|climbing|fishing|"
    r"riding|stables?|field with)\b"
)
_AFTER: dict[str, re.Pattern[str]] = {word: re.compile(pattern) for word, pattern in {
    "white": r"\s+(?!and\b|or\b|&|on\b|from\b|to\b|in\b|for\b|at\b)\w+|-", "brown": r"\s+(?!and\b|or\b|&|on\b|from\b|to\b|in\b|for\b|at\b|is\b)\w+|-",
    "green": r"\s+(?!and\b|or\b|&|on\b|from\b|to\b|for\b|at\b|is\b)\w+|-|$", "light": r"\s+(?!and dark|& dark)\w+|-|$", "dark": r"\s+(?!and\b|or\b|&)\w+|-",
    "crack": r"\s+(?:on|of dawn|in the|down|up|team|squad)\b|s\b", "coke": r"\s+(?:can|cans|bottle|zero|machine)\b|\s*-?cola|\s+and (?:crisps|a burger|fries|chips)", "hash": r"\s+brown|tag",
    "pot": r"\s+(?:hole|plant|noodle|of|luck)\b|s\b|-", "grass": r"\s+(?:verge|cutting|seed|area|bank|roots|is long|needs|outside|by|behind|near|opposite|on (?:him|her|them|me|us|anyone|people))\b|ed\b|es\b",
    "weed": r"\s+(?:in (?:the|my|her|his|our|their) (?:front |back )?(?:garden|flower|lawn|drive|path)|killer|out|whack)\b|s\b|-?killer", "speed": r"\s+(?:bump|camera|limit|ing|up|off|down|past|gun|is|at|hump|dating)|s\b|-", "gear": r"\s+(?:box|stick|change|lever)|s\b|box",
    "food": r"\s*(?:bank|shop|delivery|parcel|van|outlet|place|court|store|bag|waste|and drink|for (?:the|his|her|my))", "snow": r"\s|$", "ice": r"\s+(?:cream|cold|cube|on the|rink|pack)", "base": r"\w*\s", "joint": r"\s+(?:account|owner|tenan|visit|effort|custody|pain|operation)|s (?:hurt|ache)",
    "powder": r"\s+(?:room|paint|coat)", "spice": r"\s+(?:rack|shop|girls|mix|bag)|s\b", "horse": r"\s|$", "rock": r"\s+(?:music|band|concert|and roll|bottom|climb)", "blues": r"\s+(?:and twos|music|brothers)", "joints": r"\s+(?:hurt|ache|are)", "pills": r"\s+(?:for|from (?:the|my) (?:doctor|gp|chemist))",
    "draw": r"\s+(?:attention|the|a|near|up|out|on|his|her)", "k2": r"\s", "balloons": r"\s+(?:for (?:the|her|his|my)|and banners|up|arch)", "bush": r"\s|es\b", "both": r"\s+(?:of|the|his|her|their|are|were|in|had|have|sides|from|got|went|live|men|boys|lads|times|get|look|drive|work|hands)\b",
}.items()}  # fmt: skip
_BEFORE: dict[str, re.Pattern[str]] = {word: re.compile(pattern) for word, pattern in {
    "light": r"(?:day|street|head|the|a|traffic|security|bed|red|turn(?:s|ed)? the|tail|see the|come to) ?$", "dark": r"\b(?:the|after|gets?|was|it's|its|is|in the|before|got|pitch|until|very|too|so|by) $", "white": r"\b(?:a|the|was|is|were|are|big|small|in|wearing|all|that|he's|shes|old|black and) $",
    "brown": r"\b(?:a|the|was|is|mr|mrs|ms|wearing|dark|light|hash|in|big|little|charlie|james|old|gordon|chris) $", "green": r"\b(?:a|the|village|was|is|bowling|in|bethnal|dark|light|big|putting|wearing|mr|mrs|on the|all) $", "rock": r"\b(?:a|the|big|hard as a) $", "base": r"\b(?:the|a|their|his|army|air) $",
    "crack": r"\b(?:a|the|door was a) $|window (?:has|had) (?:a )?$", "coke": r"\b(?:can of|bottle of|diet|glass of|cans of|vodka and|rum and|jack and) $", "speed": r"\b(?:at|high|full|the|of|top|average|with|at high|at full|a|their|his|drives at) $", "gear": r"\b(?:wrong|reverse|first|second|third|fourth|sports|gym|camping|climbing|fishing|football|running|riding|winter|school|into|cricket|motorbike|in|high|top) $", "food": r"\b(?:fast|the|some|junk|chinese|dog|cat|pet|get|buy|baby|of|hot|for|no|my|any|eating|bringing) $",
    "weed": r"\b(?:a|the|to|sea|pond|pull(?:ing)? the|big) $", "pot": r"\b(?:flower|plant|a|the|tea|coffee|paint|melting) $", "grass": r"\b(?:the|on the|wet|long|mow(?:ing)? the|cut(?:ting)? the|a|to|don't want to|not a|never|no|be a|called a|him a|being a) $", "draw": r"\b(?:the|a|to|big|top|prize|cup|will|bottom|did) $", "spice": r"\b(?:mixed|old|all|some|a bit of|pumpkin|the) $",
    "ice": r"\b(?:black|the|some|on|of) $", "joint": r"\b(?:a|the|roast|sunday|burger|food|this|knee|his|hip|beef) $", "posh": r".", "hard": r".", "crystal": r"\b(?:called|is|and|named|miss|my|our) $|^$", "charlie": r"\b(?:called|named|lad|is|and|with|prince|by|mate|my|his|her|our|see|saw|to) $|^$", "molly": r"\b(?:called|named|is|and|with|my|his|her|our|to) $|^$", "tabs": r"\b(?:keep|keeping|kept) $", "bits": r".", "wrap": r"\b(?:chicken|bubble|to|cling|gift|that's a) $", "wraps": r"\b(?:chicken|bubble) $",
    "balloons": r"\b(?:birthday|party|helium) $", "packet": r"\b(?:a|the|crisp|cigarette|pay) $", "lean": r".(?<!of )(?<!sip )(?<!drinking )$", "trips": r".(?<!of )(?<!selling )$", "tina": r"\b(?:called|named|is|and|with|my|his|her|our|to|auntie) $|^$", "mandy": r"\b(?:called|named|is|and|with|my|his|her|our|to|auntie) $|^$",
    "rocks": r"\b(?:throw(?:ing|s)?|threw|chuck(?:ing|s)?|big|some) $", "stones": r"\b(?:throw(?:ing|s)?|threw|chuck(?:ing|s)?|rolling|some) $", "stash": r"^(?!.*\b(?:drug|their|the|his|a|big) $).*$", "green methadone": r"^$", "haze": r"\b(?!amnesia)\w+ $", "drug": r".",
}.items()}  # fmt: skip
_DEALING = re.compile(
    r"\s*-?(?:deal\w*|addict\w*|user\w*|runner\w*|line\w*|test\w*|related|den|den|driv\w*|money|gang\w*|suppl\w*|traffick\w*|paraphernalia|habit|problem|abuse|debt\w*|activit\w*|taking|taker\w*|raid|squad|house|lord|mule|bust|use)\b"
)
_PAIRS = re.compile(
    r"\b(?P<one>white|light|brown|dark|b)\b(?: (?:and|n|or) | ?& ?|/)\b(?P<other>brown|dark|white|light|w)\b"
)
_PAIR_VALUES = {
    "white": "crack cocaine",
    "light": "crack cocaine",
    "w": "crack cocaine",
    "brown": "heroin",
    "dark": "heroin",
    "b": "heroin",
}


def find(reading: Reading) -> Iterator[Mention]:
    """Yield the drugs of a text."""
    paired = set()
    for found in reading.spans(_PAIRS):
        if _PAIR_VALUES[found["one"]] == _PAIR_VALUES[found["other"]] or not _TRADE.search(
            reading.around(*found.span(), 80)
        ):
            continue
        for part in ("one", "other"):
            paired.add(found.start(part))
            yield _mention(
                reading,
                found.span(part),
                _PAIR_VALUES[found[part]],
                (0.85, "crack and heroin named together by their colours"),
            )
    for start, end, word in _LEXICON.hits(reading):
        if start in paired:
            continue
        judged = _judged(reading, start, end, word)
        if judged:
            yield _mention(reading, (start, end), _WORDS[word], judged)


def _judged(reading: Reading, start: int, end: int, word: str) -> tuple[float, str] | None:
    if _WORDS[word] == UNSPECIFIED and _DEALING.match(reading.low, end):
        return None
    if word not in _DOUBTFUL:
        return 0.95, "a drug's name"
    before, after = reading.before(start, 25), reading.after(end, 25)
    if (word in _AFTER and _AFTER[word].match(after)) or (word in _BEFORE and _BEFORE[word].search(before)):
        return None
    around = reading.around(start, end, 70)
    if _HARMLESS.search(reading.around(start, end, 35)):
        return None
    if word in _WEAK and not (_NEAR.search(before) and _STRONG_TRADE.search(around)):
        return None
    return (0.8, "slang for a drug, with talk of dealing near it") if _TRADE.search(around) else None


def _mention(reading: Reading, span: tuple[int, int], value: str, judged: tuple[float, str]) -> Mention:
    start, end = span
    return Mention(start, end, reading.text[start:end], "drug", value, False, *judged)  # noqa: FBT003 - only plates and phones are partial
