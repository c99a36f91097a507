"""`make messages`: finds every sentence the public reads and puts it into the catalogue of each language.

Sentences are found in templates by Django's own reader and in Python by Babel's, so that no GNU gettext is needed.
What is translated stays, what is gone is removed, and what is new is empty until somebody translates it: a law test
refuses it before.
"""

import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_python
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent
SITE = ROOT / "src/lastpiece/site"
LOCALE = SITE / "front/locale"
PLACES = ("front", "parts")
"""Whose sentences the public reads. The desk is in English."""
LANGUAGES = ("ar", "cy", "pl", "ro")
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "_": None,
    "gettext_lazy": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
}
HEADER = """\
# {name}: what the public site says, in this language.
# `make messages` renews the sentences; docs/how-to/translate.md says how to translate them."""
NAMES = {"ar": "Arabic", "cy": "Welsh", "pl": "Polish", "ro": "Romanian"}


def main() -> None:
    """Renew every catalogue, and say how much of each is not translated yet."""
    found = sentences()
    for language in LANGUAGES:
        catalogue = renewed(language, found)
        empty = sum(not translated(message) for message in catalogue if message.id)
        sys.stdout.write(f"{NAMES[language]}: {len(catalogue)} sentences, {empty} not translated\n")


def sentences() -> Catalog:
    """Return every sentence of the public site with the files it stands in."""
    found = Catalog()
    for file in sources():
        place = file.relative_to(ROOT).as_posix()
        for _line, function, message, _comments in extract_python(readable(file), KEYWORDS, [], {}):
            context, text = split(function, message)
            if text:
                found.add(text, locations=[(place, 0)], context=context)
    return found


def sources() -> Iterator[Path]:
    """Yield the Python files and templates of what the public reads."""
    for place in PLACES:
        yield from sorted((SITE / place).rglob("*.py"))
        yield from sorted(file for file in (SITE / place).rglob("*.html") if "every" not in file.parts)


def readable(file: Path) -> io.BytesIO:
    """Return a file as Python that calls gettext: a template is turned into it by Django."""
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".html":
        text = templatize(text, origin=str(file))
    return io.BytesIO(text.encode())


def split(function: str | tuple[str, ...] | None, message: object) -> tuple[str | None, str | tuple[str, str]]:
    """Return (context, text or its singular and plural) of what an extractor found."""
    parts = [part for part in (message if isinstance(message, tuple) else (message,)) if isinstance(part, str)]
    if not parts or not parts[0]:
        return None, ""
    if function and "pgettext" in function:
        return parts[0], parts[1]
    if function and "ngettext" in function:
        return None, (parts[0], parts[1])
    return None, parts[0]


def catalogue_of(language: str) -> Path:
    """Return where a language's catalogue is."""
    return LOCALE / language / "LC_MESSAGES/django.po"


def read(language: str) -> Catalog:
    """Return a language's catalogue, an empty one when there is none yet."""
    file = catalogue_of(language)
    if not file.is_file():
        return Catalog(language)
    with file.open("rb") as lines:
        return read_po(lines, locale=language, abort_invalid=True)


def renewed(language: str, found: Catalog) -> Catalog:
    """Write a language's catalogue with exactly the sentences found, keeping what is translated, and return it."""
    before = read(language)
    after = Catalog(language, project="lastpiece", header_comment=HEADER.format(name=NAMES[language]), fuzzy=False)
    for message in found:
        if message.id:
            old = before.get(message.id, message.context)
            text = old.string if old and same_shape(old, message) else ""
            after.add(message.id, text, locations=message.locations, context=message.context)
    file = catalogue_of(language)
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as out:
        write_po(out, after, width=0, sort_output=True, include_lineno=False, omit_header=True)
    body = file.read_text(encoding="utf-8")
    file.write_text(head(language) + body, encoding="utf-8")
    return after


def head(language: str) -> str:
    """Return the entry every catalogue begins with; it holds no date, so that nothing changes when nothing changed."""
    plural = get_plural(language)
    lines = (
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
        f"Language: {language}",
        f"Plural-Forms: nplurals={plural.num_plurals}; plural={plural.plural_expr};",
    )
    quoted = "\n".join(f'"{line}\\n"' for line in lines)
    return f'{HEADER.format(name=NAMES[language])}\nmsgid ""\nmsgstr ""\n{quoted}\n\n'


def same_shape(old: Message, new: Message) -> bool:
    """Tell whether a translation fits: one with plural forms is no use to a sentence without."""
    return isinstance(old.id, str) == isinstance(new.id, str)


def translated(message: Message) -> bool:
    """Tell whether every form of a sentence has a translation."""
    forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return all(forms)


if __name__ == "__main__":
    main()
