"""Every setting the sites read from the environment, in one place.

`docs/reference/settings.md` lists each of them; a law test compares the two.
"""

from pathlib import Path

import environs
import platformdirs

env = environs.Env()

HOME: Path = Path(env.str("LASTPIECE_HOME", "") or platformdirs.user_data_dir("lastpiece"))
"""Where everything this installation stores lives, unless a setting below says otherwise."""

FRONT_FOLDER: Path = Path(env.str("LASTPIECE_FRONT_FOLDER", "") or HOME / "front")
"""The front host's folder: `spool/`, `board/` and the pinned root public key `root.pub`."""

DESK_FOLDER: Path = Path(env.str("LASTPIECE_DESK_FOLDER", "") or HOME / "desk")
"""The desk host's folder: database, keys, rejects."""

ROOT_FOLDER: Path = Path(env.str("LASTPIECE_ROOT_FOLDER", "") or HOME / "root")
"""The offline root key. In live use this is a removable disk that is in no server."""

SPOOL: Path = Path(env.str("LASTPIECE_SPOOL", "") or FRONT_FOLDER / "spool")
"""Sealed reports: the front writes, the desk takes."""

BOARD: Path = Path(env.str("LASTPIECE_BOARD", "") or FRONT_FOLDER / "board")
"""Signed public files and sealed replies: the desk writes, the front reads."""

PACK: str = env.str("LASTPIECE_PACK", "")
"""A force pack's folder; empty means the invented pack that ships with the product."""

AREAS: str = env.str("LASTPIECE_AREAS", "")
"""A GeoJSON file of small-area polygons for the desk's map; empty means none was imported."""

DATABASE_URL: str = env.str("LASTPIECE_DATABASE_URL", "") or f"sqlite:///{DESK_FOLDER / 'lastpiece.sqlite3'}"
"""The desk's database: SQLite unless a PostgreSQL address is given."""

SECRET_KEY: str = env.str("LASTPIECE_SECRET_KEY", "")
"""Django's signing key for the desk; empty means the one made in the desk folder at first start."""

HOSTS: list[str] = env.list("LASTPIECE_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
"""Host names the sites answer to."""

HTTPS: bool = env.bool("LASTPIECE_HTTPS", default=False)
"""True behind TLS: marks cookies secure and sends HSTS."""

DEMO: bool = env.bool("LASTPIECE_DEMO", default=False)
"""True in the demonstration: both sites say on every page that everything is invented."""

SMALL_COUNT: int = env.int("LASTPIECE_SMALL_COUNT", 5, validate=environs.validate.Range(min=1))
"""The smallest count of people that results may publish; smaller ones are held back. 1 publishes everything."""

MAILBOX_DAYS: int = env.int("LASTPIECE_MAILBOX_DAYS", 180, validate=environs.validate.Range(min=30))
"""Days after the teller last wrote, or the desk last answered, when a mailbox ends; the public pages say so."""

FRONT_PROXY: bool = env.bool("LASTPIECE_FRONT_PROXY", default=False)
"""True when a proxy announces each connection to the front by the PROXY protocol, so that networks can take turns."""

RESERVE_MB: int = env.int("LASTPIECE_RESERVE_MB", 512, validate=environs.validate.Range(min=16))
"""Megabytes of the spool's disk that files may not use: below it photos are refused, and reports are taken."""

ALARM_DISK: int = env.int("LASTPIECE_ALARM_DISK", 85, validate=environs.validate.Range(min=1, max=100))
"""Per cent of a disk in use, the spool's or the desk's, from which somebody is paged."""

ALARM_SHARE: int = env.int("LASTPIECE_ALARM_SHARE", 20, validate=environs.validate.Range(min=1, max=100))
"""Per cent of the spool's disk that what waits, what is held or what was set aside may each take before that."""

ALARM_FILES: int = env.int("LASTPIECE_ALARM_FILES", 5000, validate=environs.validate.Range(min=1))
"""How many sealed files may wait, be held or be set aside, each, before somebody is paged."""

UNNAMED_MB: int = env.int("LASTPIECE_UNNAMED_MB", 4096, validate=environs.validate.Range(min=64))
"""Megabytes of parts of files that the desk keeps while no report names them; the oldest go first."""

QUARANTINE_DAYS: int = env.int("LASTPIECE_QUARANTINE_DAYS", 90, validate=environs.validate.Range(min=0))
"""Days after which a sealed file that could not be opened is deleted from the quarantine; 0 keeps it for ever."""

RUBBISH_SHARE: int = env.int("LASTPIECE_RUBBISH_SHARE", 10, validate=environs.validate.Range(min=1, max=100))
"""Per cent of the spool's disk that sealed files which can never be opened may take; beyond it the oldest go."""

EVIDENCE_DAYS: int = env.int("LASTPIECE_EVIDENCE_DAYS", 30, validate=environs.validate.Range(min=1))
"""Days after “I have it” in which a safeguarding lead may take out the files of that report."""

PAGER_COMMAND: str = env.str("LASTPIECE_PAGER_COMMAND", "")
"""A command that reaches the person on duty; it gets the alert's number and kind in its environment, never a text."""

PAGER_SMTP: str = env.str("LASTPIECE_PAGER_SMTP", "")
"""A mail server for pages, `smtp://name:password@host:587` (STARTTLS) or `smtps://…`; empty means no e-mail."""

PAGER_FROM: str = env.str("LASTPIECE_PAGER_FROM", "")
"""The address that pages by e-mail come from; empty means `lastpiece@` and the mail server's name."""

PAGER_AGAIN_S: int = env.int("LASTPIECE_PAGER_AGAIN_S", 120, validate=environs.validate.Range(min=5, max=900))
"""Seconds after which an alert that nobody has is paged again, and to the next person on duty as well."""
