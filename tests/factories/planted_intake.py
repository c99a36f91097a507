"""A desk with three members of staff whose codes are known, and reports sealed in its spool."""

import json
from datetime import UTC, datetime, timedelta

from lastpiece.site.desk.records.actions.auditing import Actor
from lastpiece.site.desk.records.actions.staffing import add_staff
from lastpiece.site.desk.records.models import Role
from lastpiece.site.settings import env
from lastpiece.tell.mailbox import open_mailbox
from lastpiece.tell.opening import Keyring
from lastpiece.tell.report import Report
from lastpiece.tell.sealing import seal
from lastpiece.tell.spool import Spool
from lastpiece.tell.words import words_from

PASSWORD = "invented staple battery"
SECRETS = {"ann": "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", "pat": "KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU"}
ROLES = {"ann": Role.INTAKE_ASSESSOR, "pat": Role.PUBLISHER, "new": Role.ANALYST}
TOLD = (
    {
        "what": "My sister's boyfriend Lil T is selling heroin and crack out of the flat upstairs from me. "
        "Most nights about 9pm a grey Golf, KQ19 KXD, pulls up and a boy about 14 takes a bag in. "
        "He uses 07700 900123 for the orders.",
        "where": "14 Quill Street, Nenbridge",
        "when": "Last Friday was the busiest, I was on my late shift break.",
        "how": "I saw it from my kitchen window.",
    },
    {"what": "He told me he is going to stab Dizzy tonight outside the Kings Arms. He has a zombie knife."},
    {"what": "Weed smell from the garages behind Fletton Way, a white van comes on Tuesdays, ZZ20 A something."},
)


def plant() -> str:
    """Add the staff, seal the reports into the spool, and return the sign-ins as JSON."""
    now = datetime.now(UTC)  # noqa: TID251 - the demonstration happens now
    for username, role in ROLES.items():
        add_staff(
            Actor.job("planting"),
            username=username,
            name=f"{username.title()} Example",
            email=f"{username}@nenshire.example",
            role=role,
            password=PASSWORD,
            totp_secret=SECRETS.get(username),
            own_password=username in SECRETS,
            now=now,
        )
    keyring, spool = Keyring(env.DESK_FOLDER / "keys"), Spool(env.SPOOL)
    certificate = keyring.epochs()[0].certificate
    for number, answers in enumerate(TOLD):
        seed = bytes([number + 1]) * 32
        report = Report(
            nonce=seed,
            kind="report",
            channel="online",
            form_version="1",
            answers=answers,
            mailbox=open_mailbox(words_from(seed)).address,
            told_on=(now - timedelta(days=4 - number)).date(),
        )
        spool.put(seal(report.encode(), certificate, site=certificate.site))
    return json.dumps({"password": PASSWORD, "secrets": SECRETS})
