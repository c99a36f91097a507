"""Street files as data.police.uk publishes them, with invented crimes."""

from collections.abc import Sequence
from pathlib import Path

HEADER = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,"
    "Last outcome category,Context"
)


def crime_row(number: int, kind: str = "Drugs", *, crime_id: str | None = None) -> str:
    """Return a row of May 2025 in one of seven small areas, E00 to E06."""
    name = f"{number:064x}" if crime_id is None else crime_id
    place = f"-0.9{number % 1000:05},52.2,On or near Invented Street,E0{number % 7},Nenbridge 00{number % 7}"
    return f"{name},2025-05,Nenshire Police,Nenshire Police,{place},{kind},,"


def street_file(folder: Path, rows: Sequence[str], name: str = "2025-05-nenshire-street.csv") -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text("\n".join([HEADER, *rows]) + "\n")
    return path
