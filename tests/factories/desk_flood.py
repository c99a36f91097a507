"""A flood of copies of one true report among others, sealed in the spool of a desk.

The true report is one of the flood but for its house number. The copies are of two kinds: most change the number, the
rest say word for word what the first copy says.
"""

import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from tests.factories.marked_tips import tips

from lastpiece.tell.mailbox import open_mailbox
from lastpiece.tell.opening import Keyring
from lastpiece.tell.report import Report
from lastpiece.tell.sealing import seal
from lastpiece.tell.spool import Spool
from lastpiece.tell.words import words_from

TEXTS = {
    "threat": "He told me he is going to stab Dizzy by the chip shop on Mill Road when he comes out, house number {}.",
    "plain": "A grey Golf brings packets to the flat above the chip shop on Mill Road most evenings, house number {}.",
}
TRUE_NUMBER = 14
SAME_NUMBER = 1000
OTHERS = 50


def put_flood(home: Path, kind: str, copies: int) -> None:
    """Seal the flood, the true report in its middle, and the others, and leave them in the spool of `home`."""
    numbers = [SAME_NUMBER if place % 5 == 0 else SAME_NUMBER + place for place in range(copies)]
    numbers.insert(copies // 2, TRUE_NUMBER)
    texts = [TEXTS[kind].format(number) for number in numbers]
    texts += [tip.text for tip in (*tips("seen"), *tips("held_out"))[:OTHERS]]
    rng = random.Random(7)
    order = list(range(len(texts)))
    rng.shuffle(order)
    certificate, spool = Keyring(home / "desk" / "keys").epochs()[0].certificate, Spool(home / "front" / "spool")
    today = datetime.now(UTC).date()  # noqa: TID251 - they are told now
    for place in order:
        told = _told(place, texts[place], today)
        spool.put(seal(told.encode(), certificate, site=certificate.site))


def _told(place: int, text: str, today: date) -> Report:
    seed = (place + 1).to_bytes(32, "big")
    box = open_mailbox(words_from(seed)).address if place % 500 == 0 else None  # a mailbox costs the teller 0.1 s
    return Report(seed, "report", "online", "tell-2", {"what": text}, box, today - timedelta(days=1))
