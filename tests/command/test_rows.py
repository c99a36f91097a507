"""Other people's files: every row is read or rejected with its line, and nothing swallows the rest."""

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastpiece.command.rejects import Rejects
from lastpiece.command.rows import BadRow, CsvRows, FileWrong, JsonRows, Row, check

cells = st.text(st.characters(exclude_characters="\r\x00", exclude_categories=["Cs"]), max_size=12)


def read(text: str) -> list[Row | BadRow]:
    return list(CsvRows(io.StringIO(text, newline=""), "tips.csv"))


@given(st.lists(st.lists(cells, min_size=3, max_size=3).filter(lambda row: any(map(str.strip, row))), max_size=8))
def test_whatever_a_csv_writer_writes_is_read_back(rows: list[list[str]]) -> None:
    file = io.StringIO()
    csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows([["a", "b", "c"], *rows])
    found = read(file.getvalue())
    assert [list(row.cells.values()) for row in found if isinstance(row, Row)] == rows


@given(st.text(st.characters(exclude_characters="\r\x00", exclude_categories=["Cs"]), max_size=200))
def test_no_text_at_all_breaks_the_reader(text: str) -> None:
    lines = [row.line for row in read("a,b\n" + text)]
    assert lines == sorted(set(lines))


def test_a_quotation_mark_that_is_never_closed_costs_one_line_and_not_the_file() -> None:
    found = read('id,what\n1,"never closed\n2,fine\n3,"over\ntwo lines"\n')
    assert isinstance(found[0], BadRow)
    assert found[0].line == 2
    assert "never closed" in found[0].found[0]
    assert "quotation mark" in found[0].because
    assert [(row.line, row.cells["what"]) for row in found if isinstance(row, Row)] == [
        (3, "fine"),
        (4, "over\ntwo lines"),
    ]


def test_a_row_with_too_many_or_too_few_cells_says_how_many() -> None:
    found = read("id,what\n1,a,b\n2\n3,c\n")
    assert [row.because for row in found if isinstance(row, BadRow)] == [
        "The row has 3 cells, but the header has 2 columns.",
        "The row has 1 cells, but the header has 2 columns.",
    ]
    assert isinstance(found[2], Row)


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_commas_semicolons_and_tabs_are_told_apart_by_the_header(mark: str) -> None:
    found = read(f"id{mark}what\n1{mark}told\n")
    assert isinstance(found[0], Row)
    assert found[0].cells == {"id": "1", "what": "told"}


def test_a_line_without_end_is_rejected_and_the_next_one_read() -> None:
    found = read("id,what\n1," + "x" * 1_100_000 + "\n2,fine\n")
    assert isinstance(found[0], BadRow)
    assert isinstance(found[1], Row)
    assert (found[1].line, found[1].cells["what"]) == (3, "fine")


@pytest.mark.parametrize("text", ["", "\n\n", "id,id\n1,2\n"])
def test_a_file_without_a_usable_header_is_refused(text: str) -> None:
    with pytest.raises(FileWrong):
        read(text)


def test_json_lines_are_read_and_bad_ones_named() -> None:
    text = '{"id": 1, "what": "told", "who": null}\nnot json\n[1]\n{"what": {"a": 1}}\n'
    found = list(JsonRows(io.StringIO(text), "tips.jsonl"))
    assert isinstance(found[0], Row)
    assert found[0].cells == {"id": "1", "what": "told", "who": ""}
    assert [(row.line, row.because[:12]) for row in found[1:] if isinstance(row, BadRow)] == [
        (2, "The line is "),
        (3, "The line is "),
        (4, "A value is a"),
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"what\nfine\ncaf\xe9\n", "Line 3 of tips.csv is not utf-8"),
        (b"what\na\0b\n", "Line 2 of tips.csv holds a NUL byte"),
        ("what\ntold\n".encode("utf-16"), "is UTF-16"),
    ],
)
def test_a_file_that_is_not_text_is_refused_before_anything_is_read(content: bytes, said: str, tmp_path: Path) -> None:
    path = tmp_path / "tips.csv"
    path.write_bytes(content)
    with pytest.raises(FileWrong, match=said):
        check(path)


def test_latin_1_is_offered_and_then_read(tmp_path: Path) -> None:
    path = tmp_path / "tips.csv"
    path.write_bytes(b"what\ncaf\xe9\n")
    with pytest.raises(FileWrong, match="--encoding latin-1"):
        check(path)
    assert check(path, "latin-1").lines == 3


def test_no_report_text_is_in_the_repr_of_a_row() -> None:
    assert "secret" not in repr(Row(1, {"what": "secret"})) + repr(BadRow(1, "Because.", ("secret",)))


def test_rejects_keep_the_format_with_line_and_reason_and_only_their_owner_reads_them(tmp_path: Path) -> None:
    source = tmp_path / "tips.csv"
    with Rejects(tmp_path / "rejects", source, digest="abcdef0123", columns=("id", "what")) as rejects:
        rejects.put(Row(2, {"id": "1", "what": 'said "no", then left'}), "“when” is empty.")
        rejects.put(BadRow(3, "The row has 3 cells.", ("2", "a", "b")))
    assert rejects.path.name == "tips.abcdef01.rejected.csv"
    assert list(csv.reader(io.StringIO(rejects.path.read_text(encoding="utf-8")))) == [
        ["rejected_line", "rejected_because", "id", "what"],
        ["2", "“when” is empty.", "1", 'said "no", then left'],
        ["3", "The row has 3 cells.", "2", "a", "b"],
    ]
    assert rejects.path.stat().st_mode & 0o777 == 0o600
    assert rejects.path.parent.stat().st_mode & 0o777 == 0o700


def test_json_rejects_stay_json(tmp_path: Path) -> None:
    with Rejects(tmp_path, tmp_path / "tips.jsonl", digest="00000000", columns=("what",)) as rejects:
        rejects.put(BadRow(1, "The line is not JSON.", ("oops",)))
        rejects.put(Row(2, {"what": ""}), "“what” is empty.")
    assert [json.loads(line) for line in rejects.path.read_text().splitlines()] == [
        {"rejected_line": 1, "rejected_because": "The line is not JSON.", "raw": "oops"},
        {"rejected_line": 2, "rejected_because": "“what” is empty.", "what": ""},
    ]


class _Stopped(Exception):
    pass


def test_an_import_that_is_stopped_leaves_no_half_written_reject_file(tmp_path: Path) -> None:
    def stop() -> None:
        with Rejects(tmp_path, tmp_path / "tips.csv", digest="00000000", columns=("what",)) as rejects:
            rejects.put(Row(2, {"what": ""}), "“what” is empty.")
            raise _Stopped

    with pytest.raises(_Stopped):
        stop()
    assert not list(tmp_path.iterdir())


def test_when_nothing_is_rejected_any_more_the_old_reject_file_goes(tmp_path: Path) -> None:
    source = tmp_path / "tips.csv"
    for rows in (1, 0):
        with Rejects(tmp_path, source, digest="00000000", columns=("what",)) as rejects:
            for line in range(rows):
                rejects.put(Row(line, {"what": ""}), "“what” is empty.")
    assert not list(tmp_path.iterdir())


def test_a_file_of_objects_that_hold_lists_says_so() -> None:
    with pytest.raises(FileWrong) as wrong:
        JsonRows(io.StringIO('\n{"what": "a", "fields": [1]}\n'), "tips.jsonl")
    assert str(wrong.value) == (
        "tips.jsonl has no line that can be imported: nothing was imported. "
        "Line 2: A value is a list or an object; only text and numbers can be imported."
    )
