"""A front in this process, with keys in a folder of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from tests.factories.sealed_front import Desk, make_desk

from lastpiece.site.settings import env


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr(env, "FRONT_FOLDER", tmp_path / "front")
    monkeypatch.setattr(env, "SPOOL", tmp_path / "front" / "spool")
    monkeypatch.setattr(env, "BOARD", tmp_path / "front" / "board")
    return make_desk(tmp_path)


@pytest.fixture
def visitor(desk: Desk) -> Iterator[Client]:
    client = Client(HTTP_HOST="localhost")
    yield client
    assert not client.cookies
