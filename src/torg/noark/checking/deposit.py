"""A deposit under test: its package, what it states about itself, and what could not be read."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from torg.noark.checking import package, stated
from torg.noark.checking.elements import Element
from torg.noark.checking.package import CHANGES, PUBLIC_JOURNAL, RUNNING_JOURNAL, Package
from torg.noark.checking.reading import Reading, Watcher
from torg.noark.checking.results import Findings
from torg.noark.checking.stated import Stated
from torg.noark.schemas.opening import Unreadable
from torg.noark.schemas.store import Store

STATED = package.STATED


@dataclass(slots=True)
class Journal:
    """A journal's head, and how many entries really stand in it."""

    stated_number: str = ""
    start: str = ""
    end: str = ""
    entries: int = 0

    def take_head(self, head: Element) -> None:
        """The head (journalhode)."""
        self.stated_number = head.text("antallJournalposter")
        self.start, self.end = head.text("journalStartDato"), head.text("journalSluttDato")

    def take_entry(self, _entry: Element) -> None:
        """One entry (journalregistrering)."""
        self.entries += 1


class Identifiers:
    """The systemIDs of the archive, sixteen bytes each when they are UUIDs, whatever the case of the letters."""

    def __init__(self) -> None:
        self.seen: set[bytes] = set()
        self.twice: dict[bytes, int] = {}

    def add(self, system_id: str) -> bool:
        """Take in one; whether it is new."""
        key = compact(system_id)
        if key not in self.seen:
            self.seen.add(key)
            return True
        self.twice[key] = self.twice.get(key, 1) + 1
        return False

    def __contains__(self, system_id: str) -> bool:
        return compact(system_id) in self.seen


class Changes:
    """The log of changes: how many there are, and which of them refer to nothing in the archive.

    It is read after the archive, so that each reference can be judged at once and forgotten.
    """

    def __init__(self, identifiers: Identifiers) -> None:
        self.number = 0
        self.unresolved = Findings()
        self._identifiers = identifiers

    def take(self, change: Element) -> None:
        """One change (endring)."""
        self.number += 1
        reference = change.text("referanseArkivenhet")
        if reference not in self._identifiers:
            text = f"referanseArkivenhet «{reference}» finnes ikke i arkivstrukturen."
            self.unresolved.add(text, file=CHANGES, line=change.line_of("referanseArkivenhet"))


def compact(system_id: str) -> bytes:
    """A systemID as few bytes: a UUID in its usual form as sixteen, all else as it is written."""
    if len(system_id) == 36 and system_id[8::5][:4] == "----":
        with suppress(ValueError):
            key = bytes.fromhex(system_id.replace("-", ""))
            if len(key) == 16:
                return key
    return system_id.encode("utf-8", "surrogatepass")


class Deposit:
    """What the tests share. `problems` tells for each file why it cannot be used."""

    def __init__(self, package: Package, schemas: Store) -> None:
        self.package = package
        self.schemas = schemas
        self.problems: dict[str, str] = {}
        self.stated: Stated | None = self._read_stated()
        self.identifiers = Identifiers()
        self.journals: Mapping[str, Journal] = {
            name: self._read_journal(name) for name in (RUNNING_JOURNAL, PUBLIC_JOURNAL)
        }
        self.changes = Changes(self.identifiers)

    def read_changes(self) -> None:
        """Read the log of changes, when the archive has been read."""
        self.read(CHANGES, Reading({"endring"}, {"endring": [self.changes.take]}))

    def read(self, name: str, reading: Reading) -> None:
        """Read one file; what stands in the way is kept in `problems`."""
        if name not in self.package.files:
            self.problems[name] = f"{name} mangler i pakken."
            return
        try:
            with self.package.open(name) as content:
                reading.read(content)
        except Unreadable as problem:
            self.problems[name] = at_line(name, problem)
        except OSError as error:
            self.problems[name] = f"{name} kan ikke leses: {error.strerror or error}."

    def _read_stated(self) -> Stated | None:
        path = self.package.stated
        if path not in self.package.files:
            self.problems[STATED] = f"{STATED} mangler i pakken."
            return None
        try:
            with self.package.open(path) as content:
                return stated.read(content, self.package.files[path])
        except Unreadable as problem:
            self.problems[STATED] = at_line(path, problem)
        except OSError as error:
            self.problems[STATED] = f"{path} kan ikke leses: {error.strerror or error}."
        return None

    def _read_journal(self, name: str) -> Journal:
        journal = Journal()
        watchers: dict[str, list[Watcher]] = {
            "journalhode": [journal.take_head],
            "journalregistrering": [journal.take_entry],
            # Noark 5 version 3.0 called the entries so.
            "registrering": [journal.take_entry],
        }
        self.read(name, Reading(watchers, watchers))
        return journal


def at_line(name: str, problem: Unreadable) -> str:
    """The problem with the file's name and the line."""
    return f"{name}, linje {problem.line}: {problem.text}" if problem.line else f"{name}: {problem.text}"
