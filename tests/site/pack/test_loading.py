"""A force pack is checked whole before it is served; each mistake is named by file and field."""

import shutil
from pathlib import Path

import pytest

from lastpiece.site.pack.loading import NUMBERS, SHIPPED, PackWrong, contrast_with_white, load_pack


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SHIPPED, tmp_path / "pack"))


def alter(folder: Path, old: str, new: str) -> None:
    path = folder / "pack.yaml"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def test_the_pack_that_ships_is_whole() -> None:
    pack = load_pack(None)
    assert (pack.site_id, pack.force, pack.promise_hours) == ("nenshire", "Nenshire Police", 72)
    assert tuple(pack.numbers) == NUMBERS
    assert [page.slug for page in pack.signs] == ["cuckooing", "child-exploitation", "deal-line", "modern-slavery"]
    assert pack.numbers["rail"].address == "sms:61016"
    assert pack.numbers["anonymous"].address == "tel:0800555111"


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("site_id: nenshire", "site_id: Nenshire Police", "site_id"),
        ("site_id: nenshire\n", "", "site_id"),
        ("force: Nenshire Police", "force:", "force"),
        ("promise_hours: 72", "promise_hours: soon", "promise_hours"),
        ("promise_hours: 72", "promise_hours: true", "promise_hours"),
        ("promise_hours: 72", "promise_hours: 0", "promise_hours"),
        ("promise_hours: 72", "promise_hour: 72", "promise_hour"),
        ('brand_colour: "#2e2a78"', 'brand_colour: "#ffee00"', "brand_colour"),
        ('brand_colour: "#2e2a78"', "brand_colour: indigo", "brand_colour"),
        ('brand_colour: "#2e2a78"', 'brand_colour: "#2e2a78}body{display:none"', "brand_colour"),
        ("leave_to: https://www.bbc.co.uk/weather", "leave_to: http://example.com", "leave_to"),
        ("leave_to: https://www.bbc.co.uk/weather", "leave_to: https://a.example/?from=us", "leave_to"),
        ("leave_to: https://www.bbc.co.uk/weather", "leave_to: javascript:alert(1)", "leave_to"),
        ('number: "999"', "number: 999", "numbers.emergency.number"),
        ('number: "61016"', "number: call us", "numbers.rail.number"),
        ("  rail:", "  train:", "numbers.train"),
        ("  - cuckooing", "  - ../../etc/passwd", "signs[0]"),
        ("  - cuckooing", "  - no-such-page", "signs"),
        ("  - title: Drug lines into our towns", "  - name: Drug lines", "priorities[0].name"),
    ],
)
def test_a_mistake_is_named_by_file_and_field(folder: Path, old: str, new: str, field: str) -> None:
    alter(folder, old, new)
    with pytest.raises(PackWrong) as wrong:
        load_pack(folder)
    assert f"pack.yaml: {field}: " in str(wrong.value)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a: [", "not YAML"),
        (b"- a\n- b\n", "a mapping"),
        (b"\xff\xfe", "UTF-8"),
        (b"!!python/object/apply:os.system ['true']", "not YAML"),
        (b"x" * 30_000, "longer"),
        (b"", "a mapping"),
    ],
)
def test_a_file_that_is_no_pack_is_refused(folder: Path, content: bytes, said: str) -> None:
    (folder / "pack.yaml").write_bytes(content)
    with pytest.raises(PackWrong, match=said):
        load_pack(folder)


def test_an_empty_folder_and_a_page_without_a_title_are_refused(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(PackWrong, match="cannot be read"):
        load_pack(tmp_path)
    (folder / "signs" / "cuckooing.md").write_text("Just text\n")
    with pytest.raises(PackWrong, match=r"cuckooing\.md"):
        load_pack(folder)


def test_html_in_a_page_is_shown_and_not_run(folder: Path) -> None:
    page = folder / "signs" / "cuckooing.md"
    page.write_text(
        "---\ntitle: A\nsummary: B\n---\n<script>alert(1)</script> [x](javascript:alert(1)) ![y](http://e/x)\n"
    )
    html = load_pack(folder).signs[0].html
    assert "<script" not in html
    assert 'href="javascript' not in html
    assert "<img" not in html


def test_contrast_is_that_of_wcag() -> None:
    assert contrast_with_white("#000000") == pytest.approx(21)
    assert contrast_with_white("#ffffff") == pytest.approx(1)
    assert contrast_with_white("#767676") == pytest.approx(4.54, abs=0.01)
