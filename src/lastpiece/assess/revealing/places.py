"""Where the teller lives, stands or looks, and hiding places that only a few can know."""

from lastpiece.assess.revealing.rule import END, HIDING, HOME, ROOM, TELLER, rules

RULES = rules(
    (
        (
            "viewpoint",
            (
                rf"\b{TELLER} (?:can |could |has |have |often |regularly )?(?:sees?|saw|seen|hears?|heard|watch(?:es|"
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
            rf"\b{TELLER} (?:lives?|resides?|stays?)\b[^.,;!?]{{0,40}}",
            "",
            "says where the reporter lives",
            "Where the reporter lives was left out.",
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
                rf"\b(?:i live|i'm|i am|we live) (?:right |just |directly )?next to (?:it|them|him|her)\b|\bmy {HOME} "
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
            "viewpoint",
            (
                rf"\b(?:(?:seen |visible |that i see |which i see |i (?:can )?see (?:it |them |him |her |this |"
                rf"everything |it all )?|i watch (?:them |him |her )?|i (?:can )?hear (?:them |him |her |it )?|i saw "
                rf"(?:them |him |her |it |this )?|looking out )?(?:from|out of|through|over) (?:my|our) "
                rf"{ROOM}(?:{HOME}|flat window|bedroom|kitchen|wall|lounge|classroom|van|taxi|cab|bus|desk|"
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
                rf"{ROOM}{HOME})?{END}"
            ),
            "nearby",
            "places the reporter's home or standpoint",
            "The reporter's standpoint became “nearby”.",
        ),
        (
            "viewpoint",
            rf"\b(?:(?:in|at|on|to|into|of|round|by) )(?:my|our) {ROOM}{HOME}(?:'s [a-z]+)?{END}",
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
            "hiding place",
            (
                rf"\b(?:hidden |hid |hides? (?:it |them )?|stashed |kept |keeps? (?:it |them )?|stored? "
                rf")?(?:under(?:neath)?|beneath|behind|inside|in|on top of|down the back of|up|at the back of|taped "
                rf"(?:to|under|behind)) (?:of )?(?:his|her|their|the|a|my|our|the kids'?|the baby's|[a-z]+'s) (?:own |"
                rf"old |kids'? |baby'?s? |son's |daughter's |mum's |nan's |bedroom |bathroom |kitchen )*{HIDING}\b"
            ),
            "",
            "a private hiding place that few can know",
            "A private hiding place was left out.",
        ),
    )
)
