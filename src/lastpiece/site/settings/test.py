"""Settings for the desk's tests: quick hashing, a throw-away database, the same rules as the desk's own."""

import os
import tempfile
from pathlib import Path

from lastpiece.site.settings.desk import *  # noqa: F403 - settings modules are made by adding to each other
from lastpiece.site.settings.desk import DATABASES

SECRET_KEY = "a key for tests only, which signs nothing real"  # noqa: S105 - not a secret
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

if "sqlite" in DATABASES["default"]["ENGINE"]:
    # A file, because threads must share it; on a memory disk where there is one, because nothing here must last.
    folder = Path("/dev/shm") if Path("/dev/shm").is_dir() else Path(tempfile.gettempdir())  # noqa: S108 - name below is unique
    DATABASES["default"]["TEST"] = {"NAME": str(folder / f"lastpiece-test-{os.getpid()}.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA foreign_keys=ON;"
    )
