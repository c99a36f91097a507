"""One way in which words identify their teller, and the vocabularies that several ways share."""

import re
from collections.abc import Sequence
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


FAMILY = (
    r"(?:step ?-?)?(?:mum|mom|mam|mother|dad|father|brother|sister|son|daughter|lad|kid|kids|child|"
    r"children|baby|boy|girl|twins|cousins?|nephew|niece|uncle|aunt(?:ie|y)?|nan|nana|grandad|grandson|"
    r"granddaughter|gran|grandma|parents|family|in-laws?|brother-in-law|sister-in-law|mother-in-law|father-in-law)"
)

LOVE = (
    r"(?:ex|ex-?(?: )?(?:boyfriend|girlfriend|husband|wife|partner|fella|mrs|missus)|boyfriend|girlfriend|"
    r"bf|gf|husband|hubby|wife|partner|fella|missus|mrs|fiance|fiancee|other half|bloke|old man|baby "
    r"?(?:daddy|mama|dad|mum))"
)

CIRCLE = (
    r"(?:best |old |close |good |work |school )?(?:mate|mates|friend|friends|pal|bestie|flatmate|"
    r"housemate|roommate|lodger|tenant|landlord|landlady|neighbours?|neighbor|next ?-?door(?: neighbour)?|"
    r"upstairs neighbour|downstairs neighbour)"
)

WORK = (
    r"(?:boss|manager|colleagues?|co-?workers?|supervisor|client|clients|customer|customers|patient|"
    r"patients|pupil|pupils|student|students|carer|support worker|social worker|key ?worker|probation "
    r"officer|teacher|tutor|apprentice|employer|employee)"
)

ANYONE = rf"(?:{LOVE}|{FAMILY}|{CIRCLE}|{WORK})"

ROOM = (
    r"(?:(?:kitchen|bedroom|front|back|living room|lounge|bathroom|upstairs|landing|office|shop|classroom|"
    r"staff ?room|side) )?"
)

HOME = (
    r"(?:house|flat|home|place|door|front door|back door|garden|gate|drive|driveway|block|building|window|"
    r"wall|fence|bungalow|street|road|close|estate|landing|floor|stairs|stairwell|shop|work|office|school|"
    r"shed|balcony|bins?)"
)

END = r"(?=[\s,.;:!?)]|$)"

HIDING = (
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

TELLER = r"(?:caller|informant|reporter|the person reporting|referrer|source|this person)"


def rules(table: Sequence[tuple[str, str, str, str, str]]) -> tuple[Rule, ...]:
    """Make rules of (kind, pattern, instead, why, generalised)."""
    return tuple(Rule(kind, re.compile(pattern), instead, why, told) for kind, pattern, instead, why, told in table)
