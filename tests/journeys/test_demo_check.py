"""The whole loop, from a report told without JavaScript to the answer in its mailbox."""

import os
import shutil
import subprocess
import sys

import pytest

STEPS = 17


def check(**environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "lastpiece", "demo", "--check"],
        capture_output=True,
        text=True,
        check=False,
        timeout=280,
        env={**os.environ, **environment},
    )


@pytest.mark.slow
def test_the_loop_runs() -> None:
    if not (os.environ.get("LASTPIECE_BROWSER") or shutil.which("chromium") or shutil.which("google-chrome")):
        if os.environ.get("CI"):
            pytest.fail("The check needs a Chromium; install one or name it in LASTPIECE_BROWSER.")
        pytest.skip("No Chromium was found; install one or name it in LASTPIECE_BROWSER.")
    done = check()

    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("✓ ") == STEPS
    assert "The loop runs" in done.stdout


def test_without_a_browser_one_sentence_says_what_to_do() -> None:
    done = check(LASTPIECE_BROWSER="/nowhere/chromium")

    assert done.returncode == 1
    assert "needs a Chromium" in done.stderr
    assert len(done.stderr.splitlines()) == 1
