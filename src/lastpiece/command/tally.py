"""What an import did: counts that every import prints in the same words, for people and for machines."""

from collections import Counter
from dataclasses import dataclass, field

from lastpiece.command.speaking import errors


@dataclass(slots=True)
class Tally:
    """Counts of one import, over all its files.

    Attributes:
        notes: Oddities by name: a count, or counts by kind.
        reject_files: Where the rows lie that were not imported.
    """

    read: int = 0
    added: int = 0
    rejected: int = 0
    already: int = 0
    notes: Counter[str] = field(default_factory=Counter)
    by_kind: dict[str, Counter[str]] = field(default_factory=dict)
    reject_files: list[str] = field(default_factory=list)

    def note(self, name: str, count: int = 1) -> None:
        """Count an oddity."""
        self.notes[name] += count

    def note_kind(self, name: str, kind: str) -> None:
        """Count an oddity of one kind."""
        self.by_kind.setdefault(name, Counter())[kind] += 1

    def answer(self) -> dict[str, object]:
        """Return the JSON object that `--json` prints."""
        notes: dict[str, object] = {name: count for name, count in self.notes.items() if count}
        notes |= {name: dict(counts.most_common()) for name, counts in self.by_kind.items()}
        if self.reject_files:
            notes["reject_files"] = self.reject_files
        return {
            "read": self.read,
            "added": self.added,
            "rejected": self.rejected,
            "already": self.already,
            "notes": notes,
        }

    def speak(self, what: str, words: dict[str, str]) -> None:
        """Tell a person what happened; `words` says each note as the end of a sentence."""
        errors.print(
            f"{self.read:,} rows read: {self.added:,} {what} added, {self.already:,} there already, "
            f"{self.rejected:,} rejected.",
            markup=False,
        )
        for name, count in self.notes.items():
            if count:
                errors.print(f"  {count:,} {words.get(name, name.replace('_', ' '))}", markup=False)
        for path in self.reject_files:
            errors.print(f"  Rejected rows with line and reason: {path}", markup=False)
