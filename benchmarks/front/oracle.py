"""Does the front answer otherwise to right words, words without mail, or wrong words? Same bytes, same times.

Run: `uv run python -m benchmarks.front.oracle [--n N] [--askers A]`. Over HTTP, N answers of each kind, mixed by
chance; the times of each two kinds by the Mann-Whitney test, with the p multiplied by three as three pairs are tried.
Chance alone fails one such run in twenty, so a run that fails is done once more with other visitors, and both must
fail. For a control the same test must notice words with mail that are answered 50 ms later.
"""

import argparse
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from tests.factories.oracle import ALPHA, KINDS, Times, Visitors, Words, measured, over_http, visitors
from tests.factories.proofs import free_port, home_with_keys
from tests.factories.servers import running

from lastpiece.tell.board import post
from lastpiece.tell.opening import Keyring

EACH = 100
CONTROL = 300
LATER_S = 0.05


def main() -> None:
    """Post mail, ask, test and print; leave with an error when kinds can be told apart, or the control is missed."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--n", type=int, default=1_500)
    asked.add_argument("--askers", type=int, default=2)
    options = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = home_with_keys(Path(folder))
        port = free_port()
        with running(["front", "serve", "--port", str(port)], home, "http://"):
            first = _once(home, port, options.n, askers=options.askers, seed=0)
            again = first.separable and _once(home, port, options.n, askers=options.askers, seed=1).separable
            noticed = _control(home, port)
    print(f"control: mail answered {LATER_S * 1000:.0f} ms later is {'noticed' if noticed else 'NOT noticed'}")
    if again or not noticed:
        raise SystemExit("The mailbox tells right words from wrong ones, or mail from none; or the control was missed.")


def _once(home: Path, port: int, n: int, *, askers: int, seed: int) -> Times:
    who = _posted(home, seed=seed)
    began = time.perf_counter()
    times = measured(who, over_http("127.0.0.1", port), n, askers=askers)
    print(f"{n} answers of each kind in {time.perf_counter() - began:.0f} s, {len(times.outsides)} outside(s)")
    for kind in KINDS:
        print(f"  {kind:12} median {times.median_ms(kind):7.2f} ms")
    for (one, other), p in times.p_values().items():
        print(f"  {one} / {other}: p = {p:.3f} {'(told apart)' if p < ALPHA else ''}")
    return times


def _control(home: Path, port: int) -> bool:
    who = _posted(home, seed=2)
    ask, with_mail = over_http("127.0.0.1", port), set(who.words["mail"])

    def slower(words: Words) -> object:
        if words in with_mail:
            time.sleep(LATER_S)
        return ask(words)

    return measured(who, slower, CONTROL).separable


def _posted(home: Path, *, seed: int) -> Visitors:
    """Put the mail of new visitors on the board."""
    now, keyring = datetime.now(UTC), Keyring(home / "desk" / "keys")
    who = visitors(EACH, now.date(), seed=seed)
    copy, board = home / "desk" / "board", home / "front" / "board"
    post(copy, board, who.mail, keyring.signer(), root_public=keyring.root_public(), on=now.date(), now=now)
    return who


if __name__ == "__main__":
    main()
