"""A pack of a real force says when its numbers were checked, and is told when it is time again."""

import shutil
from datetime import date, timedelta
from pathlib import Path

from lastpiece.site.pack.checking import GOOD_FOR, doubt_of_numbers
from lastpiece.site.pack.loading import SHIPPED, load_pack

CHECKED = date(2027, 1, 31)


def test_a_real_force_names_the_day_on_which_its_numbers_were_checked_and_checks_them_anew(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(SHIPPED, tmp_path / "pack"))
    file = folder / "pack.yaml"
    text = file.read_text().replace("site_id: nenshire", "site_id: wold")
    file.write_text(text.replace("numbers_checked_on: never", f"numbers_checked_on: {CHECKED}"))
    pack = load_pack(folder)
    assert {pack.numbers_checked_on, *(each.numbers_checked_on for each in pack.translations.values())} == {CHECKED}
    assert doubt_of_numbers(pack, CHECKED) == doubt_of_numbers(pack, CHECKED + GOOD_FOR) == ""
    assert "Check them anew" in doubt_of_numbers(pack, CHECKED + GOOD_FOR + timedelta(days=1))
    assert "still to come" in doubt_of_numbers(pack, CHECKED - timedelta(days=1))


def test_the_invented_pack_is_never_believed() -> None:
    assert "Do not serve it to the public" in doubt_of_numbers(load_pack(None), CHECKED)
