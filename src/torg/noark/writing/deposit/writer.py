"""The package is written in one pass, beside its place, and moved there whole."""

import hashlib
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import BinaryIO

from torg.noark.objects import DocumentObject, Registration
from torg.noark.writing import own
from torg.noark.writing.deposit import changes, journals
from torg.noark.writing.deposit.agreement import Agreement, Separation
from torg.noark.writing.deposit.documents import files_of, path_of
from torg.noark.writing.deposit.ledger import Ledger
from torg.noark.writing.deposit.manifest import Part, manifest
from torg.noark.writing.deposit.structure import Structure
from torg.noark.writing.deposit.tally import Tally
from torg.noark.writing.tree import Refused

ROOT = "avleveringspakke"
CHUNK = 1 << 20


@dataclass(frozen=True)
class Written:
    """A finished package: where it is, and what arkivuttrekk.xml says of it."""

    root: Path
    case_files: int
    registrations: int
    journal_entries: int
    changes: int
    files: int


def write(agreement: Agreement, into: Path, *, schemas: Mapping[str, bytes]) -> Written:
    """Write the package as `into`/avleveringspakke, the name that the standard gives it (krav 6.4.15).

    `schemas` are the official ones by name, from `schemas.read`. The same input gives the same bytes. Memory does not
    grow with the number of registrations. Raises Refused for what the standard does not allow, and leaves nothing
    then; FileExistsError when there is a package already.
    """
    root = into / ROOT
    if root.exists():
        raise FileExistsError(f"{root} is there already")
    with (
        tempfile.TemporaryDirectory(dir=into, prefix=".deposit-", ignore_cleanup_errors=True) as beside,
        Ledger(Path(beside)) as ledger,
    ):
        building = Path(beside) / ROOT
        building.mkdir()
        tally = Package(agreement, building, ledger).write(schemas)
        building.rename(root)
    return Written(
        root=root,
        case_files=tally.case_files,
        registrations=tally.registrations,
        journal_entries=tally.journal_entries,
        changes=tally.changes,
        files=tally.files,
    )


class Package:
    """The files of a package in their order: the structure with its documents first, since the others tell of it."""

    def __init__(self, agreement: Agreement, folder: Path, ledger: Ledger) -> None:
        self._agreement = agreement
        self._folder = folder
        self._ledger = ledger
        self._checksums: dict[str, str] = {}
        self._parts: list[Part] = []

    def write(self, schemas: Mapping[str, bytes]) -> Tally:
        """All of them."""
        structure = Structure(self._agreement, self._ledger, self._copy_documents)
        tally = structure.tally
        self._add("arkivstruktur", structure.write)
        self._part("arkivstruktur", mappe=tally.case_files, registrering=tally.registrations)
        self._add_changes(tally)
        self._add_journals(tally)
        for name, content in {**schemas, own.SCHEMA.name: own.SCHEMA.read_bytes()}.items():
            (self._folder / name).write_bytes(content)
            self._checksums[name] = hashlib.sha256(content).hexdigest()
        listing = manifest(self._agreement, tally, tuple(self._parts), self._checksums)
        (self._folder / "arkivuttrekk.xml").write_bytes(listing)
        return tally

    def _add_changes(self, tally: Tally) -> None:
        """The log of changes; without any there is no file, since the schema demands one change."""

        def write(out: BinaryIO) -> None:
            tally.changes = changes.write(out, self._agreement.changes, self._ledger)

        self._add("endringslogg", write)
        if tally.changes:
            self._part("endringslogg", endring=tally.changes)
        else:
            (self._folder / "endringslogg.xml").unlink()

    def _add_journals(self, tally: Tally) -> None:
        """Both journals; without a journal entry there is none, since their schemas demand one."""
        if not tally.journal_entries:
            return
        starts_on, ends_on = journal_period(self._agreement, tally)
        head = journals.head(
            self._agreement.fonds.creators, starts_on=starts_on, ends_on=ends_on, count=tally.journal_entries
        )
        for name, entries in (("loependeJournal", self._ledger.running), ("offentligJournal", self._ledger.public)):
            self._add(name, partial(journals.write, name=name, entries=entries(), head=head))
            self._part(name, journalregistrering=tally.journal_entries)

    def _add(self, name: str, write: Callable[[BinaryIO], object]) -> None:
        path = self._folder / f"{name}.xml"
        with path.open("wb") as out:
            write(out)
        with path.open("rb") as written:
            self._checksums[path.name] = hashlib.file_digest(written, "sha256").hexdigest()

    def _part(self, name: str, **counts: int) -> None:
        extra = (own.SCHEMA.name,) if name == "arkivstruktur" else ()
        self._parts.append(Part(name=name, main_schemas=(f"{name}.xsd", *extra), counts=counts))

    def _copy_documents(self, registration: Registration) -> int:
        files = [file for document in registration.documents for file in files_of(document)]
        for file in files:
            path = self._folder / path_of(file)
            path.parent.mkdir(parents=True, exist_ok=True)
            with self._agreement.open_file(file) as source, path.open("xb") as out:
                copy_checked(source, out, file)
        return len(files)


def copy_checked(source: BinaryIO, out: BinaryIO, file: DocumentObject) -> None:
    """Copy the bytes. Raises Refused when they are not those that the metadata tells of."""
    digest, size = hashlib.sha256(), 0
    while chunk := source.read(CHUNK):
        digest.update(chunk)
        size += len(chunk)
        out.write(chunk)
    if (digest.hexdigest(), size) != (file.sha256, file.size):
        raise Refused(f"the file of document object {file.id} is not the one that was archived: its checksum differs")


def journal_period(agreement: Agreement, tally: Tally) -> tuple[date, date]:
    """The days that the journals say they span.

    It is the period, but where both ends were cut sharply the receiver's test compares with the first and the last
    registration (N5.60).
    """
    separations = {agreement.separation_before, agreement.separation_after}
    if separations == {Separation.SHARP} and tally.first_on and tally.last_on:
        return tally.first_on, tally.last_on
    return agreement.starts_on, agreement.ends_on
