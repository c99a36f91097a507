"""What gives a teller away: the rules of `sanitising`, each with its reason and what to write instead.

The kinds are those of `docs/explanation/sanitising.md`: relationship, viewpoint, workplace, only witness,
hiding place, unique act, dispute, own details, school.
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """One way in which words identify their teller.

    Attributes:
        kind: The kind of identifying knowledge.
        pattern: Found in the lower-case text with straight quotes.
        instead: What the proposed text says in its place; empty drops it.
        why: The reason shown beside the highlighted words.
        generalised: What the proposal says it did.
    """

    kind: str
    pattern: re.Pattern[str]
    instead: str
    why: str
    generalised: str


_FAMILY = (
    r"(?:step ?-?)?(?:mum|mom|mam|mother|dad|father|brother|sister|son|daughter|lad|kid|kids|child|"
    r"children|baby|boy|girl|twins|cousins?|nephew|niece|uncle|aunt(?:ie|y)?|nan|nana|grandad|grandson|"
    r"granddaughter|gran|grandma|parents|family|in-laws?|brother-in-law|sister-in-law|mother-in-law|father-in-law)"
)
_LOVE = (
    r"(?:ex|ex-?(?: )?(?:boyfriend|girlfriend|husband|wife|partner|fella|mrs|missus)|boyfriend|girlfriend|"
    r"bf|gf|husband|hubby|wife|partner|fella|missus|mrs|fiance|fiancee|other half|bloke|old man|baby "
    r"?(?:daddy|mama|dad|mum))"
)
_CIRCLE = (
    r"(?:best |old |close |good |work |school )?(?:mate|mates|friend|friends|pal|bestie|flatmate|"
    r"housemate|roommate|lodger|tenant|landlord|landlady|neighbours?|neighbor|next ?-?door(?: neighbour)?|"
    r"upstairs neighbour|downstairs neighbour)"
)
_WORK = (
    r"(?:boss|manager|colleagues?|co-?workers?|supervisor|client|clients|customer|customers|patient|"
    r"patients|pupil|pupils|student|students|carer|support worker|social worker|key ?worker|probation "
    r"officer|teacher|tutor|apprentice|employer|employee)"
)
_ANYONE = rf"(?:{_LOVE}|{_FAMILY}|{_CIRCLE}|{_WORK})"
_ROOM = (
    r"(?:(?:kitchen|bedroom|front|back|living room|lounge|bathroom|upstairs|landing|office|shop|classroom|"
    r"staff ?room|side) )?"
)
_HOME = (
    r"(?:house|flat|home|place|door|front door|back door|garden|gate|drive|driveway|block|building|window|"
    r"wall|fence|bungalow|street|road|close|estate|landing|floor|stairs|stairwell|shop|work|office|school|"
    r"shed|balcony|bins?)"
)
_END = r"(?=[\s,.;:!?)]|$)"
_HIDING = (
    r"(?:pillow|mattress|bed|bedside (?:table|drawer|cabinet)|sock drawer|knicker drawer|underwear drawer|"
    r"(?:top |bottom |kitchen |bedroom )?drawer|wardrobe|bath(?: panel)?|cistern|toilet(?: cistern)?|"
    r"floorboards?|airing cupboard|"
    r"(?:kitchen |bathroom |boiler |meter )?cupboard|boiler|washing machine|tumble dryer|freezer|fridge|"
    r"cot|pram|buggy|teddy(?: bear)?|nappy (?:bag|bin)|shoe ?box(?:es)?|trainers?|ceiling tiles?|"
    r"skirting(?: board)?|"
    r"spare (?:wheel|room)|glove ?box|fish tank|dog bed|dog food|cereal box|fireplace|chimney|radiator|"
    r"hoover|xbox|playstation|sofa|settee|coat pocket|jacket lining|handbag|rucksack|school bag|safe|"
    r"loft(?: hatch)?|attic|lock ?box)"
)

_TELLER = r"(?:caller|informant|reporter|the person reporting|referrer|source|this person)"

_TABLE: tuple[tuple[str, str, str, str, str], ...] = (
    (
        "own details",
        (
            r"\b(?:my (?:full )?name(?:'s| is) [a-z'\-]+(?: [a-z'\-]+)?|(?:my|call me on|ring me on|text me on|"
            r"contact me on) ?(?:mobile |phone |email )?(?:number|address|mobile|email)?(?: is|:)? ?(?:\+?\d[\d "
            r"]{7,}|\S+@\S+)|"
            r"i live (?:at|on) [^.,;!?]{2,40})"
        ),
        "",
        "gives the reporter's own name, number or address",
        "The reporter's own details were left out.",
    ),
    (
        "hearsay",
        (
            rf"\b(?:my|our|a|one of my) {_ANYONE}(?:'s {_ANYONE})? (?:said|says|saying|reckons?|told me|told us|"
            rf"tells me|thinks?|heard|saw|seen|has seen)(?: that)?{_END}"
        ),
        "it is said that",
        "names somebody close to the reporter as where it was heard",
        "Who told the reporter was left out.",
    ),
    (
        "relationship",
        (
            rf"\b(?:my|our) (?:own |little |younger |older |big |eldest |youngest |late |other |now "
            rf")*{_ANYONE}(?:'s (?:new |ex |older |little )?{_ANYONE})*(?: called)?(?!'s (?:{_HOME}))\b(?!')"
        ),
        "someone",
        "tells how the reporter is related to a person",
        "A relationship to the reporter became “someone”.",
    ),
    (
        "relationship",
        (
            rf"\b(?:my|our) (?:own |little |younger |older |big |eldest |youngest |late |other |now "
            rf")*{_ANYONE}(?:'s {_ANYONE})*'s\b"
        ),
        "someone's",
        "tells how the reporter is related to a person",
        "A relationship to the reporter became “someone”.",
    ),
    (
        "relationship",
        (
            rf"\bi(?:'m| am|m| was|'ve been| have been) (?:his|her|their|[a-z]+'s) (?:own |little |older |younger |"
            rf"former |old )*{_ANYONE}{_END}"
        ),
        "",
        "says outright who the reporter is to a person",
        "Who the reporter is to a person was left out.",
    ),
    (
        "relationship",
        (
            r"\b(?:i (?:used to |have |'ve )?(?:go out|went out|been going out|live|lived|living|share a (?:bed|"
            r"house|flat)|sleep|been seeing|date|dated|grew up|went to school|go to school) with (?:him|her|them|"
            r"[a-z]+)|(?:he|she|they) (?:lives?|lived|stays?) with (?:me|us)|"
            r"i(?:'ve| have) known (?:him|her|them) (?:for|since|all)[^.,;!?]{0,30}|i know (?:him|her|them) "
            r"(?:well|personally|from)[^.,;!?]{0,25}|we share a [a-z]+)"
        ),
        "",
        "says how the reporter knows a person",
        "How the reporter knows a person was left out.",
    ),
    (
        "viewpoint",
        (
            rf"\b{_TELLER} (?:can |could |has |have |often |regularly )?(?:sees?|saw|seen|hears?|heard|watch(?:es|"
            rf"ed)?|witness(?:es|ed)?|"
            r"observed|views?) [^.,;!?]{0,20}?from (?:the |their |his |her |own )?(?:\w+ )?(?:window|home(?: "
            r"addr(?:ess)?)?|"
            r"address|house|flat|garden|work|balcony|doorbell)"
        ),
        "",
        "says from where the reporter saw it",
        "The place from which it was seen was left out.",
    ),
    (
        "viewpoint",
        rf"\b{_TELLER} (?:lives?|resides?|stays?)\b[^.,;!?]{{0,40}}",
        "",
        "says where the reporter lives",
        "Where the reporter lives was left out.",
    ),
    (
        "workplace",
        rf"\b{_TELLER} (?:works?|worked|is employed|volunteers?|delivers?)\b[^.,;!?]{{0,40}}",
        "",
        "gives the reporter's work",
        "The reporter's work was left out.",
    ),
    (
        "relationship",
        (
            rf"\b{_TELLER} (?:is|was) (?:a |an |the )?(?:close )?(?:relative|relation|{_ANYONE})\b[^.,;!?]{{0,30}}|"
            r"\bfrom some(?:one|body) (?:who|close|that|in the|at the|they know)\b[^.,;!?]{0,40}"
        ),
        "",
        "tells how the reporter is related to a person",
        "How the reporter is related to a person was left out.",
    ),
    (
        "viewpoint",
        (
            r"\bi (?:usually |often |happen to |always |normally )?(?:drive|walk|cycle|run|jog|pass|go|come|sit|"
            r"stand|park|smoke)"
            r" (?:past|by|at|in|near|on)\b[^.,;!?]{0,50}|\bon the school run\b[^.,;!?]{0,20}"
        ),
        "",
        "describes a habit of the reporter's that others know",
        "A habit of the reporter's was left out.",
    ),
    (
        "viewpoint",
        (
            rf"\b(?:i live|i'm|i am|we live) (?:right |just |directly )?next to (?:it|them|him|her)\b|\bmy {_HOME} "
            rf"is\b[^.,;!?]{{0,40}}|"
            r"\bwe (?:share|live in|are living in|are living|stay in) (?:the |a )?(?:same )?(?:house|flat|block|"
            r"building|hostel)\b"
            r"[^.,;!?]{0,20}"
        ),
        "",
        "says where the reporter lives",
        "Where the reporter lives was left out.",
    ),
    (
        "workplace",
        (
            r"\b(?:(?:seen|noticed|observed|noted|raised|disclosed) )?(?:during|on|at) (?:a|an|our|my|the|one of "
            r"our) (?:\w+ ){0,2}"
            r"(?:visit|shift|inspection|appointment|home check|ward round)\b[^.,;!?]{0,20}|\bon shift\b|"
            r"\bour (?:\w+ )?(?:team|staff|officers?|crew|service|surgery|ward)\b[^.,;!?]{0,30}|"
            r"\bthe (?:carer|nurse|cleaner|support worker) who (?:visits|sees|helps) me\b[^.,;!?]{0,20}"
        ),
        "",
        "gives the reporter's work or shift",
        "The reporter's work was left out.",
    ),
    (
        "only witness",
        (
            r"\bonly (?:[2-9]|two|three|four|five|a few|a handful)(?: people| o[fv] us| staff)? (?:kn[oe]w?|no|"
            r"were|was|could|have|had|saw)\b"
            r"[^.,;!?]{0,25}"
        ),
        "",
        "could be known to a few people only",
        "What only a few could have known was left out.",
    ),
    (
        "viewpoint",
        (
            rf"\b(?:(?:seen |visible |that i see |which i see |i (?:can )?see (?:it |them |him |her |this |"
            rf"everything |it all )?|i watch (?:them |him |her )?|i (?:can )?hear (?:them |him |her |it )?|i saw "
            rf"(?:them |him |her |it |this )?|looking out )?(?:from|out of|through|over) (?:my|our) "
            rf"{_ROOM}(?:{_HOME}|flat window|bedroom|kitchen|wall|lounge|classroom|van|taxi|cab|bus|desk|"
            rf"till)(?:'s window| window)?)"
        ),
        "",
        "gives the place from which it was seen",
        "The place from which it was seen was left out.",
    ),
    (
        "viewpoint",
        (
            rf"\b(?:(?:in|at|by|behind|near|on|into|to|past|beside|round the back of|round the corner from|down|"
            rf"up) )?(?:right |just |directly |straight )?(?:outside|opposite|across from|next to|next door to|"
            rf"behind|below|above|under|underneath|beneath|over the road from|round the corner from|facing|near|in "
            rf"front of|at the back of|at the end of|the other side of) (?:my|our|mine|me|us)(?: "
            rf"{_ROOM}{_HOME})?{_END}"
        ),
        "nearby",
        "places the reporter's home or standpoint",
        "The reporter's standpoint became “nearby”.",
    ),
    (
        "viewpoint",
        rf"\b(?:(?:in|at|on|to|into|of|round|by) )(?:my|our) {_ROOM}{_HOME}(?:'s [a-z]+)?{_END}",
        "nearby",
        "places the reporter's home or standpoint",
        "The reporter's standpoint became “nearby”.",
    ),
    (
        "viewpoint",
        (
            r"\b(?:the )?(?:flat|house|people|lads|man|woman|bloke|guy|couple|family|one|ones|tenant|lad|place|"
            r"floor)?(?: ?(?:who|that) (?:lives?|moved in))? ?\b(?:next ?-?door(?: but one)?(?: to (?:me|us))?|"
            r"upstairs from (?:me|us)|downstairs from (?:me|us)|two doors (?:down|up|away)(?: from (?:me|us))?|"
            r"(?:a few|three|four) doors (?:down|up|away)(?: from (?:me|us))?|"
            r"across the (?:hall|landing|road|street) from (?:me|us)|above (?:me|us|mine)|below (?:me|us|mine)|"
            r"over the fence|through the (?:wall|ceiling|floor|letterbox))\b"
        ),
        "a nearby address",
        "shows that the reporter lives beside the place",
        "Living beside the place became “a nearby address”.",
    ),
    (
        "viewpoint",
        (
            r"\bi(?:'m| am| live| was|'ve lived| have lived)?(?: (?:right|directly|just|living))? (?:next door|"
            r"opposite|above|below|upstairs|downstairs|across the (?:road|street|hall|landing)|in the (?:same|"
            r"next) (?:block|building|flats?|street|road)|on the (?:same|next) (?:floor|street|landing)|two doors "
            r"down|over the road|round the corner)\b[^.,;!?]{0,15}"
        ),
        "",
        "says where the reporter lives",
        "Where the reporter lives was left out.",
    ),
    (
        "viewpoint",
        (
            r"\b(?:my|our) (?:ring |home |own |nest |door )?(?:cctv|door ?bell(?: cam(?:era)?)?|dash ?cam|"
            r"security camera|camera|baby monitor)\b(?: footage)?"
        ),
        "a camera",
        "names the reporter's own camera",
        "The reporter's own camera became “a camera”.",
    ),
    (
        "viewpoint",
        (
            r"\b(?:when|while|as|every time|whenever) (?:i|we)(?: am|'m| was|'re| go| went| take| took| get| got| "
            r"come| came| put| leave| left)* ?(?:walk(?:ing)? (?:the|my|our) dogs?|out with (?:the|my|our) dogs?|"
            r"jogging|on my run|(?:my )?(?:way )?(?:home|back) from (?:work|school|my shift|the school run|"
            r"nights)|to work|do(?:ing)? the school run|up for work|off to work|taking (?:the|my) kids to [a-z]+|"
            r"the bins? out|having a (?:smoke|fag)|to bed|smok(?:e|ing)|feeding the baby|"
            r"in bed|washing up|putting the bins out|my deliveries|my round)[^.,;!?]{0,20}"
        ),
        "",
        "describes a habit of the reporter's that others know",
        "A habit of the reporter's was left out.",
    ),
    (
        "workplace",
        (
            r"\b(?:where i work|(?:at|in|from) my work(?:place)?|on my (?:night |late |early |day )?(?:shift|"
            r"shifts|round|route|rounds|ward|break|lunch break)|(?:during|after|before|on) (?:my|our) (?:night |"
            r"late |early |day )?(?:shifts?|break|round|lesson|class)|i(?:'m| am|m) (?:a|an|the|his|her|their) "
            r"(?:[a-z]+ )?(?:carer|nurse|teacher|taxi driver|cabbie|driver|delivery driver|postman|postie|"
            r"postwoman|cleaner|"
            r"receptionist|barber|bouncer|doorman|landlord|landlady|support worker|social worker|housing officer|"
            r"pharmacist|doctor|gp|plumber|electrician|builder|warden|caretaker|barmaid|bartender|shop worker|"
            r"manager|ta|teaching assistant|dinner lady|youth worker|hairdresser|paramedic|security guard|courier|"
            r"estate agent|letting agent|hotel receptionist|porter|scaffolder|bus driver|meter reader|midwife|"
            r"dealer|punter|user|customer)\b"
            r"|i (?:used to |have |'ve )?(?:work|worked|volunteer|volunteered|clean|cleaned|deliver|delivered|"
            r"drive|drove|care for|teach|taught|look after|looked after|nurse|manage)(?:ed|ing|s)? (?:at|in|for|"
            r"with|on|nights|days|there|here|the|his|her|their|to|behind)\b[^.,;!?]{0,35}|as (?:his|her|their) "
            r"(?:carer|nurse|teacher|support worker|landlord|cleaner|driver))"
        ),
        "",
        "gives the reporter's work or shift",
        "The reporter's work was left out.",
    ),
    (
        "workplace",
        (
            r"\bone of (?:my|our) (?:pupils|students|patients|clients|tenants|customers|residents|regulars|lads|"
            r"staff|drivers|guests|kids)\b"
        ),
        "someone",
        "gives the reporter's work",
        "The reporter's work was left out.",
    ),
    (
        "school",
        (
            r"\b(?:(?:is |are |who is |who's )?in my (?:year|class|form|school|college|set|tutor group|football "
            r"team|team)(?: at [a-z ]{2,25})?|at my (?:school|college|sixth form|academy|gym|church|mosque|club)|"
            r"goes to my (?:school|college|church|mosque|gym)|we(?:'re| are) in year \d+|i(?:'m| am) in year \d+|"
            r"i(?:'m| am|m) (?:only |just )?1[0-7]\b|from my (?:school|class|year|college|church|mosque|team|club|"
            r"gym|work))"
        ),
        "",
        "gives the reporter's school, class, club or age",
        "The reporter's school, club or age was left out.",
    ),
    (
        "only witness",
        (
            r"\b(?:(?:i was|i'm|i am|im) the only (?:one|person)[^.,;!?]{0,30}|only (?:me|i|us|we)\b(?: and "
            r"(?:him|her|[a-z]+))?[^.,;!?]{0,25}|just (?:me and (?:him|her|them|[a-z]+)|the two of us)|(?:nobody|"
            r"no one|no-one|noone) else (?:knows?|was there|saw|seen|heard|was (?:in|around|about)|has (?:a key|"
            r"keys|access)|could|would)[^.,;!?]{0,25}|"
            r"(?:he|she|they)(?:'s| has|'ve| have)? (?:only|just|also)? ?(?:told|said to|showed|texted|messaged|"
            r"rang|sent|whispered to|admitted to|bragged to|boasted to|confided in|let slip to|trusts?) (?:me|"
            r"us)(?: and [a-z]+)?(?: (?:himself|herself|that|he|she|about|everything|it|a (?:photo|picture|video|"
            r"pic))\b)?|i was (?:with (?:him|her|them)|in the (?:room|car|house|flat|kitchen))(?: "
            r"when)?[^.,;!?]{0,20}|in front of (?:me|us)|to my face|"
            r"i overheard[^.,;!?]{0,40}|i(?:'m| am) the only[^.,;!?]{0,30})"
        ),
        "",
        "could be known to the reporter alone",
        "What only the reporter could have known was left out.",
    ),
    (
        "hiding place",
        (
            rf"\b(?:hidden |hid |hides? (?:it |them )?|stashed |kept |keeps? (?:it |them )?|stored? "
            rf")?(?:under(?:neath)?|beneath|behind|inside|in|on top of|down the back of|up|at the back of|taped "
            rf"(?:to|under|behind)) (?:of )?(?:his|her|their|the|a|my|our|the kids'?|the baby's|[a-z]+'s) (?:own |"
            rf"old |kids'? |baby'?s? |son's |daughter's |mum's |nan's |bedroom |bathroom |kitchen )*{_HIDING}\b"
        ),
        "",
        "a private hiding place that few can know",
        "A private hiding place was left out.",
    ),
    (
        "unique act",
        (
            r"\b(?:i (?:gave|lent|sold|drove|dropped|picked|took|let|helped|paid|bought|borrowed|carried|held|"
            r"counted|found|opened|went (?:round|in|over|to (?:his|her|their))|been (?:in|inside|to)|walked in on|"
            r"let (?:him|her|them)|confronted|followed|phoned|told (?:him|her|them)|asked (?:him|her|them)|stayed "
            r"(?:there|over|at)|have (?:a key|keys)|'ve got (?:a key|keys)|had to)\b[^.,;!?]{0,40}|(?:he|she|"
            r"they)(?:'s| has|'ve| have)? (?:gave|given|offered|asked|made|paid|sold|lent|invited|"
            r"forced|threatened|hit|punched|pushed|followed|drove|picked) (?:me|us)\b[^.,;!?]{0,40})"
        ),
        "",
        "an act that only the reporter did or took part in",
        "An act of the reporter's own was left out.",
    ),
    (
        "dispute",
        (
            r"\b(?:(?:he|she|they) (?:still )?owes? (?:me|us)\b[^.,;!?]{0,25}|i owe (?:him|her|"
            r"them)\b[^.,;!?]{0,25}|(?:we|i)(?:'ve| have| had)?(?: had)?(?: a| an)? ?(?:fell|fallen|fall) "
            r"out\b[^.,;!?]{0,30}|(?:we|i)(?:'ve| have)? (?:had|have|got into) (?:a|an|words|another|several) "
            r"?(?:row|argument|fight|dispute|falling out|disagreement|run-in|barney|go)?[^.,;!?]{0,35}|(?:since|"
            r"when|after) we (?:split|broke|separated|divorced)(?: up)?|"
            r"i(?:'ve| have)?(?: already| also)? (?:complained|reported)[^.,;!?]{0,45}|(?:custody|parking|"
            r"neighbour|boundary|fence|noise|rent) (?:dispute|row|battle|argument|case)|(?:we|i)(?:'re| are|'m| "
            r"am) (?:in|going to|going through) (?:court|a divorce|mediation)\b[^.,;!?]{0,20}|(?:he|she|they) "
            r"(?:blames|hates|has it in for|reported|sacked|evicted|cheated on|left|dumped) (?:me|"
            r"us)\b[^.,;!?]{0,20})"
        ),
        "",
        "a dispute the offender knows about",
        "A dispute was left out.",
    ),
)

RULES: tuple[Rule, ...] = tuple(
    Rule("relationship" if kind == "hearsay" else kind, re.compile(pattern), instead, why, told)
    for kind, pattern, instead, why, told in _TABLE
)
"""Every rule; where two find the same words the longer wins."""
