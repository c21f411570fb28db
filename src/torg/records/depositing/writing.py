"""Write the package of a period, wrap it where wanted, and hold it against every test of the list."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from importlib import metadata
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from torg.noark.checking import package, running
from torg.noark.checking.results import Result
from torg.noark.schemas.store import Store
from torg.noark.writing import deposit, dias
from torg.noark.writing.deposit import schemas
from torg.people.queries import municipality
from torg.records.depositing import agreement
from torg.records.depositing.period import Period
from torg.records.depositing.units import SYSTEM

# Of each test that failed, as many findings as a person reads.
SHOWN = 10


@dataclass(frozen=True, slots=True)
class Made:
    """A package on disk: its counts, digests (SHA-256, hex) and what our own tests found wrong."""

    counts: dict[str, int]
    left_out: int
    listing_sha256: str
    tar_sha256: str
    tests_run: int
    failures: tuple[dict[str, object], ...]


def schema_folder() -> Path:
    """Where `torg noark schemas` has installed the official schemas."""
    return Path(settings.NOARK_SCHEMAS)


def check_schemas() -> None:
    """Raises SchemasMissing, which names the missing schemas and where each is published."""
    schemas.read(schema_folder())


def make(period: Period, into: Path, *, id: UUID, is_packed: bool, at: datetime) -> Made:
    """Write into the folder `into`, which is made. Raises SchemasMissing, Refused, FileDamaged, FileExistsError."""
    official = schemas.read(schema_folder())
    into.mkdir(parents=True, exist_ok=True)
    with _one_moment():
        written = deposit.write(agreement.of_period(period, at=at), into, schemas=official)
        left_out = period.left_out()
    results = running.check(package.opened(written.root), Store.of(schema_folder())).results
    packed = dias.pack(written.root, into, submission=_submission(period), id=id, at=at) if is_packed else None
    return Made(
        counts={
            "case_files": written.case_files,
            "registrations": written.registrations,
            "journal_entries": written.journal_entries,
            "changes": written.changes,
            "files": written.files,
        },
        left_out=left_out,
        listing_sha256=_digest(written.root / "arkivuttrekk.xml"),
        tar_sha256=_digest(packed.tar) if packed else "",
        tests_run=len(results),
        failures=tuple(_failure(result) for result in results if result.passed is False),
    )


@contextmanager
def _one_moment() -> Iterator[None]:
    """Everything is read as it was when the first row was, whatever is journaled meanwhile."""
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        if is_outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _submission(period: Period) -> dias.Submission:
    owner = municipality()
    name = owner.name if owner else SYSTEM
    return dias.Submission(
        label=f"{name}: sosiale medier {period.starts_on}–{period.ends_on}",
        archivist=name,
        submitter=name,
        receiver=settings.DEPOSIT_RECEIVER or name,
        system=SYSTEM,
        system_version=_version(),
        agreement=settings.DEPOSIT_AGREEMENT or "-",
        starts_on=period.starts_on,
        ends_on=period.ends_on,
    )


def _version() -> str:
    try:
        return metadata.version("torg")
    except metadata.PackageNotFoundError:
        return "fra kildekode"


def _failure(result: Result) -> dict[str, object]:
    found = [finding.as_json() for finding in result.findings.shown[:SHOWN]]
    return {"id": result.id, "name": result.name, "findings": found, "number_of_findings": result.findings.number}


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
