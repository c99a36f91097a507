"""Notice that two texts say nearly the same, without keeping either: each leaves a sketch under the desk's key.

A text's letters and digits, without spaces, capitals and accents, are cut into overlapping runs of four; each run is
hashed under a key; of the whole set only 96 minima are kept (MinHash: Broder 1997; banding: Leskovec, Rajaraman and
Ullman, *Mining of Massive Datasets*, chapter 3). The share of minima that two sketches have in common estimates how
much of their runs the texts share. Without the key a sketch says nothing of a text, not even whether a guess is right.

It only proposes what to look at together: a person decides, and nothing is joined, counted or thrown away by it.
"""

import hashlib
import hmac
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from lastpiece.values.writing import plain

RUN = 4
MINIMA = 96
ROWS = 3
"""Minima a band: two texts that share 60 % of their runs meet in one of the 32 bands with a chance of 99.96 %."""
BANDS = MINIMA // ROWS
ALIKE = 0.5
"""Share of common minima from which two texts are shown together."""
LONGEST = 20_000
"""Letters of a text that are looked at; the rest adds nothing to a likeness that long."""
_KEY_BYTES = 32
_AT_ONCE = 1024


class SketchDamaged(ValueError):
    """The stored bytes are no sketch."""

    def __init__(self) -> None:
        super().__init__("A stored sketch is damaged; the report stands alone until it is sketched again.")


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is kept of a text: 96 minima of 32 bits."""

    minima: NDArray[np.uint32] = field(repr=False)

    def encode(self) -> bytes:
        """Return the sketch as 384 bytes, big-endian."""
        return self.minima.astype(">u4").tobytes()

    @classmethod
    def decode(cls, stored: bytes) -> "Sketch":
        """Read what `encode` wrote.

        Raises:
            SketchDamaged: it is not 384 bytes.
        """
        if len(stored) != MINIMA * 4:
            raise SketchDamaged
        return cls(np.frombuffer(stored, dtype=">u4").astype(np.uint32))

    def bands(self) -> tuple[str, ...]:
        """Return the 32 names under which a look-alike is looked up, 24 characters each."""
        rows = self.minima.reshape(BANDS, ROWS)
        return tuple(
            hashlib.blake2b(row.astype(">u4").tobytes(), digest_size=11, salt=bytes([band])).hexdigest() + f"{band:02x}"
            for band, row in enumerate(rows)
        )

    def likeness(self, other: "Sketch") -> float:
        """Return the share of common minima, 0 to 1: mostly within 0.1 of the share of common runs."""
        return float(np.mean(self.minima == other.minima))


@dataclass(frozen=True, slots=True)
class Sketcher:
    """Makes sketches under one key; those of another key are like none of these."""

    key: bytes = field(repr=False)
    _factors: NDArray[np.uint64] = field(init=False, repr=False)
    _offsets: NDArray[np.uint64] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        if len(self.key) != _KEY_BYTES:
            raise ValueError(f"The key of sketches has {_KEY_BYTES} bytes.")
        object.__setattr__(self, "_factors", self._stream(b"factors") | np.uint64(1))
        object.__setattr__(self, "_offsets", self._stream(b"offsets"))

    def sketch(self, text: str) -> Sketch | None:
        """Return the sketch of a text; None for one without four letters or digits, which is like nothing."""
        letters = "".join(character for character in plain(text[:LONGEST]) if character.isalnum())
        runs = {letters[start : start + RUN] for start in range(len(letters) - RUN + 1)}
        if not runs:
            return None
        hashed = np.fromiter((self._hash(run) for run in runs), dtype=np.uint64, count=len(runs))
        minima = np.full(MINIMA, np.iinfo(np.uint32).max, dtype=np.uint32)
        for start in range(0, len(hashed), _AT_ONCE):  # the whole table of a long text would be many megabytes
            mixed = hashed[start : start + _AT_ONCE] * self._factors[:, None] + self._offsets[:, None]  # modulo 2**64
            minima = np.minimum(minima, (mixed >> np.uint64(32)).min(axis=1).astype(np.uint32))
        return Sketch(minima)

    def _hash(self, run: str) -> int:
        return int.from_bytes(hashlib.blake2b(run.encode(), digest_size=8, key=self.key).digest())

    def _stream(self, purpose: bytes) -> NDArray[np.uint64]:
        blocks = b"".join(
            hmac.digest(self.key, purpose + bytes([block]), "sha256") for block in range(MINIMA * 8 // 32)
        )
        return np.frombuffer(blocks, dtype=np.uint64).copy()
