"""How MDN's HTTP Observatory would score every kind of answer of the front behind TLS: pages, files, errors, refusals.

Run: `uv run python -m benchmarks.front.headers`. The table is `tests/factories/observatory.py`; below 130 is a
wrong result. The 500 is asked of a law test, which can break a page: `tests/site/front/test_header_scores.py`.
"""

import tempfile
from pathlib import Path

from tests.factories.every_answer import Asked, ask, request, requests
from tests.factories.observatory import score
from tests.factories.proofs import home_with_keys
from tests.factories.servers import running

LEAST = 130
HTTPS = {"LASTPIECE_HTTPS": "true"}


def main() -> None:
    """Ask, score and print; leave with an error when an answer scores below 130."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        whole, empty = home_with_keys(Path(folder) / "whole"), Path(folder) / "empty"
        empty.mkdir()
        for home, questions in ((whole, list(requests())), (empty, [Asked("503, no keys", request("GET", "/tell"))])):
            with running(["front", "serve", "--port", "0"], home, "http://", settings=HTTPS) as (_, line):
                port = int(line.partition("http://")[2].rstrip("/").rpartition(":")[2])
                rows += [(answer, score(answer.headers, answer.body)) for answer in (ask(port, q) for q in questions)]
    for answer, found in rows:
        print(f"{found.total:>4}  {answer.status:>3}  {answer.label}")
    totals = [found.total for _, found in rows]
    print(f"{len(rows)} answers, lowest {min(totals)}, highest {max(totals)} of 145 ({LEAST} asked for)")
    if min(totals) < LEAST:
        raise SystemExit("An answer scores too low.")


if __name__ == "__main__":
    main()
