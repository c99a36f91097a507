"""A user who may have few processes, and somebody who uses them up: then a fork fails as on a machine that is full."""

import os
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

MOST = 16
"""So many processes may the user have: the front and more children than work at once on two cores."""


def why_not() -> str | None:
    """Return why this machine cannot show it, or None."""
    if os.geteuid() != 0:
        return "Only root can run a front as a user whom the limit of processes binds."
    if shutil.which("setpriv") is None or shutil.which("prlimit") is None:
        return "No setpriv or prlimit here: install the package util-linux."
    return None


@dataclass
class FewProcesses:
    """One user of this machine. The front may read what root may, so that it finds its own program anywhere."""

    uid: int = field(default_factory=lambda: 1_000_000 + os.getpid())
    others: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def program(self, *words: str) -> list[str]:
        """Return the words that run a program as this user, bound by the limit."""
        who = [f"--reuid={self.uid}", f"--regid={self.uid}", "--clear-groups"]
        may = ["--inh-caps=+dac_override", "--ambient-caps=+dac_override"]
        return ["prlimit", f"--nproc={MOST}:{MOST}", "setpriv", *who, *may, *words]

    def own(self, folder: Path) -> None:
        """Give the user a folder and all in it."""
        for path in (folder, *folder.rglob("*")):
            os.chown(path, self.uid, self.uid)

    def use_up(self) -> None:
        """Take every process that the user may have."""
        self.others += [subprocess.Popen(["sleep", "600"], user=self.uid) for _ in range(MOST - len(self.others))]

    def give_back(self) -> None:
        """End those that were taken."""
        for process in self.others:
            process.kill()
        for process in self.others:
            process.wait()
        self.others.clear()
