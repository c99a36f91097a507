"""A thousand reports through the public door by eight people at once, without JavaScript: none lost, none twice.

Run: `uv run python -m benchmarks.front.tell_thousand [--reports N] [--tellers N] [--send-only]`. Each person walks
through all the form's pages (12 requests a report); with `--send-only` each asks for the form and sends it filled in.
The desk's own collector then takes the reports in.
"""

import argparse
import tempfile
import time
from pathlib import Path

from tests.factories.proofs import collected, home_with_keys, nonces_in_spool
from tests.factories.servers import running
from tests.factories.tellers import invented_report, percentile, tell_all


def main() -> None:
    """Tell, collect, count, and print the figures; leave with an error when one report is missing or doubled."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--reports", type=int, default=1_000)
    asked.add_argument("--tellers", type=int, default=8)
    asked.add_argument("--send-only", action="store_true")
    options = asked.parse_args()
    reports = [invented_report(number) for number in range(options.reports)]
    with tempfile.TemporaryDirectory() as folder:
        home = home_with_keys(Path(folder))
        with running(["front", "serve", "--port", "0"], home, "http://") as (_, line):
            address = "http://" + line.partition("http://")[2].rstrip("/")
            began = time.perf_counter()
            told = tell_all(address, reports, tellers=options.tellers, page_by_page=not options.send_only)
            seconds = time.perf_counter() - began
        lost = sum(one.nonce not in nonces for one in told) if (nonces := nonces_in_spool(home)) else len(told)
        began = time.perf_counter()
        counts = collected(home)
        collecting = time.perf_counter() - began
    requests = sum(one.requests for one in told)
    sends = [one.send_s for one in told]
    print(f"{len(told)} acknowledged of {len(reports)}, {lost} lost; collected {counts} in {collecting:.1f} s")
    print(f"{len(told) / seconds:.1f} reports/s, {requests / seconds:.1f} requests/s, {options.tellers} tellers")
    print(f"Send: p50 {percentile(sends, 0.5) * 1000:.0f} ms, p99 {percentile(sends, 0.99) * 1000:.0f} ms")
    wholes = [one.whole_s for one in told]
    print(f"Whole form: p50 {percentile(wholes, 0.5):.2f} s, p99 {percentile(wholes, 0.99):.2f} s")
    if lost or len(told) != len(reports) or counts["added"] != len(reports):
        raise SystemExit("A report is missing or doubled.")


if __name__ == "__main__":
    main()
