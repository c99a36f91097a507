"""How hard each public page is to read, in every state: a table, and an error when one is above its limit.

Run: `uv run python -m benchmarks.front.readability`. Grades are of the United States' school years; a grade below 5
is a reading age of 9. `tests/factories/readability.py` says how they are worked out and what counts as easy.
"""

import logging
import os
import tempfile
from pathlib import Path


def main() -> None:
    """Draw every page, measure it, and print the table."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "lastpiece.site.settings.front"
    import django  # noqa: PLC0415 - settings must be named first

    django.setup()
    logging.disable(logging.CRITICAL)  # error pages are drawn on purpose
    from tests.factories.public_pages import frame, limits_of, public_pages  # noqa: PLC0415 - needs Django
    from tests.factories.readability import SITE_SMOG, Blocks, measure, too_hard  # noqa: PLC0415 - needs Django
    from tests.factories.sealed_front import make_desk  # noqa: PLC0415 - needs Django

    from lastpiece.site.settings import env  # noqa: PLC0415 - needs Django

    with tempfile.TemporaryDirectory() as folder:
        front = Path(folder) / "front"
        env.FRONT_FOLDER, env.SPOOL, env.BOARD = front, front / "spool", front / "board"
        pages = list(public_pages(make_desk(Path(folder))))
    texts = {name: Blocks(page, "main").found for name, page in pages}
    texts["what stands around every page"] = Blocks(frame(dict(pages)["home"])).found
    faults = []
    print(f"{'page':38}{'words':>6}{'Flesch–Kincaid':>16}{'Coleman–Liau':>14}{'SMOG':>7}{'longest':>9}")
    for name, blocks in texts.items():
        page = measure(blocks)
        grades = f"{page.flesch_kincaid:>16.1f}{page.coleman_liau:>14.1f}{page.smog:>7.1f}{page.longest_words:>9}"
        print(f"{name:38}{page.words:>6}{grades}")
        faults += [f"{name}: {fault}" for fault in too_hard(blocks, limits_of(name))]
    whole = measure([block for blocks in texts.values() for block in blocks])
    print(
        f"All as one text: Flesch–Kincaid {whole.flesch_kincaid:.1f}, Coleman–Liau {whole.coleman_liau:.1f}, "
        f"SMOG {whole.smog:.1f} (limit {SITE_SMOG})."
    )
    if faults or whole.smog > SITE_SMOG:
        raise SystemExit("Too hard to read:\n" + "\n".join(faults))


if __name__ == "__main__":
    main()
