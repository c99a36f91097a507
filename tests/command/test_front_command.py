"""`lastpiece front` on the command line."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from lastpiece.command.front import app, tunables
from lastpiece.site.pack.loading import SHIPPED


def test_a_whole_pack_is_said_to_be_whole() -> None:
    ran = CliRunner().invoke(app, ["check-pack", str(SHIPPED)])
    assert ran.exit_code == 0
    assert "Nenshire Police (nenshire): 4 pages of signs." in ran.output
    assert "Nobody has checked the telephone numbers of this invented pack." in ran.output


def test_a_mistake_leaves_with_one_and_names_file_and_field(tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_text("site_id: nenshire\nforce: 7\n")
    ran = CliRunner().invoke(app, ["check-pack", str(tmp_path)])
    assert ran.exit_code == 1
    assert "pack.yaml: county: this field is missing." in ran.output
    said = CliRunner().invoke(app, ["check-pack", str(tmp_path), "--json"])
    assert said.exit_code == 1
    assert json.loads(said.stdout)["ok"] is False


def test_json_says_what_is_in_the_pack() -> None:
    ran = CliRunner().invoke(app, ["check-pack", str(SHIPPED), "--json"])
    assert json.loads(ran.stdout) == {
        "ok": True,
        "site_id": "nenshire",
        "force": "Nenshire Police",
        "signs": ["cuckooing", "child-exploitation", "deal-line", "modern-slavery"],
        "numbers_checked_on": None,
    }


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("", "glibc.malloc.hugetlb=1"),
        ("glibc.malloc.check=1", "glibc.malloc.check=1:glibc.malloc.hugetlb=1"),
        ("glibc.malloc.hugetlb=2", "glibc.malloc.hugetlb=2"),
    ],
)
def test_what_the_operator_set_for_glibc_is_kept(monkeypatch: pytest.MonkeyPatch, given: str, expected: str) -> None:
    monkeypatch.setenv("GLIBC_TUNABLES", given)
    assert tunables() == expected
