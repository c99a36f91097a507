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
    assert (pack.young.label, pack.young.from_age, pack.young.to_age) == ("I am 11 to 17", 11, 17)
    assert [number.address for number in pack.young.help] == ["tel:08001111", "tel:999", "tel:116000", "sms:85258"]


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
        ("site_id: nenshire", "site_id: wold", "numbers_checked_on"),
        ("numbers_checked_on: never", "numbers_checked_on: soon", "numbers_checked_on"),
        ("numbers_checked_on: never", 'numbers_checked_on: "2027-01-31"', "numbers_checked_on"),
        ("numbers_checked_on: never\n", "", "numbers_checked_on"),
        ("  - cuckooing", "  - ../../etc/passwd", "signs[0]"),
        ("  - cuckooing", "  - no-such-page", "signs"),
        ("  - title: Drug lines into our towns", "  - name: Drug lines", "priorities[0].name"),
        ("  label: I am 11 to 17", "  label:", "young.label"),
        ("  from_age: 11", "  from_age: eleven", "young.from_age"),
        ("  to_age: 17", "  to_age: 9", "young.to_age"),
        ("  to_age: 17\n", "", "young.to_age"),
        ("      by: text", "      by: letter", "young.help[3].by"),
        ('number: "85258"', 'number: "shout"', "young.help[3].number"),
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


def test_every_language_of_the_shipped_pack_says_the_same_things_in_its_own_words() -> None:
    pack = load_pack(None)
    assert {code: text.draft for code, text in pack.translations.items()} == {
        "cy": False,
        "pl": True,
        "ro": True,
        "ar": True,
    }
    for text in pack.translations.values():
        assert [number.number for number in text.numbers.values()] == [
            number.number for number in pack.numbers.values()
        ]
        assert [helper.number for helper in text.young.help] == [helper.number for helper in pack.young.help]
        assert (text.young.from_age, text.young.to_age) == (pack.young.from_age, pack.young.to_age)
        assert [page.slug for page in text.signs] == [page.slug for page in pack.signs]
        for own, english in zip(text.signs, pack.signs, strict=True):
            assert own.title != english.title
            assert own.html.count("<li>") == english.html.count("<li>")
            assert own.html.count("<h2") == english.html.count("<h2")
        for name, number in text.numbers.items():
            assert number.about != pack.numbers[name].about


def test_a_pack_may_offer_english_alone(folder: Path) -> None:
    text = (folder / "pack.yaml").read_text()
    (folder / "pack.yaml").write_text(text.split("\nlanguages:")[0] + "\nlanguages: {}\n")
    assert load_pack(folder).translations == {}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("  cy: complete", "  fr: complete", "pack.yaml: languages.fr: this language is not known"),
        ("  cy: complete", "  cy: nearly", 'pack.yaml: languages.cy: "complete" or "draft for review"'),
        ("  cy: complete", "  cy:", "pack.yaml: languages.cy: text is wanted"),
        ("  cy: complete", "  no: complete", "pack.yaml: languages.False: this language is not known"),
    ],
)
def test_a_mistake_in_what_is_offered_is_named(folder: Path, old: str, new: str, said: str) -> None:
    alter(folder, old, new)
    with pytest.raises(PackWrong) as wrong:
        load_pack(folder)
    assert said in str(wrong.value)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("force: Heddlu Nenshire", "force:", "force: text is wanted"),
        ("  rail:", "  train:", "numbers.train: this field is not known"),
        ("force: Heddlu Nenshire", "site_id: other\nforce: Heddlu Nenshire", "site_id: this field is not known"),
        ("  - title: Pobl", "  - name: Pobl", "priorities[2].name: this field is not known"),
        (
            "priorities:\n",
            "priorities:\n  - title: Un\n    text: Dau\n",
            "priorities: 3 are wanted here, as in English",
        ),
        ("  help:\n", "  help:\n    - about: Un arall\n", "young.help: 4 are wanted here, as in English"),
    ],
)
def test_a_mistake_in_a_translation_is_named_by_file_and_field(folder: Path, old: str, new: str, said: str) -> None:
    alter(folder / "cy", old, new)
    with pytest.raises(PackWrong) as wrong:
        load_pack(folder)
    assert str(wrong.value).startswith(f"{folder / 'cy' / 'pack.yaml'}: {said}")


def test_a_translation_without_its_folder_or_one_of_its_pages_is_refused(folder: Path) -> None:
    (folder / "pl" / "signs" / "deal-line.md").unlink()
    with pytest.raises(PackWrong, match=r"there is no file signs/deal-line\.md"):
        load_pack(folder)
    shutil.rmtree(folder / "pl")
    with pytest.raises(PackWrong, match=r"pl/pack\.yaml: the file cannot be read"):
        load_pack(folder)


def test_a_number_in_groups_keeps_its_order_in_a_text_from_right_to_left() -> None:
    page = next(page for page in load_pack(None).translations["ar"].signs if page.slug == "modern-slavery")
    assert '<bdi dir="ltr">08000 121 700</bdi>' in page.html
