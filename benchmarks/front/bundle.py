"""How large what seals in the browser is, beside its peers, and how long sealing takes in Chromium.

Run: `uv run python -m benchmarks.front.bundle`. It needs a Chromium (LASTPIECE_BROWSER) and the built assets.
The peer is OpenPGP.js, which Hush Line seals with, from npm; that row is left out where the registry is out of reach.
Leaves with 1 when the bundle is over 30 kB gzipped, or when Python cannot open what Chromium sealed.
"""

import base64
import gzip
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from lastpiece.tell import sealing
from lastpiece.tell.certificate import EpochKey, key_id

ROOT = Path(__file__).parents[2]
BUILT = ROOT / "src/lastpiece/site/front/static/vendor"
SCRIPTS = ROOT / "src/lastpiece/site/front/scripts/seal"
LIMIT = 30_000
TURNS = 20
PEER = "openpgp@6"
ENTRY = """
import {{ sealEnvelope }} from "{scripts}/envelope.js";
import {{ openMailbox }} from "{scripts}/secrets.js";
import {{ fromBase64, toBase64 }} from "{scripts}/bytes.js";
const took = async (turns, doing) => {{
  const times = [];
  for (let turn = 0; turn < turns; turn += 1) {{
    const start = performance.now();
    await doing();
    times.push(performance.now() - start);
  }}
  return times.sort((one, other) => one - other)[Math.floor(turns / 2)];
}};
window.measure = async (key, turns) => {{
  const publicKey = fromBase64(key);
  const plain = (length) => new Uint8Array(length).fill(120);
  return {{
    short: await took(turns, () => sealEnvelope(plain(2000), publicKey, "nenshire")),
    long: await took(3, () => sealEnvelope(plain(1024 * 1024 - 4), publicKey, "nenshire")),
    mailbox: await took(3, () => openMailbox("one two three four five six seven".split(" "))),
    envelope: toBase64(sealEnvelope(plain(2000), publicKey, "nenshire")),
  }};
}};
"""


def main() -> None:
    """Print sizes and times; leave with 1 when a promise does not hold."""
    print(f"{'what':<44}{'kB':>8}{'kB gzipped':>12}")
    for name in ("seal.js", "capture.js", "front.js", "words.txt"):
        show(f"ours: {name}", (BUILT / name).read_bytes())
    with tempfile.TemporaryDirectory() as folder:
        peer = bundled_peer(Path(folder))
        if peer:
            show(f"peer: OpenPGP.js ({PEER}), bundled and minified", peer)
        else:
            print("peer: OpenPGP.js could not be installed here; left out")
        opened = timed(Path(folder))
    size = len(gzip.compress((BUILT / "seal.js").read_bytes(), mtime=0))
    if size > LIMIT or not opened:
        raise SystemExit(f"seal.js is {size} bytes gzipped (at most {LIMIT}); opened by Python: {opened}")


def show(name: str, content: bytes) -> None:
    """Print one row."""
    print(f"{name:<44}{len(content) / 1000:>8.1f}{len(gzip.compress(content, mtime=0)) / 1000:>12.1f}")


def bundled_peer(folder: Path) -> bytes | None:
    """Return the peer bundled as ours is, or None when npm cannot give it."""
    npm = shutil.which("npm")
    if npm is None:
        return None
    command = [npm, "install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", str(folder), PEER]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        return None
    (folder / "peer.js").write_text('import * as all from "openpgp"; globalThis.all = all;')
    return esbuilt(folder / "peer.js", folder / "peer.min.js")


def esbuilt(entry: Path, out: Path) -> bytes:
    """Bundle and minify one script for browsers."""
    node = shutil.which("node") or "node"
    tool = str(ROOT / "node_modules/esbuild/bin/esbuild")
    options = ["--bundle", "--minify", "--format=iife", "--target=es2020", "--log-level=error", f"--outfile={out}"]
    environment = {**os.environ, "NODE_PATH": str(ROOT / "node_modules")}
    subprocess.run([node, tool, str(entry), *options], check=True, env=environment)
    return out.read_bytes()


def timed(folder: Path) -> bool:
    """Print the times in Chromium, and return whether Python opens what it sealed."""
    entry = folder / "measure.js"
    entry.write_text(ENTRY.format(scripts=SCRIPTS.as_posix()))
    esbuilt(entry, folder / "measure.min.js")
    browser_path = os.environ.get("LASTPIECE_BROWSER") or shutil.which("chromium") or shutil.which("google-chrome")
    key = EpochKey.make()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox", "--disable-quic"])
        page = browser.new_page()
        page.add_script_tag(path=folder / "measure.min.js")
        sealed = measured(page, key, "this machine")
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 6})
        measured(page, key, "slowed down six times, like an old phone")
        browser.close()
    info = sealing.binding("nenshire", key_id(key.public))
    return key.private.open(sealed[sealing.HEADER_BYTES :], info) == sealing.padded(b"x" * 2000)


def measured(page: Page, key: EpochKey, where: str) -> bytes:
    """Print the medians at one speed; return one envelope."""
    found = page.evaluate("([key, turns]) => measure(key, turns)", [base64.b64encode(key.public).decode(), TURNS])
    print(f"\nMedian in Chromium, {where}:")
    print(f"  seal a short report (4 KiB)       {found['short']:8.1f} ms")
    print(f"  seal the largest chunk (1 MiB)    {found['long']:8.1f} ms")
    print(f"  stretch seven words to a mailbox  {found['mailbox']:8.1f} ms, in slices, while somebody types")
    return base64.b64decode(found["envelope"])


if __name__ == "__main__":
    main()
