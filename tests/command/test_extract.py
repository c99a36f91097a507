"""`lastpiece extract` as other programs call it."""

import json
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

CALL = [sys.executable, "-m", "lastpiece", "extract"]
GOOD = '{"id": "a", "text": "reg ZZ19 KXD, sells weed"}\n'


def run(*arguments: str | Path, told: str | bytes = b"") -> subprocess.CompletedProcess[bytes]:
    given = told.encode() if isinstance(told, str) else told
    return subprocess.run([*CALL, *map(str, arguments)], input=given, capture_output=True, check=False)


def rows(answer: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in answer.decode().splitlines()]


def test_each_line_gives_one_line_with_its_mentions() -> None:
    done = run(told=GOOD + '{"id": 7, "text": "nothing here"}\n')
    assert (done.returncode, done.stderr) == (0, b"")
    first, second = rows(done.stdout)
    assert second == {"id": 7, "mentions": []}
    assert first["id"] == "a"
    plate, drug = first["mentions"]
    assert list(plate.items()) == [
        ("start", 4), ("end", 12), ("text", "ZZ19 KXD"), ("kind", "plate"), ("value", "ZZ19KXD"), ("partial", False),
        ("confidence", 0.97),
    ]  # fmt: skip
    assert (drug["start"], drug["text"], drug["kind"], drug["value"]) == (20, "weed", "drug", "cannabis")


def test_offsets_count_code_points() -> None:
    text = "😀é “reg” ZZ19 KXD"
    (row,) = rows(run(told=json.dumps({"id": 1, "text": text}) + "\n").stdout)
    (mention,) = row["mentions"]
    assert text[mention["start"] : mention["end"]] == "ZZ19 KXD"


def test_a_bad_line_is_named_by_its_number_and_never_quoted_and_the_rest_goes_on() -> None:
    bad = ["secret words no json", '{"id": 1}', '{"id": 1, "text": 5}', "[1]", '{"id": [], "text": "x"}']
    done = run(told=GOOD + "\n".join(bad) + "\n\n" + GOOD)
    assert done.returncode == 1
    assert len(rows(done.stdout)) == 2
    told = done.stderr.decode()
    assert [f"Line {n}:" in told for n in range(1, 9)] == [False, True, True, True, True, True, False, False]
    assert "secret" not in told


def test_bytes_that_are_no_utf_8_are_one_bad_line() -> None:
    done = run(told=b'{"id": 1, "text": "caf\xe9"}\n' + GOOD.encode())
    assert (done.returncode, len(rows(done.stdout))) == (1, 1)
    assert b"Line 1: not UTF-8." in done.stderr


def test_a_line_too_long_is_left_out_without_filling_the_memory(tmp_path: Path) -> None:
    big = tmp_path / "big.jsonl"
    with big.open("wb") as file:
        file.write(b'{"id": 1, "text": "')
        for _ in range(64):
            file.write(b"a" * 1024 * 1024)
        file.write(b'"}\n' + GOOD.encode())
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    done = run(big)
    after = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    assert (done.returncode, len(rows(done.stdout))) == (1, 1)
    assert b"Line 1: longer than 4 MiB." in done.stderr
    assert after <= max(before, 400 * 1024)


def test_a_file_and_an_output_file_do_the_same(tmp_path: Path) -> None:
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text(GOOD, encoding="utf-8")
    done = run(source, "--out", out, "--json")
    assert done.returncode == 0
    assert json.loads(done.stdout) == {"read": 1, "written": 1, "rejected": 0, "mentions": 2}
    assert out.read_bytes() == run(told=GOOD).stdout
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jsonl", "out.jsonl"]


@pytest.mark.parametrize("arguments", [["nowhere.jsonl"], ["--out", "/nowhere/out.jsonl"]])
def test_a_file_that_is_not_there_is_one_sentence(arguments: list[str]) -> None:
    done = run(*arguments, told=GOOD)
    assert done.returncode == 1
    assert done.stderr.count(b"\n") == 1
    assert b"Traceback" not in done.stderr


def test_an_empty_input_gives_an_empty_output_and_is_said_to_be_empty() -> None:
    done = run(told="")
    assert (done.returncode, done.stdout) == (0, b"")
    assert done.stderr == b"There was no line to read: the input is empty.\n"


def test_a_reader_that_goes_away_is_no_fault() -> None:
    with subprocess.Popen(CALL, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        try:
            process.stdin.write(GOOD.encode() * 5000)
            process.stdin.close()
        except BrokenPipeError:
            pass
        assert process.stderr.read() == b""
        process.wait(60)


def test_ctrl_c_says_where_it_stopped() -> None:
    with subprocess.Popen(CALL, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdin.write(GOOD.encode() * 400)
        process.stdin.flush()
        os.read(process.stdout.fileno(), 1)
        time.sleep(0.2)
        process.send_signal(signal.SIGINT)
        assert b"Stopped after" in process.stderr.read()
        assert process.wait(60) == 130


def test_the_texts_are_not_lost_to_the_answer(tmp_path: Path) -> None:
    texts, link = tmp_path / "in.jsonl", tmp_path / "link.jsonl"
    texts.write_text(GOOD, encoding="utf-8")
    link.symlink_to(texts)
    for out in (texts, link):
        done = run(texts, "--out", out)
        assert done.returncode == 1
        assert b"is the file to read" in done.stderr
    assert texts.read_text(encoding="utf-8") == GOOD


def test_a_pipe_is_not_replaced_by_the_answer(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    done = run("--out", pipe, told=GOOD)
    assert done.returncode == 1
    assert b"a device or a pipe" in done.stderr
    assert pipe.is_fifo()


def test_what_a_link_leads_to_is_written_and_the_link_stays(tmp_path: Path) -> None:
    kept, link = tmp_path / "kept.jsonl", tmp_path / "link.jsonl"
    kept.write_text("", encoding="utf-8")
    link.symlink_to(kept)
    assert run("--out", link, told=GOOD).returncode == 0
    assert link.is_symlink()
    assert rows(kept.read_bytes())[0]["id"] == "a"
