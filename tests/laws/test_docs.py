"""Every setting, command, part and word of the field is in the reference."""

import re
from pathlib import Path

import pytest
import typer

from lastpiece.command.contents import app

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
REFERENCE = DOCS / "reference"
SITE = ROOT / "src" / "lastpiece" / "site"


def verbs(group: typer.Typer, prefix: str = "lastpiece") -> list[str]:
    click = typer.main.get_command(group)
    found: list[str] = []
    stack = [(prefix, click)]
    while stack:
        name, command = stack.pop()
        below = getattr(command, "commands", {})
        if not below:
            found.append(name)
        stack.extend((f"{name} {word}", child) for word, child in below.items())
    return sorted(found)


@pytest.mark.parametrize("verb", verbs(app))
def test_every_command_is_in_the_reference(verb: str) -> None:
    assert f"`{verb}" in (REFERENCE / "commands.md").read_text()


def test_the_help_lists_the_verbs_in_the_order_of_the_reference() -> None:
    click = typer.main.get_command(app)
    rows = re.findall(r"^\| `lastpiece (\w+)", (REFERENCE / "commands.md").read_text(), re.MULTILINE)
    assert click.list_commands(typer.Context(click)) == list(dict.fromkeys(rows))  # type: ignore[attr-defined]  # a group


def settings() -> list[str]:
    return sorted(set(re.findall(r'"(LASTPIECE_[A-Z_]+)"', (SITE / "settings" / "env.py").read_text())))


@pytest.mark.parametrize("setting", settings())
def test_every_setting_is_in_the_reference(setting: str) -> None:
    assert f"`{setting}`" in (REFERENCE / "settings.md").read_text()


def test_the_settings_reference_lists_nothing_that_is_gone() -> None:
    listed = set(re.findall(r"^\| `(LASTPIECE_[A-Z_]+)`", (REFERENCE / "settings.md").read_text(), re.MULTILINE))
    assert listed == set(settings())


def parts() -> list[str]:
    return sorted(path.stem for path in (SITE / "parts" / "templates").rglob("*.html") if path.parent.name == "parts")


def test_there_are_parts() -> None:
    assert parts()


@pytest.mark.parametrize("part", parts())
def test_every_part_is_in_the_reference(part: str) -> None:
    assert f"`{part}`" in (REFERENCE / "parts.md").read_text()


WORDS = [
    "report", "item of information", "grade", "handling code", "sanitise", "intelligence requirement", "deal line",
    "cuckooing", "check-back", "control strategy", "4P", "tasking", "disruption", "NRM", "MASH",
]  # fmt: skip


@pytest.mark.parametrize("word", WORDS)
def test_the_glossary_explains_the_fields_own_words(word: str) -> None:
    assert re.search(rf"^\*\*{re.escape(word)}\*\*", (REFERENCE / "glossary.md").read_text(), re.MULTILINE)


def pages() -> list[Path]:
    return sorted([*DOCS.rglob("*.md"), *ROOT.glob("*.md")])


@pytest.mark.parametrize("page", pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_between_pages_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)(?:#[^)]*)?\)", page.read_text())
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_every_documentation_page_is_in_the_index() -> None:
    index = (DOCS / "README.md").read_text()
    missing = [
        page for page in DOCS.rglob("*.md") if page != DOCS / "README.md" and f"({page.relative_to(DOCS)})" not in index
    ]
    assert missing == []
