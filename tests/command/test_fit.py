"""`lastpiece fit` links a table, writes whole files or none, and says in words what is wrong."""

import csv
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest
from typer.testing import CliRunner, Result

from lastpiece.command.contents import app

FIELDS = "first:forename,last:surname,born:date,phone:phone"


def people(path: Path, count: int = 120, seed: int = 3, start: int = 0) -> Path:
    """Invent people, each in the table twice, once with a slip in one value."""
    rng = Random(seed)
    letters = "bcdfglmnprst"
    with path.open("w", newline="", encoding="utf-8") as text:
        writer = csv.writer(text)
        writer.writerow(["id", "who", "first", "last", "born", "phone", "note"])
        for person in range(start, start + count):
            first, last = ("".join(rng.choice(letters) + rng.choice("aeiou") for _ in range(n)) for n in (2, 4))
            born = f"{rng.randint(1950, 2005)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
            phone = f"07700 900{rng.randint(0, 999):03}"
            writer.writerow([f"a{person}", person, first, last, born, phone, "Needle in a note"])
            writer.writerow([f"b{person}", person, first, f"{last[:-1]}y", born, phone, "Needle in a note"])
    return path


def fit(*words: object) -> Result:
    return CliRunner().invoke(app, ["fit", *map(str, words)])


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as text:
        return list(csv.DictReader(text))


def test_one_object_on_standard_output_says_what_the_issue_promised(tmp_path: Path) -> None:
    table, links, groups = people(tmp_path / "t.csv"), tmp_path / "links.csv", tmp_path / "groups.csv"
    words = ("--id", "id", "--fields", FIELDS, "--truth", "who", "--links", links, "--groups", groups, "--json")
    answered = fit(table, *words)
    assert answered.exit_code == 0, answered.output
    answer = json.loads(answered.stdout)
    assert list(answer) == ["records", "links", "groups", "pairwise", "cluster", "seconds", "peak_mib"]
    assert answer["records"] == 240
    assert answer["links"] == len(rows(links))
    assert answer["groups"] == len({row["group"] for row in rows(groups)})
    assert list(answer["pairwise"]) == list(answer["cluster"]) == ["precision", "recall", "f1"]
    assert answer["pairwise"]["f1"] > 0.95
    assert answer["cluster"]["f1"] > 0.95


def test_the_files_name_rows_by_their_ids(tmp_path: Path) -> None:
    table, links, groups = people(tmp_path / "t.csv"), tmp_path / "links.csv", tmp_path / "groups.csv"
    assert fit(table, "--id", "id", "--fields", FIELDS, "--links", links, "--groups", groups).exit_code == 0
    assert list(rows(links)[0]) == ["left", "right", "bits", "chance"]
    assert {row["id"] for row in rows(groups)} == {row["id"] for row in rows(table)}
    assert {row["group"] for row in rows(groups)} <= {row["id"] for row in rows(table)}
    assert all(0.5 <= float(row["chance"]) <= 1 for row in rows(links))
    assert sorted(tmp_path.iterdir()) == sorted([table, links, groups])


def test_the_truth_never_reaches_the_linking(tmp_path: Path) -> None:
    table, with_truth, without = people(tmp_path / "t.csv"), tmp_path / "with.csv", tmp_path / "without.csv"
    assert fit(table, "--id", "id", "--fields", FIELDS, "--truth", "who", "--links", with_truth).exit_code == 0
    assert fit(table, "--id", "id", "--fields", FIELDS, "--links", without).exit_code == 0
    assert with_truth.read_bytes() == without.read_bytes()


def test_figures_stay_empty_without_truth(tmp_path: Path) -> None:
    answered = fit(people(tmp_path / "t.csv"), "--id", "id", "--fields", FIELDS, "--json")
    assert json.loads(answered.stdout)["pairwise"] is None


def test_people_read_figures_in_three_lines(tmp_path: Path) -> None:
    answered = fit(people(tmp_path / "t.csv"), "--id", "id", "--fields", FIELDS, "--truth", "who")
    assert answered.stdout.startswith("240 records, ")
    assert "pairwise" in answered.stdout
    assert "MiB at most" in answered.stdout


def test_several_tables_are_linked_with_each_other(tmp_path: Path) -> None:
    one, other = people(tmp_path / "one.csv"), people(tmp_path / "other.csv", seed=4, start=500)
    answered = fit(one, other, "--id", "id", "--fields", FIELDS, "--truth", "who", "--json")
    answer = json.loads(answered.stdout)
    assert answer["records"] == 480
    assert answer["cluster"]["f1"] > 0.95


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ("first", "not written as column:kind"),
        ("first:shoe", "“shoe” in --fields is not a kind"),
        ("first:forename,first:name", "names the column “first” twice"),
        (" , ", "names no column"),
        ("frist:forename", "has no column “frist”; its columns are id, who, first"),
    ],
)
def test_fields_that_cannot_be_used_are_said(tmp_path: Path, fields: str, words: str) -> None:
    answered = fit(people(tmp_path / "t.csv"), "--id", "id", "--fields", fields)
    assert answered.exit_code == 1
    assert words in " ".join(answered.stderr.split())


def test_two_records_with_one_id_stop_it_and_nothing_is_written(tmp_path: Path) -> None:
    table = people(tmp_path / "t.csv")
    table.write_text(table.read_text() + "a3,3,x,y,,,Needle in a note\n")
    answered = fit(table, "--id", "id", "--fields", FIELDS, "--links", tmp_path / "links.csv")
    assert answered.exit_code == 1
    assert "have the same “id”" in " ".join(answered.stderr.split())
    assert "Needle" not in answered.output
    assert list(tmp_path.iterdir()) == [table]


def test_a_table_of_nothing_is_said_to_be_one(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text("id,first\n" + "".join(f"{row},\n" for row in range(1000)))
    answered = fit(table, "--id", "id", "--fields", "first:forename")
    assert answered.exit_code == 1
    assert "nothing to compare" in answered.stderr


def test_an_output_without_a_place_is_refused_before_the_work(tmp_path: Path) -> None:
    table = people(tmp_path / "t.csv")
    pipe, dangling = tmp_path / "pipe", tmp_path / "dangling"
    os.mkfifo(pipe)
    dangling.symlink_to(tmp_path / "nowhere")
    for links, words in (
        (tmp_path / "no" / "links.csv", "its folder is not there"),
        (table, "already a table"),
        (pipe, "a device or a pipe"),
        (dangling, "leads nowhere"),
    ):
        answered = fit(table, "--id", "id", "--fields", FIELDS, "--links", links)
        assert answered.exit_code == 1
        assert words in " ".join(answered.stderr.split())
    assert rows(table)
    assert pipe.is_fifo()


def test_an_earlier_answer_stays_whole_when_a_later_one_fails(tmp_path: Path) -> None:
    table, links = people(tmp_path / "t.csv"), tmp_path / "links.csv"
    assert fit(table, "--id", "id", "--fields", FIELDS, "--links", links).exit_code == 0
    before = links.read_bytes()
    assert fit(table, "--id", "nom", "--fields", FIELDS, "--links", links).exit_code == 1
    assert links.read_bytes() == before


def test_ctrl_c_leaves_nothing_half_written(tmp_path: Path) -> None:
    table = people(tmp_path / "t.csv", count=30_000)
    loaded = (
        "import lastpiece.command.linking as _; from lastpiece.command import main; print('loaded', flush=True); main()"
    )
    command = [sys.executable, "-c", loaded, "fit", str(table), "--id", "id", "--fields", FIELDS]
    running = subprocess.Popen(
        [*command, "--links", str(tmp_path / "l.csv"), "--groups", str(tmp_path / "g.csv")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert running.stdout is not None
    assert running.stdout.readline() == "loaded\n"
    time.sleep(1.0)
    running.send_signal(signal.SIGINT)
    running.communicate(timeout=60)
    assert running.returncode == 130
    assert list(tmp_path.iterdir()) == [table]


def test_a_stop_between_two_files_keeps_neither_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object) -> object:
        yield ("a0", "b0", "1.0", "0.7")
        raise KeyboardInterrupt

    monkeypatch.setattr("lastpiece.command.linking._link_rows", stopped)
    table = people(tmp_path / "t.csv")
    answered = fit(
        table, "--id", "id", "--fields", FIELDS, "--links", tmp_path / "l.csv", "--groups", tmp_path / "g.csv"
    )
    assert answered.exit_code == 130
    assert "Stopped. Nothing was written." in answered.stderr
    assert list(tmp_path.iterdir()) == [table]
