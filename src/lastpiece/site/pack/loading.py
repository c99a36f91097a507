"""Reads a force pack: a folder of YAML and Markdown that makes the public site one force's own.

Every mistake is refused with the file and the field it is in, before the site starts: a phone number that is missing on
the public page is found by whoever needs it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit

import yaml
from markdown_it import MarkdownIt

SHIPPED = Path(__file__).parent / "nenshire"
"""The invented pack that is used when no other is named."""

NUMBERS = ("emergency", "non_emergency", "anonymous", "children", "slavery", "rail")
FIELDS = (
    "site_id", "force", "county", "brand_colour", "leave_to", "promise_hours", "data_contact", "numbers",
    "numbers_checked_on", "priorities", "young", "signs", "languages",
)  # fmt: skip
TRANSLATED = ("force", "county", "data_contact", "numbers", "priorities", "young")
"""What a translation says in its own words; everything else is the same in every language."""
COMPLETE, DRAFT = "complete", "draft for review"
LANGUAGES = ("cy", "pl", "ro", "ar")
"""The languages besides English that the pages themselves are translated to (`site/front/locale`)."""
INVENTED, NEVER = "nenshire", "never"
"""Only the invented force may say that nobody has rung its numbers."""
LEAST_CONTRAST = 7.0
"""White text stands on the brand colour: WCAG 2.2 AAA for small text."""
LONGEST_TEXT = 20_000
LONGEST_LINE = 300
NUMBER_IN_GROUPS = re.compile(r"(?<![\w#&])[0-9]+(?: [0-9]+)+(?!\w)")
"""Such a number would have its groups turned round in a text from right to left."""


class PackWrong(Exception):
    """A force pack cannot be used; the sentence names the file, the field and what is wanted."""

    def __init__(self, file: Path, field: str, wanted: str) -> None:
        super().__init__(f"{file}: {field}: {wanted}" if field else f"{file}: {wanted}")


@dataclass(frozen=True, slots=True)
class Number:
    """A phone number as the pages show it, and when to use it."""

    number: str
    about: str
    text_only: bool = False

    @property
    def isolated(self) -> str:
        """Return the number for a sentence that may run from right to left: its groups keep their order."""
        return f"\u2066{self.number}\u2069"

    @property
    def address(self) -> str:
        """Return what a phone dials or texts when the number is touched."""
        return ("sms:" if self.text_only else "tel:") + self.number.replace(" ", "")


@dataclass(frozen=True, slots=True)
class Priority:
    """One thing the force asks about this year."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Young:
    """The young people's door: what leads to it, for whom it is (both ages included), and who helps, in young words."""

    label: str
    from_age: int
    to_age: int
    help: tuple[Number, ...]

    @property
    def too_young(self) -> int:
        """Return the age of the eldest who are shown who helps, and no form."""
        return self.from_age - 1

    @property
    def grown_up(self) -> int:
        """Return the age from which the other door is the right one."""
        return self.to_age + 1


@dataclass(frozen=True, slots=True)
class Signs:
    """One page of *Spot the signs*; `html` is made from Markdown in which raw HTML is off."""

    slug: str
    title: str
    summary: str
    html: str


@dataclass(frozen=True, slots=True)
class Pack:
    """What one force fills in. `numbers` has every key of `NUMBERS`; `brand_colour` is `#rrggbb`."""

    site_id: str
    force: str
    county: str
    brand_colour: str
    leave_to: str
    promise_hours: int
    data_contact: str
    numbers: Mapping[str, Number]
    numbers_checked_on: date | None
    """The day on which somebody rang each number and read its hours; None in the invented pack alone."""
    priorities: tuple[Priority, ...]
    young: Young
    signs: tuple[Signs, ...]
    draft: bool = False
    """True for a translation that nobody has checked: every page of it says so."""
    translations: Mapping[str, "Pack"] = field(default_factory=dict)
    """The same pack in each further language it offers, by language code, in the order of the file."""


def load_pack(folder: Path | None) -> Pack:
    """Return the pack in `folder`, or the invented one that ships; raise `PackWrong` at the first mistake."""
    folder = folder or SHIPPED
    file = folder / "pack.yaml"
    fields = Reading(file, "", _yaml(file, _text(file)))
    fields.only(FIELDS)
    pack = Pack(
        site_id=fields.matching("site_id", r"[a-z][a-z0-9-]{0,31}", "small letters, digits and hyphens, 1 to 32"),
        force=fields.line("force"),
        county=fields.line("county"),
        brand_colour=_colour(fields),
        leave_to=_neutral_address(fields),
        promise_hours=fields.whole("promise_hours", least=1, most=168),
        data_contact=fields.line("data_contact"),
        numbers=_numbers(fields),
        numbers_checked_on=_checked_on(fields),
        priorities=tuple(_priority(entry) for entry in fields.rows("priorities", most=12)),
        young=_young(fields.part("young")),
        signs=tuple(_signs(folder, slug, file) for slug in fields.slugs("signs")),
    )
    return replace(pack, translations=_translations(folder, fields, pack))


class Reading:
    """One mapping of a YAML file, read field by field, remembering where it stands for the error."""

    def __init__(self, file: Path, at: str, found: object) -> None:
        if not isinstance(found, dict):
            raise PackWrong(file, at, "a mapping of names to values is wanted here.")
        self.file, self.at = file, at
        self.found = cast("dict[object, object]", found)

    def path(self, name: str) -> str:
        """Return the full name of a field, e.g. `numbers.rail.number`."""
        return f"{self.at}.{name}" if self.at else name

    def wrong(self, name: str, wanted: str) -> PackWrong:
        """Return the error for one field."""
        return PackWrong(self.file, self.path(name), wanted)

    def only(self, names: tuple[str, ...]) -> None:
        """Refuse a field that is missing or not known: a misspelt one would else be silently without effect."""
        for name in self.found:
            if name not in names:
                raise self.wrong(str(name), f"this field is not known; there are {', '.join(names)}.")
        for name in names:
            if name not in self.found:
                raise self.wrong(name, "this field is missing.")

    def names(self) -> list[str]:
        """Return the names in the file's order; `1: x` is no name of ours and is read as "1"."""
        return [str(name) for name in self.found]

    def line(self, name: str) -> str:
        """Return one line of text, neither empty nor very long."""
        value = self.found.get(name)
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(name, "text is wanted here (put digits in quotes).")
        if "\n" in value.strip() or len(value) > LONGEST_LINE:
            raise self.wrong(name, f"one line of at most {LONGEST_LINE} characters is wanted here.")
        return value.strip()

    def matching(self, name: str, pattern: str, wanted: str) -> str:
        """Return a line of a certain shape."""
        value = self.line(name)
        if not re.fullmatch(pattern, value):
            raise self.wrong(name, f"{wanted} are wanted here.")
        return value

    def whole(self, name: str, *, least: int, most: int) -> int:
        """Return a whole number between `least` and `most`."""
        value = self.found.get(name)
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise self.wrong(name, f"a whole number from {least} to {most} is wanted here.")
        return value

    def part(self, name: str) -> "Reading":
        """Return the mapping under `name`."""
        return Reading(self.file, self.path(name), self.found.get(name))

    def rows(self, name: str, *, most: int) -> list["Reading"]:
        """Return the mappings in the list under `name`, at least one."""
        return [Reading(self.file, f"{self.path(name)}[{place}]", entry) for place, entry in self._list(name, most)]

    def slugs(self, name: str) -> list[str]:
        """Return a list of names fit for an address, each once."""
        found: list[str] = []
        for place, entry in self._list(name, 20):
            if not isinstance(entry, str) or not re.fullmatch(r"[a-z][a-z0-9-]{0,40}", entry) or entry in found:
                raise self.wrong(
                    f"{name}[{place}]", "small letters, digits and hyphens are wanted here, each name once."
                )
            found.append(entry)
        return found

    def _list(self, name: str, most: int) -> list[tuple[int, object]]:
        value = self.found.get(name)
        if not isinstance(value, list) or not 1 <= len(value) <= most:
            raise self.wrong(name, f"a list of 1 to {most} is wanted here.")
        return list(enumerate(value))


def contrast_with_white(colour: str) -> float:
    """Return the contrast of `#rrggbb` with white, 1 to 21 (WCAG 2.2, relative luminance)."""
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]  # noqa: PLR2004 - sRGB
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)


def _colour(fields: Reading) -> str:
    colour = fields.matching("brand_colour", r"#[0-9a-fA-F]{6}", '"#" and six hexadecimal digits, in quotes,').lower()
    found = contrast_with_white(colour)
    if found < LEAST_CONTRAST:
        raise fields.wrong(
            "brand_colour",
            f"white text on it has a contrast of {found:.1f}; {LEAST_CONTRAST:.0f} is wanted, so take a darker colour.",
        )
    return colour


def _neutral_address(fields: Reading) -> str:
    address = fields.line("leave_to")
    parts = urlsplit(address)
    if parts.scheme != "https" or not parts.hostname or parts.username or not re.fullmatch(r"[!-~]+", address):
        raise fields.wrong("leave_to", "an address that begins with https:// is wanted here.")
    if parts.query or parts.fragment:
        raise fields.wrong("leave_to", "an address without ? or # is wanted here, so that it says nothing.")
    return address


def _numbers(fields: Reading) -> Mapping[str, Number]:
    table = fields.part("numbers")
    table.only(NUMBERS)
    numbers = {}
    for name in NUMBERS:
        row = table.part(name)
        row.only(("number", "about"))
        number = row.matching("number", r"[0-9][0-9 ]{2,15}", "digits and single spaces, in quotes,")
        numbers[name] = Number(number, row.line("about"), text_only=name == "rail")
    return numbers


def _checked_on(fields: Reading) -> date | None:
    """Return the day of the check: YAML itself reads `2027-01-31` as a day."""
    found = fields.found.get("numbers_checked_on")
    if type(found) is date:
        return found
    if found == NEVER and fields.found.get("site_id") == INVENTED:
        return None
    raise fields.wrong(
        "numbers_checked_on",
        "the day on which somebody rang every number and checked its hours is wanted here, e.g. 2027-01-31 "
        "(docs/reference/helplines.md).",
    )


def _translations(folder: Path, fields: Reading, pack: Pack) -> Mapping[str, Pack]:
    offered = fields.part("languages")
    found = {}
    for code in offered.names():
        if code not in LANGUAGES:
            raise offered.wrong(code, f"this language is not known; besides English there are {', '.join(LANGUAGES)}.")
        status = offered.line(code)
        if status not in (COMPLETE, DRAFT):
            raise offered.wrong(code, f'"{COMPLETE}" or "{DRAFT}" is wanted here.')
        found[code] = _translation(folder / code, pack, draft=status == DRAFT)
    return found


def _translation(folder: Path, pack: Pack, *, draft: bool) -> Pack:
    """Return the pack with every text that the public reads in another language; each must be there."""
    file = folder / "pack.yaml"
    fields = Reading(file, "", _yaml(file, _text(file)))
    fields.only(TRANSLATED)
    abouts = fields.part("numbers")
    abouts.only(NUMBERS)
    priorities = tuple(_priority(entry) for entry in fields.rows("priorities", most=12))
    if len(priorities) != len(pack.priorities):
        raise fields.wrong("priorities", f"{len(pack.priorities)} are wanted here, as in English.")
    return replace(
        pack,
        force=fields.line("force"),
        county=fields.line("county"),
        data_contact=fields.line("data_contact"),
        numbers={name: replace(number, about=abouts.line(name)) for name, number in pack.numbers.items()},
        priorities=priorities,
        young=_young_in_other_words(fields.part("young"), pack.young),
        signs=tuple(_signs(folder, page.slug, file) for page in pack.signs),
        draft=draft,
    )


def _priority(row: Reading) -> Priority:
    row.only(("title", "text"))
    return Priority(row.line("title"), row.line("text"))


def _young(row: Reading) -> Young:
    row.only(("label", "from_age", "to_age", "help"))
    from_age = row.whole("from_age", least=5, most=17)
    to_age = row.whole("to_age", least=from_age, most=24)
    return Young(row.line("label"), from_age, to_age, tuple(_helper(entry) for entry in row.rows("help", most=8)))


def _helper(row: Reading) -> Number:
    row.only(("number", "by", "about"))
    number = row.matching("number", r"[0-9][0-9 ]{2,15}", "digits and single spaces, in quotes,")
    if row.line("by") not in {"call", "text"}:
        raise row.wrong("by", '"call" or "text" is wanted here.')
    return Number(number, row.line("about"), text_only=row.line("by") == "text")


def _young_in_other_words(row: Reading, young: Young) -> Young:
    row.only(("label", "help"))
    helpers = row.rows("help", most=8)
    if len(helpers) != len(young.help):
        raise row.wrong("help", f"{len(young.help)} are wanted here, as in English.")
    for helper in helpers:
        helper.only(("about",))
    abouts = tuple(
        replace(number, about=helper.line("about")) for number, helper in zip(young.help, helpers, strict=True)
    )
    return replace(young, label=row.line("label"), help=abouts)


def _signs(folder: Path, slug: str, pack: Path) -> Signs:
    file = folder / "signs" / f"{slug}.md"
    if not file.is_file():
        raise PackWrong(pack, "signs", f"there is no file signs/{slug}.md.")
    found = re.fullmatch(r"---\n(.*?)\n---\n(.+)", _text(file), re.DOTALL)
    if not found:
        raise PackWrong(file, "", "the file must begin with a line ---, title and summary, and another line ---.")
    head = Reading(file, "", _yaml(file, found[1]))
    head.only(("title", "summary"))
    return Signs(slug, head.line("title"), head.line("summary"), _html(found[2]))


def _html(text: str) -> str:
    """Return the HTML of Markdown in which raw HTML is off, with the classes of the parts."""
    html = str(MarkdownIt("commonmark", {"html": False}).disable("image").render(text))
    for plain, dressed in (
        ("<h2>", '<h2 class="govuk-heading-m">'),
        ("<h3>", '<h3 class="govuk-heading-s">'),
        ("<p>", '<p class="govuk-body">'),
        ("<ul>", '<ul class="govuk-list govuk-list--bullet govuk-list--spaced">'),
        ("<ol>", '<ol class="govuk-list govuk-list--number">'),
        ("<a ", '<a class="govuk-link" '),
    ):
        html = html.replace(plain, dressed)
    return NUMBER_IN_GROUPS.sub(r'<bdi dir="ltr">\g<0></bdi>', html)


def _yaml(file: Path, text: str) -> object:
    try:
        return yaml.safe_load(text)
    except yaml.YAMLError as problem:
        mark = getattr(problem, "problem_mark", None)
        raise PackWrong(file, f"line {mark.line + 1}" if mark else "", "this is not YAML.") from problem


def _text(file: Path) -> str:
    try:
        text = file.read_text(encoding="utf-8")
    except OSError as problem:
        raise PackWrong(file, "", f"the file cannot be read: {problem.strerror}.") from problem
    except UnicodeDecodeError as problem:
        raise PackWrong(file, "", "the file is not UTF-8.") from problem
    if len(text) > LONGEST_TEXT:
        raise PackWrong(file, "", f"the file is longer than {LONGEST_TEXT:,} characters.")
    return text
