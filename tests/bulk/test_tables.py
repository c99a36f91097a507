"""Every way in which a table can be wrong has its sentence, and no sentence quotes the table."""

from pathlib import Path

import pyarrow as pa  # type: ignore[import-untyped]  # pyarrow ships no types
import pyarrow.parquet as pq  # type: ignore[import-untyped]  # the same
import pytest

from lastpiece.bulk import tables
from lastpiece.bulk.tables import checked_ids, read_tables


def csv(folder: Path, text: str, name: str = "people.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def test_only_the_wanted_columns_are_read_and_their_spaces_removed(tmp_path: Path) -> None:
    path = csv(tmp_path, "id, name , town\n1, Ann Example ,\n2,  ,Corby\n")
    read = read_tables([path], ["id", "name", "town"])
    assert read.columns.to_pydict() == {"id": ["1", "2"], "name": ["Ann Example", None], "town": [None, "Corby"]}


def test_numbers_keep_their_leading_zeros(tmp_path: Path) -> None:
    path = csv(tmp_path, "id,phone\n01,07700900123\n")
    assert read_tables([path], ["id", "phone"]).columns.to_pydict() == {"id": ["01"], "phone": ["07700900123"]}


def test_a_parquet_file_reads_like_a_csv_file(tmp_path: Path) -> None:
    path = tmp_path / "people.parquet"
    pq.write_table(pa.table({"id": [1, 2], "name": ["Ann Example", ""], "unused": [b"x", b"y"]}), path)
    assert read_tables([path], ["id", "name"]).columns.to_pydict() == {"id": ["1", "2"], "name": ["Ann Example", None]}


def test_two_files_are_read_one_below_the_other(tmp_path: Path) -> None:
    paths = [csv(tmp_path, "id,name\n1,Ann\n", "a.csv"), csv(tmp_path, "name,id\nBo,2\nCy,3\n", "b.csv")]
    read = read_tables(paths, ["id", "name"])
    assert read.columns["name"].to_pylist() == ["Ann", "Bo", "Cy"]
    assert read.file.tolist() == [0, 1, 1]


def test_a_byte_order_mark_and_a_line_break_inside_quotes_are_no_trouble(tmp_path: Path) -> None:
    path = csv(tmp_path, '\ufeffid,name\r\n1,"Ann\nExample"\r\n2,Bo\r\n')
    assert read_tables([path], ["id"]).columns["id"].to_pylist() == ["1", "2"]


@pytest.mark.parametrize(
    ("text", "error", "words"),
    [
        ("", tables.TableEmpty, "is empty"),
        ("id,name\n", tables.TableEmpty, "no row"),
        ("id,nom\n1,Ann\n", tables.ColumnMissing, "no column “name”; its columns are id, nom"),
        ("id,name,name\n1,Ann,Bo\n", tables.ColumnNamedTwice, "2 columns named “name”"),
        ("id,name\n1,Ann\n2,Secret Word,Corby\n", tables.TableUnreadable, "Row 3 of people.csv .* has 3 fields"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, text: str, error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words) as raised:
        read_tables([csv(tmp_path, text)], ["id", "name"])
    assert "Secret" not in str(raised.value)
    assert "Secret" not in str(raised.value.__cause__)


def test_a_latin_1_file_is_named_as_such_and_read_when_asked_for(tmp_path: Path) -> None:
    path = csv(tmp_path, "id,name\n1,Zoë Example\n", encoding="latin-1")
    with pytest.raises(tables.NotThisEncoding, match="--encoding latin-1"):
        read_tables([path], ["id", "name"])
    assert read_tables([path], ["id", "name"], encoding="latin-1").columns["name"].to_pylist() == ["Zoë Example"]


def test_a_latin_1_header_is_named_as_such(tmp_path: Path) -> None:
    with pytest.raises(tables.NotThisEncoding):
        read_tables([csv(tmp_path, "id,prénom\n1,Ann\n", encoding="latin-1")], ["id"])


def test_an_encoding_that_does_not_exist_is_said(tmp_path: Path) -> None:
    with pytest.raises(tables.TableUnreadable, match="klingon"):
        read_tables([csv(tmp_path, "id\n1\n")], ["id"], encoding="klingon")


def test_a_file_that_is_not_there_or_is_of_another_sort_is_said(tmp_path: Path) -> None:
    with pytest.raises(tables.TableMissing):
        read_tables([tmp_path / "none.csv"], ["id"])
    with pytest.raises(tables.TableUnreadable, match=r"neither \.csv nor \.parquet"):
        read_tables([csv(tmp_path, "id\n1\n", "people.xlsx")], ["id"])
    broken = tmp_path / "broken.parquet"
    broken.write_bytes(b"PAR1 but no more")
    with pytest.raises(tables.TableUnreadable, match="not a whole Parquet file"):
        read_tables([broken], ["id"])


def test_two_rows_with_one_id_are_both_pointed_at(tmp_path: Path) -> None:
    path = csv(tmp_path, "id\nx\ny\nx\n")
    with pytest.raises(tables.IdRepeated, match=r"row 1 of people\.csv and row 3 of people\.csv"):
        checked_ids(read_tables([path], ["id"]), "id", [path])


def test_an_id_in_two_files_is_pointed_at_in_both(tmp_path: Path) -> None:
    paths = [csv(tmp_path, "id\nx\ny\n", "a.csv"), csv(tmp_path, "id\nz\ny\n", "b.csv")]
    with pytest.raises(tables.IdRepeated, match=r"row 2 of a\.csv and row 2 of b\.csv"):
        checked_ids(read_tables(paths, ["id"]), "id", paths)


def test_a_row_without_an_id_is_pointed_at(tmp_path: Path) -> None:
    path = csv(tmp_path, "id,name\nx,Ann\n,Bo\n")
    with pytest.raises(tables.IdMissing, match=r"row 2 of people\.csv"):
        checked_ids(read_tables([path], ["id"]), "id", [path])
