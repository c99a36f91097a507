"""A crime as the police publish it: a month, a type, a snapped point, a small area.

Source: street-level crime files of data.police.uk (Open Government Licence v3). Anti-social behaviour has no
Crime ID, and one Crime ID may stand in several rows, so a row is identified by what it says and by how many
rows of the same file said the same before it.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

COLUMNS = (
    "Crime ID",
    "Month",
    "Reported by",
    "Falls within",
    "Longitude",
    "Latitude",
    "Location",
    "LSOA code",
    "LSOA name",
    "Crime type",
    "Last outcome category",
    "Context",
)
NEEDED = tuple(column for column in COLUMNS if column not in ("Falls within", "Context"))
ID_CHARACTERS = 64
IDENTITY_BYTES = 16


class CrimeWrong(ValueError):
    """A row is not a crime of a street file; the sentence says which column and why."""


@dataclass(frozen=True, slots=True)
class PublishedCrime:
    """One row. `month` is its first day; `longitude` and `latitude` are WGS 84 degrees, None without a place."""

    crime_id: str
    month: date
    force: str
    longitude: float | None
    latitude: float | None
    location: str
    area_code: str
    area_name: str
    crime_type: str
    outcome: str

    @property
    def content(self) -> bytes:
        """Return a digest of what the row says and will go on saying: all but its outcome and its area's code."""
        parts = (
            self.crime_id,
            self.month.isoformat(),
            self.force,
            "" if self.longitude is None else f"{self.longitude:.6f}",
            "" if self.latitude is None else f"{self.latitude:.6f}",
            self.location,
            self.crime_type,
        )
        return hashlib.blake2b("\x1f".join(parts).encode(), digest_size=IDENTITY_BYTES).digest()

    def identity(self, occurrence: int) -> bytes:
        """Return the row's identity: `occurrence` counts from 1 the rows of one file with the same content."""
        counted = self.content + occurrence.to_bytes(8, "big")
        return hashlib.blake2b(counted, digest_size=IDENTITY_BYTES).digest()


def parse(row: Mapping[str, str]) -> PublishedCrime:
    """Read one row of a street file.

    Raises:
        CrimeWrong: a column holds something that a street file never does.
    """
    longitude, latitude = _degrees(row, "Longitude", 180), _degrees(row, "Latitude", 90)
    if (longitude is None) != (latitude is None):
        raise CrimeWrong("Only one of Longitude and Latitude is given.")
    return PublishedCrime(
        crime_id=_text(row, "Crime ID", ID_CHARACTERS),
        month=_month(row["Month"]),
        force=_text(row, "Reported by", 80),
        longitude=longitude,
        latitude=latitude,
        location=_text(row, "Location", 160),
        area_code=_text(row, "LSOA code", 20),
        area_name=_text(row, "LSOA name", 120),
        crime_type=_text(row, "Crime type", 60, needed=True),
        outcome=_text(row, "Last outcome category", 120),
    )


def _text(row: Mapping[str, str], column: str, longest: int, *, needed: bool = False) -> str:
    text = row[column].strip()
    if len(text) > longest:
        raise CrimeWrong(f"The {column} is longer than {longest} characters.")
    if needed and not text:
        raise CrimeWrong(f"The {column} is empty.")
    return text


def _month(text: str) -> date:
    try:
        return date.fromisoformat(f"{text.strip()}-01")
    except ValueError as error:
        raise CrimeWrong("The Month is not written YYYY-MM.") from error


def _degrees(row: Mapping[str, str], column: str, most: int) -> float | None:
    text = row[column].strip()
    if not text:
        return None
    try:
        degrees = float(text)
    except ValueError as error:
        raise CrimeWrong(f"The {column} is not a number.") from error
    if not -most <= degrees <= most:
        raise CrimeWrong(f"The {column} is not between -{most} and {most}.")
    return degrees
