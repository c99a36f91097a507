"""The mark of the key stands on the page of what we keep, as the posters print it, and only while the key is good."""

import re
from datetime import timedelta

from django.test import Client
from tests.factories.sealed_front import Desk

from lastpiece.tell.certificate import fingerprint


def shown(visitor: Client, address: str = "/privacy") -> list[str]:
    return re.findall(r'<bdi class="mark__line">([^<]*)</bdi>', visitor.get(address).content.decode())


def test_the_mark_is_that_of_the_root_in_four_lines_of_four_groups(visitor: Client, desk: Desk) -> None:
    lines = shown(visitor)
    assert " ".join(lines) == fingerprint(desk.root.public)
    assert [len(line.split()) for line in lines] == [4, 4, 4, 4]
    assert shown(visitor, "/ar/privacy") == lines
    assert 'class="mark" dir="ltr"' in visitor.get("/ar/privacy").content.decode()


def test_without_a_good_key_no_mark_is_shown_and_the_page_says_so(visitor: Client, desk: Desk) -> None:
    desk.renew(timedelta(hours=1))  # over by now
    assert shown(visitor) == []
    assert "So we can show no mark" in visitor.get("/privacy").content.decode()


def test_a_board_that_another_root_signed_gives_no_mark(visitor: Client, desk: Desk) -> None:
    (desk.home / "front" / "root.pub").unlink()
    assert shown(visitor) == []
    assert visitor.get("/privacy").status_code == 200
