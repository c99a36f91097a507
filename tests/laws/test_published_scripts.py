"""The hashes that the documentation names are those of the scripts as they are built: a stranger compares with them."""

import hashlib
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/how-to/compare-the-scripts.md"
BUILT = ROOT / "src/lastpiece/site/front/static/vendor"


def test_the_page_names_the_scripts_that_seal_as_they_are_built() -> None:
    named = dict(re.findall(r"^\| `(\w+\.js)` \| `([0-9a-f]{64})` \|$", PAGE.read_text(), re.MULTILINE))
    assert named.keys() == {"seal.js", "capture.js"}
    assert named == {name: hashlib.sha256((BUILT / name).read_bytes()).hexdigest() for name in named}
