"""Look after the folder: hash files again, and clear away what no row wants."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import structlog
from django.db import transaction

from torg.audit import commands as audit
from torg.core.actors import Rule
from torg.files import disk, events
from torg.files.models import FileState, StoredFile

KEEPER = Rule("files.upkeep", "1")
# A stray younger than this may belong to a transaction that is still open.
STRAY_AFTER = timedelta(days=1)
EVENT_OF = {
    FileState.DAMAGED: events.DAMAGED,
    FileState.MISSING: events.MISSING,
    FileState.WHOLE: events.MENDED,
}
log = structlog.get_logger(__name__)


def verify_slice(*, at: datetime, files: int = 200, megabytes: int = 500) -> int:
    """Hash the files again that were verified longest ago; returns how many were not in order.

    Args:
        at: now.
        files: at most so many.
        megabytes: and no new one after so much has been read.
    """
    wrong = read = 0
    kept = StoredFile.objects.exclude(state=FileState.REMOVED).filter(verified_at__lt=at)
    for sha256, size in kept.order_by("verified_at").values_list("sha256", "size")[:files]:
        wrong += _verify(sha256, at=at) != FileState.WHOLE
        read += size
        if read >= megabytes * 1_000_000:
            break
    return wrong


def verify_all(*, at: datetime) -> Iterator[tuple[str, FileState]]:
    """Hash every file again, those that were verified longest ago first; gives each hash with what was found."""
    kept = StoredFile.objects.exclude(state=FileState.REMOVED).order_by("verified_at")
    for sha256 in list(kept.values_list("sha256", flat=True)):
        yield sha256, _verify(sha256, at=at)


def sweep(*, at: datetime) -> int:
    """Delete from disk what was removed, and strays that no row ever came to want; returns how many.

    The bytes of a removed file go here and not with the removal, which a failing transaction could undo.
    """
    return sum(_sweep_one(path, at) for path in list(disk.everything()))


def _verify(sha256: str, *, at: datetime) -> FileState:
    # Read before the transaction: a film takes seconds, and nobody should wait for it.
    found = _found(sha256)
    _note(sha256, found, at=at)
    return found


def _found(sha256: str) -> FileState:
    try:
        return FileState.WHOLE if disk.digest(disk.place_of(sha256)) == sha256 else FileState.DAMAGED
    except FileNotFoundError:
        return FileState.MISSING
    except OSError:
        # The disk cannot read it: as good as damaged.
        return FileState.DAMAGED


@transaction.atomic
def _note(sha256: str, found: FileState, *, at: datetime) -> None:
    file = StoredFile.objects.select_for_update().get(sha256=sha256)
    if file.state == FileState.REMOVED:
        return
    if file.state != found:
        file.state = found
        audit.record(EVENT_OF[found], actor=KEEPER, scope=None, target=file, at=at)
        log.warning("files.state_found", file=sha256, state=found)
    file.verified_at = at
    file.save(update_fields=["state", "verified_at"])


@transaction.atomic
def _sweep_one(path: Path, at: datetime) -> int:
    sha256 = path.name
    StoredFile.stand_in_line([sha256])
    file = StoredFile.objects.filter(sha256=sha256).first()
    if file is not None and file.state != FileState.REMOVED:
        return 0
    try:
        changed_at = datetime.fromtimestamp(path.stat().st_mtime, tz=UTC)
        if file is None and at - changed_at < STRAY_AFTER:
            return 0
        path.unlink()
    except FileNotFoundError:
        return 0
    log.info("files.swept", file=sha256, is_stray=file is None)
    return 1
