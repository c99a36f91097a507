"""Words that mean a drug only in company: what makes each harmless, and what makes each a drug."""

import re

from lastpiece.fit.mentions.lexicon import vocabulary

TRADE = re.compile(
    r"\b(?:sell\w*|sold|deal(?:s|t|er|ers|ing|in)?|shot(?:s|ting|ter|tin)|push(?:ing|er|ers)|buy(?:s|ing|"
    r"in)?|bought|score[sd]?|scoring|serv(?:e|es|ed|ing)(?: up)?|bag(?:s|ged|gies|ging|gie)?|baggy|wraps?|"
    r"grams?|ounces?|oz|"
    r"kilos?|smok(?:e|es|ed|ing|in)|sniff\w*|snort\w*|inject\w*|stink\w*|stank|smell\w*|smelt|reek\w*|"
    r"drugs?|punters?|addicts?|users?|junkies?|crackheads?|smackheads?|cat|runners?|stash\w*|line|"
    r"trap(?:pin|ping|house| house)?|"
    r"class a|cuckoo\w*|supply\w*|supplie[sd]|plug(?:s|ged|ging)?|bricks?|scales|deliver\w*|drop(?:s|ped|"
    r"ping|pin)?(?: off)?|grow\w*|plants?|spliffs?|high|off (?:his|her|their) (?:head|face|nut)|"
    r"knock(?:ing)? out|pipes?|foil|needles?|"
    r"cocaine|heroin|cannabis|ket(?:amine)?|mdma|ecstasy|pregabs?|xanax|valium|cooking|flog\w*|quid|"
    r"tenner|weed|coke|smack|county lines?|kids|teens|teenagers|inhal\w*|doing|taking|takes|took|hits?|"
    r"for sale|menu|holding|"
    r"packag\w*|parcels?|gear|pills|crack|nos|spice|hid(?:es|ing|den)?|bring\w*|ask for|carr(?:y|ies|"
    r"ying)|mov(?:es|ing)|cut(?:s|ting)? up|trade|trading|pick(?:s|ing)? up|everywhere|swap\w*|hand(?:s|"
    r"ed|ing)? (?:out|over|to hand)|collect\w*|using|uses|addicted|hooked|possession)\b|[£€]"
)
"""Talk of dealing or using, anywhere near."""

HANDLED = re.compile(
    r"(?:\b(?:sell(?:s|ing|in)?|sold|deal(?:s|ing|in|t)?(?: in)?|shot(?:s|ting|tin)|serv(?:es|ing)(?: "
    r"up)?|buy(?:s|ing)?|bought|bags? of|baggies of|wraps? of|grams? of|ounces? of|oz of|kilos? of|lines? "
    r"of|bit of|bits of|some|smok(?:es|ing|ed)|on the|on|doing|"
    r"taking|moves?|moving|flog\w*|push(?:ing)?|want(?:ing)?|carr(?:y|ies|ying)|runs?|running|and|&|or|of|"
    r"dropp?(?:ing)?(?: off)?|drops(?: off)?|holding|ask for|hid(?:es|ing)|cut(?:s|ting)? up|deliver(?:s|"
    r"ing)?|bring(?:s|ing)?|supply(?:ing)?|supplies|stash(?:es|ing)?|bagging up|do|collect(?:s|ing)?|"
    r"pick(?:s|ing)? up|smell of|smells of|stinks of|handing out|looked like|was|has|got|hold|deliver|"
    r"sell|buy|carry|round)\s+)$"
)
"""Dealt with as a ware: the words right before."""

STRONG_TRADE = re.compile(
    r"\b(?:sell\w*|sold|deal(?:s|t|er|ers|ing|in)?|shot(?:s|ting|ter)|serv(?:es|ing) up|bags? of|baggies|"
    r"wraps?|grams?|drugs?|runners?|stash\w*|trap(?:pin|ping|house| house)|county lines?|punters?|cocaine|"
    r"heroin|crack|smack|weed|addicts?|users?|line|ounces?|oz|smok\w+|inject\w*|ket|coke|pills|ask for|"
    r"cut(?:s|ting)? up|boot|quid)\b|[£€]"
)
HARMLESS_NEAR = re.compile(
    r"\b(?:garden\w*|lawn\w*|mow\w*|hedge\w*|allotment|verges?|flower ?beds?|patio|weedkiller|weeding|"
    r"strimm\w*|brown ?bin|green ?bin|recycling|birthday|helium|bouncy|recipe|curry|pumpkin|headache|"
    r"paracetamol|prescription|stables?)\b"
)
"""Nearby words that make every doubtful word harmless."""

ORDINARY = vocabulary("slang-ordinary") | {
    "white powder",
    "white stuff",
    "hard food",
    "fast gas",
    "gas canisters",
    "k powder",
    "brown powder",
    "gas balloons",
    "acid tabs",
    "green methadone",
}
"""Words with a harmless meaning: they need talk of dealing near them."""

RISKY = vocabulary("slang-risky")
"""Words so common that they must be handled as a ware, too."""

# `~` is the word itself; a pattern that matches makes it harmless.
_HARMLESS = {
    "white": (
        r"\b(?:a|the|was|is|were|are|big|small|wearing|all|that|old|black and|off) ~|~-|~ (?!and\b|or\b|&|"
        r"on\b|from\b|to\b|in\b|for\b|at\b|by\b|round\b|out\b|every\b)\w"
    ),
    "brown": (
        r"\b(?:a|the|was|is|mr|mrs|ms|wearing|dark|light|hash|big|little|charlie|james|old|gordon|chris) ~|~-|"
        r"~ (?!and\b|or\b|&|on\b|from\b|to\b|in\b|for\b|at\b|by\b|round\b|out\b|every\b)\w"
    ),
    "green": (
        r"\b(?:a|the|village|was|is|bowling|bethnal|dark|light|big|putting|wearing|mr|mrs|on the|all) ~|~-|~ "
        r"(?!and\b|or\b|&|on\b|from\b|to\b|for\b|at\b|by\b|round\b|out\b|every\b|in\b)\w"
    ),
    "light": (
        r"(?:day|street|head) ?~|\b(?:the|a|traffic|security|bed|red|tail) ~|~-|~ (?!and dark|& dark|on\b|"
        r"from\b|for\b)\w"
    ),
    "dark": (
        r"\b(?:the|after|gets?|was|it's|its|is|before|got|pitch|until|very|too|so|by|in) ~|~-|~ (?!and\b|or\b|"
        r"&|on\b|from\b|for\b|at\b|to\b)\w"
    ),
    "crack": (
        r"\b(?:a|the door was a|big|hairline|to|let's|lets|just) ~|~ (?:on with|of dawn|in (?:the|my|our|his) "
        r"(?:wall|window|door|ceiling|pavement|screen|road|glass|path|windscreen)|down on|team|squad)"
    ),
    "coke": (
        r"\b(?:can|bottle|glass|cans|bottles) of ~|\b(?:diet|vodka and|rum and|jack and) ~|~ (?:can|cans|"
        r"bottle|zero|machine|float)|~ ?-?cola|~ and (?:crisps|a burger|fries|chips)"
    ),
    "hash": r"~ ?browns?|~ ?tag",
    "pot": r"\b(?:flower|plant|a|the|tea|coffee|paint|melting|chamber) ?~|~ ?hole|~ (?:plant|noodle|of|luck)|~-",
    "grass": (
        r"\b(?:the|wet|long|a|to|never|no|be a|called a|him a|being a|artificial) ~|~ (?:verge|cutting|seed|"
        r"area|bank|roots|is long|needs|outside|on (?:him|her|them|me|us|anyone|people))"
    ),
    "weed": (
        r"\b(?:a|the|to|sea|pond|pulling|big|japanese) ~|~ ?killer|~ (?:in (?:the|my|her|his|our|their) "
        r"(?:front |back )?(?:garden|flower|lawn|drive|path|gutter)|out|whack|all over)"
    ),
    "speed": (
        r"\b(?:at|high|full|the|of|top|average|with|a|their|his|her|drives? at|what) ~|~ (?:bump|camera|limit|"
        r"up|off|down|past|gun|is|hump|dating|ing)|~-"
    ),
    "gear": (
        r"\b(?:wrong|reverse|first|second|third|fourth|sports|gym|camping|climbing|fishing|football|running|"
        r"riding|winter|school|into|cricket|motorbike|in|high|top|low|designer|nice|new) ~|~ ?box|~ (?:stick|"
        r"change|lever)"
    ),
    "food": (
        r"\b(?:fast|the|some|junk|chinese|dog|cat|pet|get|buy|baby|of|hot|for|no|my|any|eating|bringing|cat's|"
        r"more|takeaway|out of) ~|~ ?(?:bank|shop|delivery|parcel|van|outlet|place|court|store|bag|waste|and "
        r"drink|for (?:the|his|her|my))"
    ),
    "rock": r"\b(?:a|the|big|hard as a|punk|hard) ~|~ (?:music|band|concert|and roll|bottom|climb|hard)",
    "rocks": r"\b(?:throw(?:ing|s)?|threw|chuck(?:ing|s|ed)?|big|on the) ~",
    "stones": r"\b(?:throw(?:ing|s)?|threw|chuck(?:ing|s|ed)?|rolling) ~",
    "base": r"\b(?:the|a|their|his|army|air) ~|~ (?:is|in|at|for|of|camp|ball)",
    "joint": (
        r"\b(?:a|the|roast|sunday|burger|food|this|knee|his|hip|beef|of) ~(?! (?:and|to|on|in|by|outside))|~ "
        r"(?:account|owner|tenan|visit|effort|custody|pain|operation|of)"
    ),
    "joints": r"~ (?:hurt|ache|are)|\b(?:aching|stiff|knee) ~",
    "powder": r"\b(?:washing|baking|talcum|milk|custard) ~|~ (?:room|paint|coat)",
    "white powder": r"~ (?:paint|coat)",
    "spice": r"\b(?:mixed|old|all|a bit of|pumpkin) ~|~ (?:rack|shop|girls|mix)",
    "ice": r"\b(?:black|the|of|on) ~|~ (?:cream|cold|cube|on the|rink|pack|machine)",
    "snow": r"\b(?:the|in|heavy|of|deep) ~|~ (?:on|fell|is|was|and ice|ball|man)",
    "horse": r"\b(?:a|the|his|her|race|white|black) ~|~ (?:box|riding|racing|and)",
    "blues": r"\b(?:the|city) ~|~ (?:and twos|music|brothers)",
    "pills": (
        r"~ (?:for (?:his|her|my|their|the)|from (?:the|my|his|her) (?:doctor|gp|chemist))|\b(?:sleeping|"
        r"vitamin|blood pressure|my|heart) ~"
    ),
    "draw": r"\b(?:the|a|to|big|top|prize|cup|will|bottom|did) ~|~ (?:attention|the|a|near|up|out|on|his|her)",
    "balloons": r"\b(?:birthday|party|helium|hot air) ~|~ (?:for (?:the|her|his|my)|and banners|up|arch)",
    "bush": r"\b(?:a|the|rose|in a|holly) ~|~ (?:by|near|in)",
    "both": (
        r"~ (?:of|the|his|her|their|are|were|in|had|have|sides|from|got|went|live|men|boys|lads|times|get|"
        r"look|drive|work|hands)|\b(?:they|we|are|were|of them|them) ~"
    ),
    "charlie": (
        r"(?:^|\b(?:called|named|lad|is|with|prince|mate|my|his|her|our|see|saw|to|and|that) )~(?! (?:and|to|"
        r"on|from))"
    ),
    "molly": r"(?:^|\b(?:called|named|is|with|my|his|her|our|to|and) )~",
    "mandy": r"(?:^|\b(?:called|named|is|with|my|his|her|our|to|auntie|and) )~",
    "tina": r"(?:^|\b(?:called|named|is|and|with|my|his|her|our|to|auntie) )~",
    "crystal": r"(?:^|\b(?:called|is|named|miss|my|our|with) )~",
    "posh": r"~",
    "hard": (
        r"\b(?:a|very|so|too|is|was|it's|really|work|how|rock|as|try|trying|works?|working) ~|~ (?:to|for|"
        r"work|time|shoulder|of|at|man|drive|hat|up|on him|on her)"
    ),
    "tabs": r"\b(?:keep|keeping|kept) ~",
    "bits": r"~ (?:of|and)|\b(?:few|little|some|other|the) ~",
    "packet": r"\b(?:a|the|crisp|cigarette|pay) ~",
    "chop": r"\b(?:pork|lamb|a|the|to|karate) ~",
    "lean": r"(?<!of )(?<!sip )(?<!drinking )~",
    "trips": r"(?<!of )(?<!selling )~",
    "stash": r"\b(?:to|they|he|she|and|can) ~|~ (?:it|them|the|his|their|stuff|drugs)",
    "b": r"~",
    "g": r"~",
    "e's": r"\b(?:three|two|the) ~",
    "k2": r"~ (?:the|mountain)",
    "heron": r"\b(?:a|the|grey) ~|~ (?:in|on|by|court|house)",
    "wax": r"\b(?:ear|candle|car|hot) ~|~ (?:jacket|candle)",
    "bud": r"\b(?:cotton|ear|my|hey|alright|taste|rose|a) ~",
    "buds": r"\b(?:cotton|ear|taste|rose) ~",
    "tablets": (
        r"~ (?:for|and (?:phones|laptops))|\b(?:my|samsung|amazon|kids'?|laptops and|phones and|blood "
        r"pressure) ~"
    ),
    "canisters": r"\b(?:film|storage) ~",
    "meth": r"~od",
    "food bank": r"~",
    "substances": r"\b(?:hazardous|chemical) ~",
    "mushrooms": r"\b(?:pick(?:ing)?|button|and|wild|with) ~|~ (?:and|on toast|growing)",
    "resin": r"\b(?:epoxy|a|the) ~|~ (?:drive|bound|floor)",
    "md": r"\b(?:the|our|company|a) ~",
}
HARMLESS = {word: re.compile(pattern) for word, pattern in _HARMLESS.items()}
"""For each doubtful word, when it means something else; matched on the words around with `~` for the word."""

DEALING_AFTER = re.compile(
    r"\s*-?(?:deal\w*|addict\w*|user\w*|runner\w*|line\w*|test\w*|related|den|driv\w*|money|gang\w*|"
    r"suppl\w*|traffick\w*|paraphernalia|habit|problem|abuse|debt\w*|activit\w*|taking|taker\w*|raid|"
    r"squad|house|lord|mule|bust|use|swap\w*)\b"
)
PAIR = re.compile(
    r"\b(?P<one>white|light|brown|dark|b)\b(?: (?:and|n|or) | ?& ?|/)\b(?P<other>brown|dark|white|light|w)\b"
)
PAIR_VALUES = {
    "white": "crack cocaine",
    "light": "crack cocaine",
    "w": "crack cocaine",
    "brown": "heroin",
    "dark": "heroin",
    "b": "heroin",
}
"""Crack and heroin are offered together by their colours."""
