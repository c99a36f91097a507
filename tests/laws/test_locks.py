"""Every package is pinned by its hash, so that a registry cannot change it behind our back."""

import json
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_every_python_package_is_pinned_by_its_hash() -> None:
    packages = tomllib.loads((ROOT / "uv.lock").read_text())["package"]
    fetched = [package for package in packages if "registry" in package["source"]]
    assert len(fetched) > 20
    assert len(packages) - len(fetched) == 1, "only Lastpiece itself is no package of a registry"
    for package in fetched:
        files = [*package.get("wheels", []), *filter(None, [package.get("sdist")])]
        assert files, package["name"]
        assert all(file["hash"].startswith("sha256:") for file in files), package["name"]


def test_every_package_for_the_browser_is_pinned_by_its_hash() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    fetched = {name: package for name, package in packages.items() if name}
    assert len(fetched) > 3
    assert [name for name, package in fetched.items() if not package.get("integrity", "").startswith("sha512-")] == []
