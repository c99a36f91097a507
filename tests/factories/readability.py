"""How hard a page is to read, by formulas that are a sum anyone can check.

Three are worked out for each page:

- Flesch–Kincaid grade (Kincaid, Fishburne, Rogers and Chissom, 1975, *Derivation of new readability formulas*):
  0.39 × words per sentence + 11.8 × syllables per word − 15.59.
- Coleman–Liau index (Coleman and Liau, 1975, *A computer readability formula designed for machine scoring*):
  0.0588 × letters per 100 words − 0.296 × sentences per 100 words − 15.8.
- SMOG (McLaughlin, 1969, *SMOG grading: a new readability formula*):
  3.1291 + 1.0430 × √(30 × words of three or more syllables per sentence). It is made for 30 sentences and more.

Each gives the school grade of the United States; a child in grade *n* is *n* + 5 to *n* + 6 years old, so a reading age
of 9 is a grade below 5. One formula counts syllables and one counts letters, so that neither a slip in the count of
syllables nor a fondness for long words of one syllable can carry a page.

A short label, such as a button, is no sentence: blocks of fewer than four words are left out, because they would make
any page look easy. What a visitor typed and what the desk published are left out too.
"""

import math
import re
from dataclasses import dataclass
from html.parser import HTMLParser

FEWEST_WORDS = 4
"""Words a block of text must have to be measured."""

FEWEST_GRADED = 8
"""Words a sentence must have to be graded by itself: in a shorter one a single long word decides."""

EASY = (
    "British Transport Police", "Modern Slavery Helpline", "Information Commissioner’s Office",
    "Equality Advisory and Support Service", "Web Content Accessibility Guidelines", "Data Protection Officer",
    "Runaway Helpline", "Nenshire Police", "Force Headquarters", "Crimestoppers", "Childline", "Nenshire", "Nenbridge",
    "Lastpiece", "JavaScript", "January", "February", "September", "October", "November", "December",
)  # fmt: skip
"""Proper names that must stand as they are: each counts as one word of one syllable and four letters."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a page may come to: its grade by both formulas, and the words and the grade of its hardest sentence."""

    grade: float
    sentence_words: int
    sentence_grade: float


ADULT = Limits(grade=4.9, sentence_words=20, sentence_grade=7.9)
"""Reading age 9: a grade of the fifth year of school is not reached."""
YOUNG = Limits(grade=2.9, sentence_words=18, sentence_grade=6.0)
"""Two years easier, for people who are 11 and may be frightened."""
SITE_SMOG = 5.9
"""For all pages as one text: McLaughlin's scale asks for full understanding and lies one to two grades above others."""

_UNSEEN = {"script", "style", "svg", "textarea", "head", "datalist"}
_INLINE = {"a", "abbr", "b", "bdi", "em", "i", "kbd", "span", "strong", "small", "br", "noscript"}
_NOT_OURS = {"bdi", "typed", "weeks", "wordmark", "words"}
"""Elements and classes that hold what somebody else wrote: the visitor, or the desk in what it published."""
_VOID = {"br", "hr", "img", "input", "link", "meta", "path", "rect", "circle", "wbr"}
_NUMBER = re.compile(r"[£]?\d[\d ,.:×%]*\d%?|\d")
_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
_SENTENCE_END = re.compile(r"[.!?…]+[”’\"')]*(?:\s+|$)")


class Blocks(HTMLParser):
    """The texts of a page, one to a block: paragraph, row of a list, label. `within` limits it to one element."""

    def __init__(self, page: str, within: str = "") -> None:
        super().__init__()
        self.found: list[str] = []
        self._open: list[tuple[str, bool]] = []
        self._within, self._inside, self._text = within, not within, ""
        self.feed(page)
        self._end()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a block, and take in the sentences that only a script or a screen reader says."""
        values = dict(attrs)
        if tag == self._within:
            self._inside = True
        hidden = tag in _UNSEEN or not _NOT_OURS.isdisjoint([tag, *(values.get("class") or "").split()])
        if tag not in _VOID:
            self._open.append((tag, hidden))
        if tag not in _INLINE:
            self._end()
        self._text += " "
        if self._inside and tag not in {"svg", "head"}:
            self.found += [
                text or ""
                for name, text in attrs
                if name == "aria-label" or (name.startswith("data-") and " " in (text or ""))
            ]

    def handle_endtag(self, tag: str) -> None:
        """End a block."""
        if tag not in _INLINE:
            self._end()
        if tag in _VOID:
            return
        while self._open and self._open.pop()[0] != tag:
            pass
        if tag == self._within:
            self._inside = False

    def handle_data(self, data: str) -> None:
        """Take in a text that is seen."""
        if self._inside and not any(hidden for _, hidden in self._open):
            self._text += data

    def _end(self) -> None:
        text = " ".join(self._text.split())
        self._text = ""
        if text:
            self.found.append(text)


@dataclass(frozen=True, slots=True)
class Measured:
    """What was counted of one page or text."""

    words: int
    sentences: int
    syllables: int
    letters: int
    long_words: tuple[str, ...]
    longest: str

    @property
    def flesch_kincaid(self) -> float:
        """Return the grade by words per sentence and syllables per word."""
        return 0.39 * self.words / self.sentences + 11.8 * self.syllables / self.words - 15.59

    @property
    def coleman_liau(self) -> float:
        """Return the grade by letters per word and words per sentence."""
        return (5.88 * self.letters - 29.6 * self.sentences) / self.words - 15.8

    @property
    def smog(self) -> float:
        """Return the grade by words of three syllables and more."""
        return 3.1291 + 1.0430 * math.sqrt(30 * len(self.long_words) / self.sentences)

    @property
    def longest_words(self) -> int:
        """Return how many words the longest sentence has."""
        return len(words_of(self.longest))


def sentences_of(blocks: list[str]) -> list[str]:
    """Return the sentences of the blocks that are long enough to be measured, each once a page."""
    found: list[str] = []
    for block in dict.fromkeys(blocks):
        if len(words_of(block)) >= FEWEST_WORDS:
            found += [piece for piece in _SENTENCE_END.split(plain(block)) if words_of(piece)]
    return found


def plain(text: str) -> str:
    """Return the text with each easy name and each number as one easy word."""
    for name in EASY:
        text = re.sub(rf"\b{name}\b", "Anna", text, flags=re.IGNORECASE)
    return _NUMBER.sub("five", text).replace("{over}", "five")


def words_of(text: str) -> list[str]:
    """Return the words of a text."""
    return _WORD.findall(plain(text))


def measure(blocks: list[str]) -> Measured:
    """Return what a page's blocks come to; raise `ValueError` when there is nothing to measure."""
    sentences = sentences_of(blocks)
    words = [word for sentence in sentences for word in words_of(sentence)]
    if not words:
        raise ValueError("There is no sentence to measure.")
    counts = [syllables(word) for word in words]
    return Measured(
        words=len(words),
        sentences=len(sentences),
        syllables=sum(counts),
        letters=sum(sum(character.isalpha() for character in word) for word in words),
        long_words=tuple(word.lower() for word, count in zip(words, counts, strict=True) if count > 2),
        longest=max(sentences, key=lambda sentence: len(words_of(sentence))),
    )


_KNOWN = {
    "anna": 1, "five": 1, "area": 3, "being": 2, "carer": 2, "carers": 2, "cuckooing": 3, "doing": 2, "every": 2,
    "everyone": 3, "everything": 3, "favourite": 2, "going": 2, "idea": 3, "ideas": 3, "jewellery": 3, "lying": 2,
    "maybe": 2, "people": 2, "police": 2, "quiet": 2, "saying": 2, "science": 2, "seeing": 2, "someone": 2,
    "something": 2, "sometimes": 2, "somewhere": 2, "taxi": 2, "taxis": 2, "themselves": 2, "trying": 2, "violent": 3,
    "wi": 1, "fi": 1, "client": 2, "created": 3, "society": 4, "therefore": 2, "safety": 2, "safely": 2, "homes": 1,
    "phones": 1, "clothes": 1, "anyone": 3, "anywhere": 3, "nowhere": 2, "elsewhere": 2, "whatever": 3, "movement": 2,
    "basement": 2, "likely": 2, "lonely": 2, "rarely": 2, "scooters": 2, "business": 2, "different": 3, "several": 3,
    "interesting": 4, "video": 3, "radio": 3, "crying": 2, "buying": 2, "playing": 2, "hers": 1, "used": 1, "seen": 1,
    "rely": 2, "apply": 2, "reply": 2, "replies": 2, "diary": 3, "poem": 2, "loneliness": 3, "statement": 2,
    "forever": 3, "homework": 2, "timeline": 2, "childline": 2, "online": 2, "lifetime": 2, "nineteen": 2,
    "carefully": 3, "careful": 2, "useful": 2, "hopeful": 2, "useless": 2, "homeless": 2, "heroin": 3, "real": 1,
    "somebody": 3, "anybody": 4, "everybody": 4, "nobody": 3, "guideline": 2, "guidelines": 2, "sideways": 2,
    "onion": 2, "million": 2, "union": 2, "religion": 3, "region": 2, "fashion": 2, "really": 2, "idle": 2,
    "little": 2, "trouble": 2, "mobile": 2, "mobiles": 2, "able": 2, "unable": 3,
}  # fmt: skip
"""Syllables of words that the rule below counts wrongly, and of some that it counts rightly, to say so."""


def too_hard(blocks: list[str], limits: Limits) -> list[str]:
    """Return in words what is too hard to read; nothing when the page is within its limits."""
    page = measure(blocks)
    found = [
        f"{name} grade {grade:.1f}, more than {limits.grade}"
        for name, grade in (("Flesch–Kincaid", page.flesch_kincaid), ("Coleman–Liau", page.coleman_liau))
        if grade > limits.grade
    ]
    for sentence in sentences_of(blocks):
        count = len(words_of(sentence))
        grade = measure([sentence]).flesch_kincaid if count >= FEWEST_WORDS else 0
        if count > limits.sentence_words or (count >= FEWEST_GRADED and grade > limits.sentence_grade):
            found.append(f"{count} words, grade {grade:.1f}: {sentence}")
    return found


def syllables(word: str) -> int:
    """Return the syllables of an English word: from the list, or by its groups of vowels.

    A last *e* is silent but in *-le* after a consonant; *-ed* is silent but after *t* and *d*; *-es* is silent but
    after a hiss. Two vowels that are spoken apart (*i-a*, *i-o*, *u-a*, *e-o*) count twice.
    """
    word = re.sub(r"[’']", "", word.lower())
    if word in _KNOWN:
        return _KNOWN[word]
    stem = re.sub(r"(?<=[^aeiouy])e(?=(?:ly|ful|less|ment|ness)$)", "", word)
    stem = re.sub(r"(?<=[^aeioutdy])ed$|(?<=[^aeiouylscxzgh])es?$|(?<=[aeiouy]l)es?$|(?<=[scxzgh])e$", "", stem)
    stem = re.sub(r"(?<=[aeiouy])(?:ed|e|es)$", "", stem)
    groups = len(re.findall(r"[aeiouy]+", stem))
    apart = len(re.findall(r"i(?=a(?!l$|n$|ls$|ns$)|o(?!n|us))|(?<![gq])ua|eo(?!p|u)|[aeo]y?ing", stem))
    apart += len(re.findall(r"(?<![cgtsx])i(?=a(?:ls?|ns?)$|ons?$|ous)", stem))
    return max(1, groups + apart)
