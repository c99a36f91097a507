"""What names of people look like in a text, shared by the recognisers of people and of nicknames."""

import re
from functools import cache

from lastpiece.fit.mentions.mention import Mention
from lastpiece.fit.mentions.reading import Reading, Word
from lastpiece.values.address import EXPANDED
from lastpiece.values.drug import slang
from lastpiece.values.kinds import KINDS
from lastpiece.values.name import EPITHETS, TITLES, forenames, surnames
from lastpiece.values.period import DAYS, MONTHS
from lastpiece.values.place import gazetteer
from lastpiece.values.vehicle import COLOURS, makes, models
from lastpiece.values.weapon import weapon_words

ORDINARY_NAMES = frozenset(
    "will may grace mark hope summer rose daisy jack rob bill nick pat sue dean chase max art ray faith joy dawn eve amber ruby jade crystal angel carol chip drew frank gene grant guy harry "
    "jean josh lance lee miles olive penny peg rich rocky sandy skip victor wade ward april june august heather ivy hazel iris lily violet basil cliff dale glen heath kit robin sky stone storm young christian "
    "paris chelsea jordan kent london sydney austin florence ash bob charity lucky mercy patience prince royal sonny sunny mason parker carter harley mercedes india georgia savannah river roan skye willow poppy pearl "
    "ginger piper page reed rex ross west winter unity destiny blessing don al ed ty kay dot hal han ness mel sal tel den dick jay jem len lou meg mags nat nell ned pip si ted tim ant buck cal dom fran gray abs im "
    "gill nan gran jan lex shell vic stella holly major earl duke preston lincoln chester derby nana sol colt cat case cole max art noel curtis kim ria rio leo leon miles gift bella belle angelo manny barry lim "
    "rod van bay ness mo sandy jock jimmy's shay sage star may tori wills merry marge randy woody stew ray bo ali marina lena victoria albert alma florence elena francis martin oscar charlotte rab "
    "charlie molly mandy tina percy angus stan ellis lane lacey ford posh snow stu nico terry terri jo zip page bonnie gail cherry ruth chris's adele israel jose malta jersey ada tia rica jackie levi cassie june "
    "reg jenny spinning hank earnest jess's mikey's moss beau trey rico dion kane cane cain gem lola gray paddy clay rusty shane's baz's sultan baron messiah shady ion kai spencer gent luan flora mina rama hana efe una sana isha nina neve mira lara "
    "abu ayo esme habib omari sean's maya kos rest temi femi mei hugo cory lance august autumn blue ace cash chance fern forest garnet gray hunter jewel justice king lake legend love melody misty "
    "nova opal panda queen raven sage scout shadow sierra sky trinity true wolf wren wyatt holden miller tanner dash blaze dusty hardy lucky buddy bud bunny candy honey sugar babe bell bella".split()
)
"""First names that are also words, places or brands: alone they are no name without more."""

_STOP = frozenset(
    "the a an and or but if so then than that this these those there here he she it they we i you him her them us me his their our my your its who whom which what when where why how is are was were be been being am has have had do does did "
    "done can could will would shall should may might must not no nor on in at of to for from by with about into over under after before between through during without within against among up down off out near around behind opposite outside inside next "
    "as just only very really quite too also again always never sometimes often still yet now today tonight yesterday tomorrow every each all any some many much more most few lots both either neither other another same such own "
    "one two three four five six seven eight nine ten first second last im i'm ive i've dont don't cant can't isnt isn't wasnt wasn't hes he's shes she's theyre they're its it's thats that's theres there's whats what's id i'd ill i'll youre you're "
    "lad lads lady man men woman women guy guys bloke blokes boy boys girl girls kid kids child children people person someone somebody anyone everyone nobody mate mates friend friends dealer dealers runner runners neighbour neighbours "
    "son daughter mum dad mother father brother sister cousin uncle aunt auntie nan partner wife husband boyfriend girlfriend ex family boss landlord tenant resident user users addict police officer council school house flat "
    "car cars van vans bike bikes phone phones number line lines street road town drugs drug money cash knife gun dog dogs door window garden night nights day days time times week weeks morning evening afternoon shop pub park "
    "selling dealing going coming doing seen see saw know knows known think thinks believe said says say told tell tells call called calls name named names goes go went gone get gets got give gives gave make makes made take takes took look looks looked "
    "old young big little small tall short fat thin skinny black white brown asian mixed polish romanian albanian british english eastern european african caribbean turkish kurdish pakistani indian chinese vietnamese somali nigerian irish scottish welsh "
    "quite something anything nothing everything because since until while though although however maybe probably definitely apparently basically actually obviously usually normally mostly please thanks thank hello hi hiya hey dear sir ok okay yes yeah nah "
    "crimestoppers fearless nhs snapchat snap instagram insta telegram tiktok facebook whatsapp signal google youtube twitter ring paypal uber deliveroo amazon cctv tv uk usa eu pc pcso bmx id pin sim gp a&e mp ppe atm abh gbh asb asbo wifi iphone samsung android nike adidas gucci north "
    "christmas easter halloween ramadan eid god jesus lord covid brexit england britain europe ireland scotland wales france spain poland romania albania jamaica pakistan india china vietnam "
    "class street-level bag bags bit bits stuff gear loads lot around like well good bad new right left back front side top bottom upstairs downstairs nearby local quiet noisy scared worried afraid trying using used use need needs want wants let lets put "
    "mr mrs ms miss dr lil they're scouse geordie brummie cockney muslim christian catholic gypsy traveller travellers anonymous anonymously anon section unit flat room mixed-race light-skinned dark-skinned asap fyi btw lol omg tbh ngl wtf imo "
    "caller callers resident's victim suspect male males female females occupant occupants passenger driver drivers rider informant source agency team staff nurse carer teacher worker support manager customer customers everyone's anybody nickname everybody information spinning county child cuckooing grooming slavery modern slave tip report information info concern concerned worry help urgent emergency danger follow seems seem heard hear hearing notice noticed noticing happening happens happened".split()
)

PERSON_VERB = re.compile(
    r"\s+(?:is|isnt|isn't|was|has|hasn't|had|lives|lived|deals|dealt|sells|sold|runs|ran|drives|drove|said|says|told|tells|works|worked|stays|stayed|carries|carried|keeps|kept|threatened|threatens|hit|beat|stabbed|owes|owed|came|comes|goes|went|gets|got|turns|turned|picks|picked|"
    r"drops|dropped|uses|used|brings|brought|collects|collected|moved|hangs|hides|hid|makes|made|wants|wanted|takes|took|smokes|left|asked|offered|showed|pays|paid|who|aka|a\.k\.a|does|did|sent|sends|gives|gave|rents|owns|holds|supplies|delivers|shows|knows|shot|robbed|"
    r"answers|texts|rides|walks|sits|meets|met|looks|looked|seems|always|just|never|also|still|usually|thinks|reckons|cooks|bags|cuts|shifts|pushes|and (?:his|her|another|two|the|them|[a-z]+) (?:mate|girlfriend|boyfriend|brother|cousin|lot|boys|lads|are|were|have)|"
    r"(?:would|could|will|might|must|may|can) (?:be|have|kill|hurt|do|get|not))\b"
)
OWNED = re.compile(
    r"(?:'s|s')\s+(?:lot|lots|crew|boys|mate|mates|girlfriend|boyfriend|missus|mum|mom|dad|brother|brothers|sister|cousin|house|flat|place|car|van|bike|line|phone|number|runner|runners|lads|man|men|gaff|yard|drugs|gear|stuff|money|dog|son|daughter|uncle|nan|gang|people|ex|partner|wife|girl|"
    r"snap|snapchat|insta|address|room|door|motor|golf|audi|bmw|kid|kids|family|friend|friends|baby)\b|(?:'s|s')(?=[.,!?\s]|$)"
)
INTRODUCED = re.compile(
    r"\b(?:(?:his|her|their|my|the|a|this|that|some|dealer|main) (?:best |older |younger |little |big |main |own |young |other |new |old |local )?(?:mate|mates|friend|friends|pal|brother|bro|sister|sis|cousin|cuz|girlfriend|boyfriend|partner|missus|wife|husband|ex|mum|dad|uncle|aunt|auntie|son|daughter|nephew|boss|landlord|"
    r"dealer|runner|driver|lad|bloke|guy|geezer|fella|man|woman|girl|kid|boy|neighbour|tenant|resident)|by|with|from|for|to|and|or|saw|seen|see|knows?|think it's|think its|it's|its|called|of|owes?|told|tells|ask|ring|text|call|under|against|threatened|beat|robbed|stabbed|about|at|round|is|was|met|meets?|helped|gave|where|that|when|because|as|like|named) (?:\"|')?$"
)
STREET_AFTER = re.compile(
    r"(?:'s)?\s+(?:"
    + "|".join(
        sorted(
            {
                *EXPANDED,
                "school",
                "academy",
                "primary",
                "hospital",
                "estate",
                "station",
                "arms",
                "inn",
                "hotel",
                "shopping centre",
                "centre",
                "centre",
                "church",
                "college",
                "stores",
                "house",
                "field",
                "playing",
                "wood",
                "woods",
                "bridge",
            },
            key=len,
            reverse=True,
        )
    )
    + r")\b"
)
_GAP = re.compile(r"[ \-]|\. ?")
_MOST_WORDS = 3


def stem(word: Word) -> tuple[str, int]:
    """Return the plain word without a possessive ending, and where it ends."""
    return word.stem, word.stop


@cache
def _taken() -> frozenset[str]:
    """Return the words that belong to other kinds: places, drugs, weapons, vehicles, days and months."""
    single = {
        word
        for source in (slang(), weapon_words(), makes(), models(), COLOURS, DAYS, MONTHS, gazetteer())
        for word in source
        if " " not in word
    }
    return frozenset(single - (forenames() - ORDINARY_NAMES)) | {word for day in DAYS for word in (day, f"{day}s")}


def may_be_name(low: str) -> bool:
    """Return whether an unknown word can be a name at all."""
    return low not in _STOP and low not in TITLES and any(c.isalpha() for c in low) and not low[0].isdigit()


def foreign_to_people(low: str) -> bool:
    """Return whether a word is one of another kind (a drug, a car, a town, a day)."""
    return low in _taken()


def grow(reading: Reading, first: int, *, strong: bool) -> int:
    """Return the offset at which the name that begins with word number `first` ends.

    A word goes on with the name when it follows at once and is a surname, an initial, or (in a text with
    capitals) capitalised and no word of another kind.
    """
    words = reading.words
    end = stem(words[first])[1]
    for number in range(first + 1, min(first + _MOST_WORDS, len(words))):
        previous, word = words[number - 1], words[number]
        gap = reading.clean[end : word.start]
        if (
            end != previous.end
            or not _GAP.fullmatch(gap)
            or (gap.startswith(".") and previous.end - previous.start > 1)
        ):
            break
        low, stop = stem(word)
        if not _continues(reading, word, low, strong=strong):
            break
        if STREET_AFTER.match(reading.low, stop) and low not in surnames():
            break
        end = stop
    return end


def _continues(reading: Reading, word: Word, low: str, *, strong: bool) -> bool:
    capital = word.text[:1].isupper()
    if low in _STOP and not (
        low in surnames()
        and capital
        and reading.cased
        and low
        in {"young", "little", "black", "white", "brown", "king", "knight", "day", "may", "long", "street", "wood"}
    ):
        return False
    if reading.cased:
        return capital and (
            low in surnames()
            or (not foreign_to_people(low) and len(low) > 1)
            or (len(low) == 1 and low not in {"i", "a"})
        )
    like = len(low) > 5 and (_LIKE_SURNAME.search(low) is not None or low in gazetteer()) and low not in _LIKE_BUT_NOT  # noqa: PLR2004 - shorter endings are chance
    return (
        like
        or (low in surnames() and low not in _LOWER_SURNAMES)
        or (strong and low in surnames() and low not in _STOP)
    )


_LIKE_SURNAME = re.compile(
    r"(?:son|ton|ley|ham|ford|worth|field|wood|well|cliff|brook|bury|thorpe|shaw|stone|smith|ski|ska|escu|ovic|wicz|enko|man|downer|more|moor|gate|land|combe|cote|ridge|hurst|wick|stead|grave|ington|cole)$"
)
_LIKE_BUT_NOT = frozenset(
    "woman person season reason lesson poison prison bottom button cotton skeleton valley alley barley trolley money chimney hockey jersey parsley gotham afford stafford bradford oxford watford salford bedford field garfield sheffield mansfield huddersfield neighbourhood childhood football "
    "farewell drywell stairwell doorman postman policeman fireman workman salesman handyman delivery german human roman command woodland midland poland scotland england ireland island inland overland anymore furthermore sophomore before ignore explore garden london brighton wellington southampton northampton kensington".split()
)
_LOWER_SURNAMES = frozenset(
    "long little best green white black young king day may read power church ward hall hill cook field bull bird ball bond booth burns cross dale dean edge finch fisher fox frost good grant gray hood hope hunt knight lamb lane law lord marsh miles mills moss north "
    "page park parks pike pope price rice rose sharp short smart stone summers swift tucker wall waters webb wells west winter wood woods work yard snow bell savage noble peacock moss gold hands field farmer butler baker carter barber bishop bowers cope "
    "dyer gill glover goddard law mason miller nash nunn page porter potter skinner slater spence storey tanner turner tyler walker weaver wheeler wright ash banks barry berry bird blake bolton booth bowen brady burgess burton cain church coles collier costa cox "
    "craig dawson denton dodd duffy francis gibson gregory harding henry hewitt holden holland horton houghton howard hyde james jarvis john jordan joyce kane kay kent kerr kirby leach leigh lewis lincoln lloyd lowe major marshall martin masters "
    "may middleton morgan morris murphy nelson newman norman norton oliver owen parker perry platt poole preston quill radley reed rhodes ross rowe sanders scott seymour shah sinclair silva stacey stanley stuart sutton taylor thomas todd townsend trent vaughan wade wakefield warner watts strand denham sheridan warren barlow barton baron bates".split()
)  # fmt: skip
"""Surnames that are also everyday words, forenames or places: without a capital they do not go on a name."""


def named(reading: Reading, span: tuple[int, int], kind: str, judged: tuple[float, str]) -> Mention | None:
    """Return the mention of a name, or None where its value cannot be made."""
    start, end = span
    value = KINDS[kind].clean(reading.text[start:end])
    if not value:
        return None
    return Mention(start, end, reading.text[start:end], kind, value, False, *judged)  # noqa: FBT003 - only plates and phones are partial


def kind_of(reading: Reading, start: int, end: int, *, street: bool) -> str:
    """Return `nickname` or `person` for a name found by a cue; `street`: the cue speaks of a nickname."""
    words = [word for word in re.split(r"[ \-]", reading.low[start:end]) if word]
    if words[0] in EPITHETS:
        return "nickname"
    first = words[0].rstrip(".") in forenames()
    if len(words) > 1:
        return "person" if first or words[-1] in surnames() else ("nickname" if street else "person")
    return "person" if (first and not street) or (words[0] in surnames() and not street) else "nickname"
