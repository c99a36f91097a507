"""The build hook: it works when an input changed, rests when none did, and fails with one sentence."""

import gettext
import os
from pathlib import Path

import hatch_build
import pytest


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for site in hatch_build.SITES:
        for folder, name in (("styles", f"{site}.scss"), ("scripts", f"{site}.js")):
            path = tmp_path / hatch_build.ROOM / site / folder / name
            path.parent.mkdir(parents=True)
            path.write_text("")
    for name in ("hatch_build.py", "package.json", "package-lock.json"):
        (tmp_path / name).write_text("{}")
    (tmp_path / hatch_build.LISTED).parent.mkdir(parents=True)
    (tmp_path / hatch_build.LISTED).write_text("apple\n")
    return tmp_path


@pytest.fixture
def tools(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Record what would be run, and write what it would make."""
    ran: list[list[str]] = []

    def run(command: list[str], root: Path, sentence: str, *, node: str = "") -> None:
        ran.append(command)
        (root / "node_modules").mkdir(exist_ok=True)
        for out in hatch_build.outputs(root):
            if out.parent.is_dir():
                out.write_text("built")

    monkeypatch.setattr(hatch_build, "run", run)
    monkeypatch.setattr(hatch_build, "machine_node", lambda: ("/bin/node", "/bin/npm"))
    return ran


def test_it_installs_without_scripts_and_rests_until_an_input_changes(root: Path, tools: list[list[str]]) -> None:
    assert hatch_build.build(root)
    assert [command for command in tools if "ci" in command and "--ignore-scripts" in command]
    tools.clear()
    assert not hatch_build.build(root)
    assert tools == []
    (root / hatch_build.ROOM / "front/styles/front.scss").write_text("a { b: c }")
    assert hatch_build.build(root)
    assert not [command for command in tools if "ci" in command]


def test_a_missing_output_is_made_again(root: Path, tools: list[list[str]]) -> None:
    hatch_build.build(root)
    hatch_build.outputs(root)[0].unlink()
    assert hatch_build.build(root)
    assert tools


def test_without_a_recent_node_the_build_asks_pypi_for_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hook = hatch_build.AssetsHook(str(tmp_path), {}, None, None, "", "wheel")  # type: ignore[arg-type] # none is used
    monkeypatch.setattr(hatch_build, "machine_node", lambda: None)
    assert hook.dependencies() == [hatch_build.NODE_FROM_PYPI]
    monkeypatch.setattr(hatch_build, "machine_node", lambda: ("/bin/node", "/bin/npm"))
    assert hook.dependencies() == []


@pytest.mark.parametrize(("version", "recent"), [("v18.20.4", False), ("v20.18.0", False), ("v20.19.0", True)])
def test_a_node_that_is_too_old_counts_as_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str, *, recent: bool
) -> None:
    for name in ("node", "npm"):
        (tmp_path / name).write_text(f"#!/bin/sh\necho {version}\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}/bin")
    assert (hatch_build.machine_node() is not None) == recent


def test_a_tool_that_fails_is_named_in_one_sentence_with_what_it_said(tmp_path: Path) -> None:
    with pytest.raises(hatch_build.AssetsFailed, match="a style sheet does not compile:\nline 3"):
        hatch_build.run(["/bin/sh", "-c", "echo line 3 >&2; exit 1"], tmp_path, "a style sheet does not compile")
    with pytest.raises(hatch_build.AssetsFailed, match="npm could not install: No such file"):
        hatch_build.run(["/nowhere/npm"], tmp_path, "npm could not install")


def test_nothing_counts_as_built_after_a_failure(
    root: Path, tools: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    hatch_build.build(root)

    def fail(*_: object, **__: object) -> None:
        raise hatch_build.AssetsFailed("the script of the front does not bundle")

    (root / hatch_build.ROOM / "front/scripts/front.js").write_text("x")
    with monkeypatch.context() as patch:
        patch.setattr(hatch_build, "run", fail)
        with pytest.raises(hatch_build.AssetsFailed):
            hatch_build.build(root)
    tools.clear()
    assert hatch_build.build(root)
    assert tools


CATALOGUE = b'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "Back"\nmsgstr "Yn \xc3\xb4l"\n'


def catalogue(root: Path, text: bytes) -> Path:
    source = root / hatch_build.ROOM / "front/locale/cy/LC_MESSAGES/django.po"
    source.parent.mkdir(parents=True, exist_ok=True)
    source.write_bytes(text)
    return source


def test_a_changed_catalogue_is_compiled_for_gettext(root: Path, tools: list[list[str]]) -> None:
    hatch_build.build(root)
    source = catalogue(root, CATALOGUE)
    assert hatch_build.build(root)
    with hatch_build.compiled(source).open("rb") as made:
        assert gettext.GNUTranslations(made).gettext("Back") == "Yn ôl"
    assert not hatch_build.build(root)


def test_a_catalogue_that_is_none_is_refused_with_its_name(root: Path, tools: list[list[str]]) -> None:
    catalogue(root, b"this is none\n")
    with pytest.raises(hatch_build.AssetsFailed, match=r"cy/LC_MESSAGES/django\.po is not a catalogue"):
        hatch_build.build(root)


def test_the_public_style_sheet_is_turned_round_for_languages_from_right_to_left(
    root: Path, tools: list[list[str]]
) -> None:
    hatch_build.build(root)
    assert [command for command in tools if any("rtlcss" in word for word in command)]
