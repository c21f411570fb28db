"""Which formats the archive takes, and when: facts of the regulation, kept as data with dates."""

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

PLACE = Path(__file__).with_name("archive_formats.json")


@dataclass(frozen=True, slots=True)
class ArchiveFormat:
    """A format of the list (arkivformat), by PRONOM's identifier; without dates it is taken at any time.

    `beside` is what must accompany it, so that it is none alone.
    """

    puid: str
    name: str
    starts_on: date | None
    ends_on: date | None
    remark: str
    beside: str


def is_archive_format(puid: str | None, *, on: date) -> bool:
    """Whether the archive takes a file of this format, by itself, on that day."""
    found = _formats().get(puid or "")
    return found is not None and not found.beside and (found.starts_on or on) <= on <= (found.ends_on or on)


@cache
def _formats() -> dict[str, ArchiveFormat]:
    listed = json.loads(PLACE.read_text())["formats"]
    return {row["puid"]: _read(row) for row in listed}


def _read(row: dict[str, str]) -> ArchiveFormat:
    starts_on, ends_on = (date.fromisoformat(row[key]) if key in row else None for key in ("from", "until"))
    return ArchiveFormat(row["puid"], row["name"], starts_on, ends_on, row.get("remark", ""), row.get("beside", ""))
