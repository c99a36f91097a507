"""Words that, in Welsh, Polish, Romanian or Arabic, may say that a life is in danger: an extra sign, never all of it.

Our lists read English. A report in any other language calls a person whatever is found here; these few words only say
what that person may find, and put it further forward. They are wide on purpose, and what they miss proves nothing.
"""

import re
from collections.abc import Mapping
from typing import Literal

from lastpiece.values.writing import plain

Danger = Literal["life", "weapon", "child", "held"]

WHY: Mapping[Danger, str] = {
    "life": "it may say that a life is in danger",
    "weapon": "it may speak of a weapon",
    "child": "it may say that a child is harmed",
    "held": "it may say that a person is held",
}

_STEMS: Mapping[str, Mapping[Danger, tuple[str, ...]]] = {
    "cy": {
        "life": (
            (
                r"l?ladd|hunanladd|l?lofrudd|(?:t|th|d|nh)rywan|saeth|marw|farw|mherygl|(?:p|b|ph)erygl|(?:b|f)yg[wy]th|"
                r"g?waedu|anymwybodol|l?losgi|(?:t|d|th)agu"
            ),
        ),
        "weapon": (r"(?:c|g|ch|ngh)yll(?:ell|yll)|d?dryll|nryll|(?:gwn|wn) (?:gan|ganddo|ganddi)\b|machete|arfau",),
        "child": (
            r"(?:p|b|ph|mh)lentyn|(?:p|b|ph|mh)lant\b|(?:b|f)achgen|(?:m|f)erch|(?:b|f)abi\b",
            (
                r"(?:c|g|ch)uro|(?:t|d|th)aro|(?:b|f)wrw|(?:b|f)rifo|niweid|(?:c|g)am-?drin|(?:t|d|th)reisi|(?:g|ch)?yffwrdd|"
                r"anaf"
            ),
        ),
        "held": (r"(?:c|g|ng|ngh)archar|herwgip|g?wystl|(?:c|g)loi\b|(?:c|g|ch)lymu|(?:c|g|ch)aeth|g?orfodi",),
    },
    "pl": {
        "life": (
            (
                r"zabi[jclt]|zabojst|zabojc|(?:za)?mord(?:er|owa|uj)|smier[ct]|zadzga|dzg(?:a|n)|(?:za|po)strzel|udus|"
                r"niebezpiecz|zagrozen|grozi|grozb|krwawi|nieprzytomn|nie oddycha|samoboj|podpal|spal[iao]|skatowa"
            ),
        ),
        "weapon": (r"noz(?:em|a|e|ami|owi)?\b|pistolet|bron(?:i|ia)?\b|maczet|siekier|strzelb|karabin|granat|bomb",),
        "child": (
            r"dzieck|dziec[iko]|chlop(?:ca|iec|cem|cow)|dziewczyn|nieletni|cork|syn(?:a|em|ek|ka)?\b|niemowl",
            r"(?:po)?bij[ea]|(?:po)?bi[lct]|krzywdz|skrzywdz|molest|(?:z)?gwalc|wykorzyst|dotyka|zneca|maltret",
        ),
        "held": (
            (
                r"porwa|porwi|(?:u)?wiez(?:i|ion)|przetrzym|zakladni|zamkn[iea]|zamyka|zwiaza|niewol|zmusza|"
                r"nie (?:moze|moga|moge) (?:wyjsc|odejsc|uciec)|zabra\w* (?:\w+ )?paszport"
            ),
        ),
    },
    "ro": {
        "life": (
            (
                r"omor|omoar|ucid|ucis|uciga|asasin|injungh|impusc|mort\b|morti\b|moart|moare|muri|pericol|amenint|"
                r"sangereaz|inconstient|nu (?:mai )?respira|sinucid|strangul|da foc|incendi"
            ),
        ),
        "weapon": (r"cutit|pistol|arm(?:a|e|ei|ele)\b|maceta|topor|bomb[aei]|pusc[aei]",),
        "child": (
            r"copil|copii|fetit|baiet|baiat|minor|fiic[ae]|fiul|bebelus",
            r"bat(?:e|ut|uta|uti|ai)?\b|bataie|love(?:st|sc)|lovi|abuz|viol|molest|ran(?:est|it)|chinui|atinge",
        ),
        "held": (
            (
                r"rapi[tr]|rapesc|sechestr|inchi[sd]|incuia|legat|ostatic|sclav|forta|obliga|"
                r"nu (?:\w+ ){0,2}(?:las|pot|poate) (?:\w+ ){0,2}(?:ples|plec|ias|iesi)|pasap"
            ),
        ),
    },
    "ar": {
        "life": (
            (
                r"قتل|ذبح|طعن|اطلاق النار|يطلق النار|موت|خطر|ينزف|تنزف|لا [يت]تنفس|فاقد[ةه]? الوعي|انتحار|[يت]نتحر|خنق|"
                r"حرق|تهديد|هدد"
            ),
        ),
        "weapon": (r"سكين|سلاح|اسلح[ةه]|مسدس|بندقي[ةه]|رصاص|قنبل[ةه]|ساطور|خنجر|رشاش",),
        "child": (r"طفل|اطفال|ولد|بنت|قاصر|رضيع", r"ضرب|اغتص|[يت]غتصب|تحرش|[يت]عتدي|اعتداء|ايذاء|[يت]وذي|عنف"),
        "held": (
            r"خطف|مخطوف|محتجز|احتجاز|رهين[ةه]|حبس|محبوس|مقيد|جواز سفر|لا [يت]ستطيع (?:الخروج|المغادر)|[يت]جبر|اجبر",
        ),
    },
}
"""By language: for each danger, lists that must all be found. In `plain` letters; a word begins with them, its end may
differ. Arabic joins small words to the front, so there a word holds them anywhere."""
_SLASHED = str.maketrans({"ł": "l"})


def _compiled(language: str, lists: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    before = "" if language == "ar" else r"\b"
    return tuple(re.compile(f"{before}(?:{words})") for words in lists)


_PATTERNS = {
    language: {danger: _compiled(language, lists) for danger, lists in dangers.items()}
    for language, dangers in _STEMS.items()
}


def may_say(text: str, *, language: str) -> tuple[Danger, ...]:
    """Return what a text in another language may say, in a fixed order; empty says nothing about what it says.

    Args:
        text: The words as they were told.
        language: The BCP-47 code they were told under; all lists are tried where there is none of that language.
    """
    bare = plain(text).translate(_SLASHED)
    code = language.partition("-")[0].lower()
    tried = [_PATTERNS[code]] if code in _PATTERNS else list(_PATTERNS.values())
    return tuple(
        danger for danger in WHY if any(all(pattern.search(bare) for pattern in dangers[danger]) for dangers in tried)
    )
