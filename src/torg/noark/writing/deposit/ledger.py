"""What must be known of the whole while it is written in pieces: which ids there are, and the journal in its order."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self
from uuid import UUID

from torg.noark.writing.tree import Refused

TABLES = """
    PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
    CREATE TABLE unit (id BLOB PRIMARY KEY) WITHOUT ROWID;
    CREATE TABLE wanted (id BLOB PRIMARY KEY) WITHOUT ROWID;
    CREATE TABLE entry (year INTEGER, number INTEGER, running BLOB, public BLOB, PRIMARY KEY (year, number));
    BEGIN;
"""


class Ledger:
    """Kept in a temporary file, so that memory does not grow with the archive."""

    def __init__(self, folder: Path) -> None:
        self._file = sqlite3.connect(folder / "ledger.sqlite", isolation_level=None)
        self._file.executescript(TABLES)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._file.close()

    def note(self, unit: UUID) -> None:
        """This id is now taken. Raises Refused when it was already (krav 6.4.26, N5.47)."""
        try:
            self._file.execute("INSERT INTO unit VALUES (?)", (unit.bytes,))
        except sqlite3.IntegrityError as twice:
            raise Refused(f"the systemID {unit} is used twice") from twice

    def has(self, unit: UUID) -> bool:
        """Whether a unit with this id is in the deposit."""
        return self._file.execute("SELECT 1 FROM unit WHERE id = ?", (unit.bytes,)).fetchone() is not None

    def want(self, unit: UUID | None) -> None:
        """Something refers to this id, which must be here when all is written; None is no reference."""
        if unit is not None:
            self._file.execute("INSERT OR IGNORE INTO wanted VALUES (?)", (unit.bytes,))

    def require_wanted(self) -> None:
        """Raises Refused when something refers to a series or a class that is not in the deposit (N5.48, N5.51)."""
        missing = self._file.execute("SELECT id FROM wanted EXCEPT SELECT id FROM unit").fetchone()
        if missing:
            raise Refused(f"something refers to {UUID(bytes=missing[0])}, which is not in the deposit")

    def journal(self, year: int, number: int, *, running: bytes, public: bytes) -> None:
        """Keep an entry for both journals. Raises Refused when its number is taken: numbers are never used again."""
        try:
            self._file.execute("INSERT INTO entry VALUES (?, ?, ?, ?)", (year, number, running, public))
        except sqlite3.IntegrityError as twice:
            raise Refused(f"the journal number {year}/{number} is used twice") from twice

    def running(self) -> Iterator[bytes]:
        """The entries of the running journal, by number (krav 6.4.30)."""
        for (entry,) in self._file.execute("SELECT running FROM entry ORDER BY year, number"):
            yield entry

    def public(self) -> Iterator[bytes]:
        """The entries of the public journal, by number (krav 6.4.30)."""
        for (entry,) in self._file.execute("SELECT public FROM entry ORDER BY year, number"):
            yield entry
