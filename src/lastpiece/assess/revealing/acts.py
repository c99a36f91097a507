"""What only the teller did, does for a living, or was alone to see."""

from lastpiece.assess.revealing.rule import TELLER, rules

RULES = rules(
    (
        (
            "own details",
            (
                rf"\b(?:(?:an? )?anonymous |(?:an? )?(?:male|female|young|elderly|older|local) ){{1,4}}{TELLER}\b"
                r"(?: (?:reports?|states?|says?|said|advises?|reported|stated|advised|rang|called)\b(?: that)?)?[ :-]*|"
                rf"\b{TELLER} (?:reports?|states?|advises?|says|reported|stated|advised)\b(?: that)?[ :-]*"
            ),
            "",
            "says what kind of person reported",
            "Who rang was left out.",
        ),
        (
            "own details",
            r"\bplease (?:do not|don't|dont|never) (?:say|tell|let|mention)\b[^.;!?]{0,60}",
            "",
            "asks for the reporter's own protection",
            "A plea of the reporter's own was left out.",
        ),
        (
            "workplace",
            rf"\b{TELLER} (?:works?|worked|is employed|volunteers?|delivers?)\b[^.,;!?]{{0,40}}",
            "",
            "gives the reporter's work",
            "The reporter's work was left out.",
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
    )
)
