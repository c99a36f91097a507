"""What the sites ship holds no police mark, crown, government font, blue or icon."""

import re
from pathlib import Path

import pytest

SITE = Path(__file__).parents[2] / "src" / "lastpiece" / "site"
SHIPPED = sorted(
    path
    for folder in ("front/static", "desk/static", "parts/static")
    for path in (SITE / folder).rglob("*")
    if path.is_file()
)
WORD_LIST = "words.txt"
"""The 7,776 words: "crest" is one of them, and is no police mark."""
TEXT = [
    path
    for path in SHIPPED
    if path.suffix in {".css", ".js", ".svg", ".html", ".json", ".map", ".txt"} and path.name != WORD_LIST
]
FORBIDDEN = {
    "the crown": re.compile(r"crown|crest|royal[-_ ]arms", re.IGNORECASE),
    "the government's font": re.compile(r"GDS ?Transport", re.IGNORECASE),
    "the government's blue": re.compile(r"#1d70b8|#005ea5|rgb\(29, ?112, ?184\)", re.IGNORECASE),
    "a crest or crown icon": re.compile(r"govuk-(crest|icon|opengraph|apple-touch)", re.IGNORECASE),
}


def test_both_sites_have_their_assets() -> None:
    sites = {path.relative_to(SITE).parts[0] for path in TEXT if path.suffix == ".css"}
    assert {"front", "desk"} <= sites


@pytest.mark.parametrize("mark", FORBIDDEN)
def test_no_shipped_text_holds(mark: str) -> None:
    assert [str(path) for path in TEXT if FORBIDDEN[mark].search(path.read_text())] == []


def test_no_shipped_file_is_named_after_a_mark() -> None:
    assert [str(path) for path in SHIPPED if re.search(r"crown|crest|transport|govuk", path.name, re.IGNORECASE)] == []


def test_no_shipped_style_or_script_reaches_another_host() -> None:
    elsewhere = re.compile(
        r"(?:url\(|src=|href=|fetch\(|import ?\()[\"']?(?:https?:)?//(?!www\.w3\.org)", re.IGNORECASE
    )
    assert [str(path) for path in TEXT if elsewhere.search(path.read_text())] == []
