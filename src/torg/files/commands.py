"""Store files, hold them, and let them go."""

import hashlib
import shutil
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.audit import commands as audit
from torg.core import jobs
from torg.core.actors import Actor
from torg.core.errors import Invalid, InvalidTransition
from torg.files import disk, events, queries, sniffing
from torg.files.disk import scratch
from torg.files.models import FileState, Hold, StoredFile
from torg.files.queries import read

__all__ = [
    "Held",
    "Need",
    "hold",
    "hold_many",
    "read",
    "release",
    "release_all",
    "remove",
    "scratch",
    "store",
    "store_copy",
    "store_many",
    "take_over",
]

# So much of a long file is enough to see what it is.
SNIFFED = 1_000_000


class Held(InvalidTransition):
    """Somebody needs the file kept."""


@dataclass(frozen=True, slots=True)
class Need:
    """That a new holder, in a scope or none, needs a file."""

    sha256: str
    holder_id: UUID
    scope_id: UUID | None = None


@transaction.atomic
def store(*, data: bytes, claimed_type: str | None, at: datetime) -> StoredFile:
    """Keep these bytes; they are on disk before this returns, also when the caller's transaction is undone.

    Args:
        data: the whole file.
        claimed_type: what the sender called it; kept, never trusted.
        at: now.

    Raises Invalid when there are no bytes.
    """
    return store_many(contents=[data], claimed_type=claimed_type, at=at)[0]


@transaction.atomic
def store_many(*, contents: Iterable[bytes], claimed_type: str | None, at: datetime) -> list[StoredFile]:
    """Keep many files as `store` keeps one, in a few statements for all; returns them in the same order.

    Raises Invalid when one of them has no bytes.
    """
    given = [(hashlib.sha256(data).hexdigest(), data) for data in contents]
    if not all(data for _sha256, data in given):
        raise Invalid(_("The file is empty. Choose another."))
    by_hash = dict(given)
    StoredFile.stand_in_line(by_hash)
    disk.write(by_hash)
    kept = [Kept(sha256, len(data), sniffing.media_type(data)) for sha256, data in by_hash.items()]
    noted = _noted(kept, claimed_type=claimed_type, at=at)
    return [noted[sha256] for sha256, _data in given]


@transaction.atomic
def take_over(*, place: Path, claimed_type: str | None, at: datetime) -> StoredFile:
    """Keep a file that was written piece by piece in a `scratch`; it is moved, and never held in memory.

    Raises Invalid when it is empty.
    """
    size = place.stat().st_size
    if not size:
        raise Invalid(_("The file is empty. Choose another."))
    with place.open("rb") as file:
        media_type = sniffing.media_type(file.read(SNIFFED))
    sha256 = disk.digest(place)
    StoredFile.stand_in_line([sha256])
    disk.take_over(place, sha256)
    return _noted([Kept(sha256, size, media_type)], claimed_type=claimed_type, at=at)[sha256]


@transaction.atomic
def store_copy(*, place: Path, claimed_type: str | None, at: datetime) -> StoredFile:
    """Keep a copy of a file that lies elsewhere, such as an upload; it is copied in pieces, and never held in memory.

    Raises Invalid when it is empty.
    """
    with scratch() as copy:
        shutil.copyfile(place, copy)
        return take_over(place=copy, claimed_type=claimed_type, at=at)


@transaction.atomic
def hold(
    *, sha256: str, holder_kind: str, holder_id: UUID, reason: str, at: datetime, scope: UUID | None = None
) -> Hold:
    """Keep a file from being removed as long as the holder needs it; holding twice is holding once.

    Raises NotFound when no such file is kept.
    """
    StoredFile.stand_in_line([sha256])
    found, _is_new = Hold.objects.get_or_create(
        file=queries.stored(sha256),
        holder_kind=holder_kind,
        holder_id=holder_id,
        reason=reason,
        released_at=None,
        defaults={"held_at": at, "scope_id": scope},
    )
    return found


@transaction.atomic
def hold_many(*, needs: Collection[Need], holder_kind: str, reason: str, at: datetime) -> list[Need]:
    """Keep many files for many new holders of one kind, in a few statements for all.

    Returns the needs whose file is not kept: nothing is held for them.
    """
    wanted = {need.sha256 for need in needs}
    StoredFile.stand_in_line(wanted)
    there = queries.kept(wanted)
    Hold.objects.bulk_create(
        Hold(
            file_id=need.sha256,
            holder_kind=holder_kind,
            holder_id=need.holder_id,
            scope_id=need.scope_id,
            reason=reason,
            held_at=at,
        )
        for need in needs
        if need.sha256 in there
    )
    return [need for need in needs if need.sha256 not in there]


@transaction.atomic
def release(*, sha256: str, holder_kind: str, holder_id: UUID, at: datetime, reason: str | None = None) -> int:
    """End a holder's holds on a file, all of them or those with one reason; returns how many."""
    held = Hold.objects.filter(file_id=sha256, holder_kind=holder_kind, holder_id=holder_id, released_at=None)
    if reason is not None:
        held = held.filter(reason=reason)
    return held.update(released_at=at)


@transaction.atomic
def release_all(*, holder_kind: str, holder_id: UUID, at: datetime) -> set[str]:
    """End every hold of a holder, on whatever files; returns their hashes."""
    held = Hold.objects.filter(holder_kind=holder_kind, holder_id=holder_id, released_at=None)
    freed = set(held.values_list("file_id", flat=True))
    held.update(released_at=at)
    return freed


@transaction.atomic
def remove(*, sha256: str, by: Actor, at: datetime) -> None:
    """Remove a file that nobody holds (sletting); its hash and size stay, its bytes go when this is committed.

    Raises NotFound, Held when somebody needs it kept.
    """
    StoredFile.stand_in_line([sha256])
    file = queries.stored(sha256)
    if queries.is_held(sha256):
        raise Held(_("The file cannot be removed, because a case or a record still needs it."))
    file.state, file.removed_at = FileState.REMOVED, at
    file.save(update_fields=["state", "removed_at"])
    audit.record(events.REMOVED, actor=by, scope=None, target=file, at=at)
    jobs.enqueue("files.sweep_now", once="files.sweep_now")


@dataclass(frozen=True, slots=True)
class Kept:
    """What has come on disk."""

    sha256: str
    size: int
    media_type: str


def _noted(kept: Collection[Kept], *, claimed_type: str | None, at: datetime) -> dict[str, StoredFile]:
    """The rows of files that lie on disk, by hash: made, or whole again."""
    known = StoredFile.objects.in_bulk([one.sha256 for one in kept])
    back = [file for file in known.values() if file.state != FileState.WHOLE]
    for file in back:
        file.state, file.removed_at, file.verified_at = FileState.WHOLE, None, at
    StoredFile.objects.bulk_update(back, ["state", "removed_at", "verified_at"])
    fresh = StoredFile.objects.bulk_create(
        StoredFile(
            sha256=one.sha256,
            size=one.size,
            media_type=one.media_type,
            claimed_type=(claimed_type or "")[:200],
            stored_at=at,
            verified_at=at,
        )
        for one in kept
        if one.sha256 not in known
    )
    return known | {file.sha256: file for file in fresh}
