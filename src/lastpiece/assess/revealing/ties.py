"""Whom the teller knows: family, friends, work mates, quarrels, school, and the teller's own name."""

from lastpiece.assess.revealing.rule import ANYONE, END, HOME, TELLER, rules

RULES = rules(
    (
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
            "relationship",
            (
                rf"\b(?:my|our|a|one of my) {ANYONE}(?:'s {ANYONE})? (?:said|says|saying|reckons?|told me|told us|"
                rf"tells me|thinks?|heard|saw|seen|has seen)(?: that)?{END}"
            ),
            "it is said that",
            "names somebody close to the reporter as where it was heard",
            "Who told the reporter was left out.",
        ),
        (
            "relationship",
            (
                rf"\b(?:my|our) (?:own |little |younger |older |big |eldest |youngest |late |other |now "
                rf")*{ANYONE}(?:'s (?:new |ex |older |little )?{ANYONE})*(?: called)?(?!'s (?:{HOME}))\b(?!')"
            ),
            "someone",
            "tells how the reporter is related to a person",
            "A relationship to the reporter became “someone”.",
        ),
        (
            "relationship",
            (
                rf"\b(?:my|our) (?:own |little |younger |older |big |eldest |youngest |late |other |now "
                rf")*{ANYONE}(?:'s {ANYONE})*'s\b"
            ),
            "someone's",
            "tells how the reporter is related to a person",
            "A relationship to the reporter became “someone”.",
        ),
        (
            "relationship",
            (
                rf"\bi(?:'m| am|m| was|'ve been| have been) (?:his|her|their|[a-z]+'s) (?:own |little |older |younger |"
                rf"former |old )*{ANYONE}{END}"
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
            "relationship",
            (
                rf"\b{TELLER} (?:is|was) (?:a |an |the )?(?:close )?(?:relative|relation|{ANYONE})\b[^.,;!?]{{0,30}}|"
                r"\bfrom some(?:one|body) (?:who|close|that|in the|at the|they know)\b[^.,;!?]{0,40}"
            ),
            "",
            "tells how the reporter is related to a person",
            "How the reporter is related to a person was left out.",
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
)
