"""The browser's own sealing code, run by node: what it makes, Python opens, and the other way round."""

import atexit
import base64
import json
import shutil
import subprocess
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
SCRIPTS = ROOT / "src/lastpiece/site/front/scripts/seal"
WORDS = ROOT / "src/lastpiece/tell/words.txt"
ENTRY = """
import {{ createInterface }} from "node:readline";
import * as bytes from "{scripts}/bytes.js";
import * as hybrid from "{scripts}/hybrid.js";
import * as envelope from "{scripts}/envelope.js";
import * as secrets from "{scripts}/secrets.js";
import * as report from "{scripts}/report.js";
import * as mail from "{scripts}/mail.js";
import * as certificate from "{scripts}/certificate.js";
const modules = {{ bytes, hybrid, envelope, secrets, report, mail, certificate }};
const read = (value) => {{
  if (Array.isArray(value)) return value.map(read);
  if (value && typeof value === "object") {{
    if ("bytes" in value) return bytes.fromBase64(value.bytes);
    if ("time" in value) return new Date(value.time);
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, read(inner)]));
  }}
  return value;
}};
const write = (value) => {{
  if (value instanceof Uint8Array) return {{ bytes: bytes.toBase64(value) }};
  if (Array.isArray(value)) return value.map(write);
  if (value && typeof value === "object") {{
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, write(inner)]));
  }}
  return value;
}};
for await (const line of createInterface({{ input: process.stdin }})) {{
  const answers = [];
  for (const [module, name, ...given] of JSON.parse(line)) {{
    try {{
      answers.push({{ value: write(await modules[module][name](...given.map(read))) }});
    }} catch (problem) {{
      answers.push({{ problem: problem.constructor.name + ": " + problem.message }});
    }}
  }}
  process.stdout.write(JSON.stringify(answers) + "\\n");
}}
"""


class Refused(Exception):
    """The browser's code threw."""


@cache
def node() -> subprocess.Popen[str]:
    """Bundle the modules and start the one node that answers for the whole session; skip where there is none."""
    program, esbuild = shutil.which("node"), ROOT / "node_modules/esbuild/bin/esbuild"
    if program is None or not esbuild.is_file():
        pytest.skip("No node, or no esbuild in node_modules; run `uv sync`.")
    folder = Path(mkdtemp(prefix="seal-"))
    entry, out = folder / "entry.mjs", folder / "seal.mjs"
    entry.write_text(ENTRY.format(scripts=SCRIPTS.as_posix()))
    command = [program, str(esbuild), str(entry), "--bundle", "--format=esm", "--platform=node", f"--outfile={out}"]
    environment = {"NODE_PATH": str(ROOT / "node_modules"), "PATH": str(Path(program).parent)}
    subprocess.run([*command, "--log-level=error"], check=True, env=environment)
    started = subprocess.Popen([program, str(out)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    atexit.register(started.kill)
    return started


def ask(*calls: list[Any]) -> list[Any]:
    """Call functions of the browser's modules: each call is module, function and arguments; bytes go both ways."""
    process = node()
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps([[_written(part) for part in call] for call in calls]) + "\n")
    process.stdin.flush()
    return [_answer(answer) for answer in json.loads(process.stdout.readline())]


def ask_one(*call: Any) -> Any:  # noqa: ANN401 - whatever the function gives
    """Call one function; raise `Refused` when it throws."""
    (answer,) = ask(list(call))
    if isinstance(answer, Refused):
        raise answer
    return answer


def _answer(answer: dict[str, Any]) -> Any:  # noqa: ANN401 - whatever the function gives
    return Refused(answer["problem"]) if "problem" in answer else _read(answer.get("value"))


def _written(value: Any) -> Any:  # noqa: ANN401 - any argument
    if isinstance(value, bytes):
        return {"bytes": base64.b64encode(value).decode()}
    if isinstance(value, list | tuple):
        return [_written(part) for part in value]
    if isinstance(value, dict):
        return {key: _written(part) for key, part in value.items()}
    return value


def _read(value: Any) -> Any:  # noqa: ANN401 - any answer
    if isinstance(value, dict):
        if value.keys() == {"bytes"}:
            return base64.b64decode(value["bytes"])
        return {key: _read(part) for key, part in value.items()}
    return [_read(part) for part in value] if isinstance(value, list) else value
