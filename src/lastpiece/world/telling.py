"""Who tells what, and how: from the county's days to reports with their truth.

Shares follow the field's figures for a county of this size: about 60 in 100 reports speak of drugs, 10–15 repeat
a rumour, 1–3 are malicious; a plate is seen in part at 60 in 100 vehicles, 5 in 100 reports name a phone number,
30 in 100 a nickname. Campaign weeks tell 1.5 to 3 times as much.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from lastpiece.world.chance import Chance, Odds
from lastpiece.world.county import County
from lastpiece.world.grammar import Writer
from lastpiece.world.happenings import DRUG_TOPICS, Days, Happening
from lastpiece.world.scene import Scene
from lastpiece.world.sheet import Mention, Sentence, Sheet, Span
from lastpiece.world.voices import VOICES, Voice

COPIES = 0.125
MALICIOUS = 0.02
_PASTED = 0.2  # copies that repeat a post word for word
_NEW_HAPPENING = 0.55
_STORY = 0.3  # happenings that people talk about
_FORM_ORDER = ("what", "where", "when", "who", "vehicles", "phones", "how", "at_risk")
_VEHICLE = Odds({"detail.platepart": 73.0, "detail.vehicle": 14.0, "detail.plate": 13.0})


@dataclass(frozen=True, slots=True)
class Told:
    """A report and all that is true of it.

    Attributes:
        fields: Which part of `text` answers which question of the front's form: name → (start, end).
        copy_of: The report it repeats, where it repeats one.
        story: The happening everybody talks about, for a rumour and its copies.
        signs: What the text alleges; `none` alone means no crime is alleged.
        urgency: immediate, priority or routine.
    """

    id: str
    told_on: date
    seen_on: date
    channel: str
    voice: str
    teller: str
    text: str = field(repr=False)
    fields: dict[str, tuple[int, int]]
    mentions: tuple[Mention, ...] = field(repr=False)
    identifying: tuple[Span, ...]
    happening: Happening = field(repr=False)
    topic: str
    signs: tuple[str, ...]
    urgency: str
    story: str | None
    copy_of: str | None
    malicious: bool

    @property
    def on_drugs(self) -> bool:
        """Whether it speaks of drugs."""
        return self.topic in DRUG_TOPICS or any(mention.label.kind == "drug" for mention in self.mentions)


@dataclass(slots=True)
class _Story:
    """A rumour on its rounds: what was said first, and by whom."""

    happening: Happening
    topic: str
    first: str
    sentences: list[Sentence] = field(repr=False)


@dataclass(slots=True)
class _Grudge:
    """A malicious teller who writes nearly the same again."""

    happening: Happening
    teller: str
    first: str
    left: int
    claim: Sentence = field(repr=False)


def tell(county: County, reports: int) -> Iterator[Told]:
    """Yield `reports` reports in the order they are told; memory does not grow with their number."""
    tellers = _Tellers(county)
    number = 0
    for day, count in enumerate(shares(county.busy, reports)):
        for _ in range(count):
            number += 1
            yield tellers.next_report(f"report-{number}", day)


def shares(weights: tuple[float, ...], total: int) -> list[int]:
    """Split `total` over the weights so that the parts add up to it."""
    whole, given, seen = sum(weights), 0, 0.0
    parts = []
    for weight in weights:
        seen += weight
        upto = round(total * seen / whole)
        parts.append(upto - given)
        given = upto
    return parts


class _Tellers:
    """Everyone who tells, with what is still talked about."""

    def __init__(self, county: County) -> None:
        self._county = county
        self._chance = Chance(county.seed, 2)
        self._days = Days(county, Chance(county.seed, 3))
        self._recent: deque[Happening] = deque(maxlen=60)
        self._stories: deque[_Story] = deque(maxlen=40)
        self._grudge: _Grudge | None = None
        self._known: deque[str] = deque(maxlen=200)
        self._tellers = 0

    def next_report(self, name: str, day: int) -> Told:
        """Return the next report told on `day`."""
        way = self._chance.unit()
        if way < MALICIOUS:
            return self._malicious(name, day)
        if way < MALICIOUS + COPIES and self._stories:
            return self._copy(name, day)
        return self._fresh(name, day)

    def _teller(self) -> str:
        if self._known and self._chance.maybe(0.05):
            return self._chance.pick(self._known)
        self._tellers += 1
        teller = f"teller-{self._tellers}"
        self._known.append(teller)
        return teller

    def _seen(self, day: int) -> Happening:
        """Return something new of the day, or something others have seen in the last days."""
        if self._recent and not self._chance.maybe(_NEW_HAPPENING):
            happening = self._chance.pick(self._recent)
            if day - happening.day <= 6:  # noqa: PLR2004 - people write within the week
                return happening
        happening = self._days.happening(day)
        self._recent.append(happening)
        return happening

    def _fresh(self, name: str, day: int) -> Told:
        chance, happening = self._chance, self._seen(day)
        voice = chance.draw(VOICES)
        writer = self._writer(happening, day)
        gossip = happening.line is not None and chance.maybe(_STORY)
        topic = "rumour" if gossip and chance.maybe(0.4) else happening.topic
        claim = [Sentence("what", writer.write(f"claim.{topic}"))]
        claim += self._details(writer, happening, {bit.label.kind for bit in claim[0].bits if bit.label})
        framed = self._framed(writer, voice, claim)
        story = happening.id if gossip else None
        told = self._written(name, day, happening, topic=topic, voice=voice, sentences=framed, story=story)
        if gossip:
            self._stories.append(_Story(happening, topic, name, claim[:2]))
        return told

    def _copy(self, name: str, day: int) -> Told:
        chance = self._chance
        story = chance.pick(self._stories)
        voice = chance.draw(VOICES)
        writer = self._writer(story.happening, day)
        if chance.maybe(_PASTED):
            sentences = story.sentences[:1]
        else:
            sentences = [Sentence("what", writer.write("retell.open")), *story.sentences[: chance.between(1, 2)]]
            if chance.maybe(0.4):
                sentences.append(Sentence("what", writer.write(f"{voice.name}.close")))
        return self._written(
            name,
            day,
            story.happening,
            topic=story.topic,
            voice=voice,
            sentences=sentences,
            story=story.happening.id,
            copy_of=story.first,
        )

    def _malicious(self, name: str, day: int) -> Told:
        grudge = self._grudge
        if grudge is None or grudge.left == 0:
            happening = self._days_dispute(day)
            claim = Sentence("what", self._writer(happening, day).write("claim.spite"))
            grudge = self._grudge = _Grudge(happening, self._teller(), name, self._chance.between(1, 4), claim)
        grudge.left -= 1
        writer = self._writer(grudge.happening, day)
        voice = self._chance.draw(VOICES)
        sentences = [
            grudge.claim,
            Sentence("what", writer.write(self._chance.pick(("shouter.close", "plain.close", "shouter.open")))),
        ]
        if self._chance.maybe(0.4):
            sentences.append(Sentence("how", writer.write("shouter.how")))
        copied = None if grudge.first == name else grudge.first
        return self._written(
            name,
            day,
            grudge.happening,
            topic="spite",
            voice=voice,
            sentences=sentences,
            copy_of=copied,
            grudge=grudge,
        )

    def _days_dispute(self, day: int) -> Happening:
        while True:
            happening = self._days.happening(day)
            if happening.dispute:
                return happening

    def _writer(self, happening: Happening, day: int) -> Writer:
        seen_on, told_on = self._county.on(min(happening.day, day)), self._county.on(day)
        return Writer(self._chance, Scene(self._chance, happening, seen_on=seen_on, told_on=told_on).fill)

    def _details(self, writer: Writer, happening: Happening, said: set[str]) -> list[Sentence]:
        """Return what else the teller noticed, by how often people notice such things."""
        chance, found = self._chance, []

        def add(asked: str, rule: str) -> None:
            found.append(Sentence(asked, writer.write(rule)))

        crime = happening.dispute is None
        if crime and ("vehicle" in said or chance.maybe(0.3)):
            add("vehicles", chance.draw(_VEHICLE))
        if crime and "nickname" not in said and chance.maybe(0.4):
            add("who", "detail.nickname")
        if happening.phone and "phone" not in said and chance.maybe(0.07):
            add("phones", "detail.phone" if chance.maybe(0.6) else "detail.phonepart")
        for share, asked, rule in _NOTICED if crime else _NOTICED_BY_NEIGHBOURS:
            if chance.maybe(share):
                add(asked, rule)
        if crime and happening.topic not in DRUG_TOPICS and chance.maybe(0.1):
            add("what", "detail.trap")
        return chance.some(found, 5)

    def _framed(self, writer: Writer, voice: Voice, claim: list[Sentence]) -> list[Sentence]:
        """Put the voice's greeting, how it knows, and its farewell around the claim."""
        chance, name = self._chance, voice.name
        sentences = [Sentence("what", writer.write(f"{name}.open"))] if chance.maybe(0.6) else []
        sentences += claim
        if chance.maybe(0.45):
            sentences.append(Sentence("how", writer.write(f"{name}.how")))
        if chance.maybe(0.5):
            sentences.append(Sentence("what", writer.write(f"{name}.close")))
        return sentences

    def _written(
        self,
        name: str,
        day: int,
        happening: Happening,
        *,
        topic: str,
        voice: Voice,
        sentences: list[Sentence],
        story: str | None = None,
        copy_of: str | None = None,
        grudge: _Grudge | None = None,
    ) -> Told:
        chance = self._chance
        channel = chance.draw(voice.channels)
        if channel == "front" and chance.maybe(0.6):
            sentences = sorted(sentences, key=lambda sentence: _FORM_ORDER.index(sentence.asked))
        else:
            sentences = [Sentence("what", sentence.bits) for sentence in sentences]
        sheet = Sheet(chance, voice, sentences)
        signs = _signs(happening, topic, sheet.mentions)
        return Told(
            id=name,
            told_on=self._county.on(day),
            seen_on=self._county.on(min(happening.day, day)),
            channel=channel,
            voice=voice.name,
            teller=grudge.teller if grudge else self._teller(),
            text=sheet.text,
            fields=sheet.fields,
            mentions=tuple(sheet.mentions),
            identifying=tuple(sheet.identifying),
            happening=happening,
            topic=topic,
            signs=("none",) if happening.dispute and not grudge else signs,
            urgency="routine" if happening.dispute else _urgency(happening, signs, sheet.mentions),
            story=story,
            copy_of=copy_of,
            malicious=grudge is not None,
        )


_NOTICED = (
    (0.22, "when", "detail.time"),
    (0.2, "where", "detail.place"),
    (0.14, "who", "detail.name"),
    (0.17, "who", "detail.look"),
    (0.1, "phones", "detail.handle"),
    (0.08, "what", "detail.money"),
    (0.07, "at_risk", "detail.weapon"),
    (0.08, "at_risk", "detail.child"),
)
_NOTICED_BY_NEIGHBOURS = (
    (0.3, "when", "detail.time"),
    (0.2, "where", "detail.place"),
    (0.15, "what", "detail.trap"),
    (0.12, "vehicles", "detail.vehicle"),
)


def _signs(happening: Happening, topic: str, mentions: list[Mention]) -> tuple[str, ...]:
    """Return what the text alleges."""
    signs = set()
    named = {
        "cuckooing": "cuckooing",
        "runner": "child_exploitation",
        "advert": "deal_line",
        "slavery": "modern_slavery",
        "threat": "threat_to_life",
    }
    if topic in named:
        signs.add(named[topic])
    for mention in mentions:
        if mention.label.kind == "weapon":
            signs.add("weapon")
        if mention.label.kind == "organisation":
            signs.add("deal_line")
        if mention.label.entity == happening.child.id and happening.line and happening.child.victim:
            signs.add("child_exploitation")
    return tuple(sorted(signs))


def _urgency(happening: Happening, signs: tuple[str, ...], mentions: list[Mention]) -> str:
    """Return how soon somebody must act."""
    if "threat_to_life" in signs:
        return "immediate"
    somewhere = any(mention.label.kind in {"address", "place", "postcode"} for mention in mentions)
    grave = {"child_exploitation", "cuckooing", "modern_slavery", "weapon"} & set(signs)
    return "priority" if grave and somewhere and happening.dispute is None else "routine"
