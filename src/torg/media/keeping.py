"""Keeps the bytes of the library's rows in the files room, and lets go of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from torg.core.actors import Actor
from torg.files import commands as files
from torg.files import queries as stored
from torg.files.models import Hold
from torg.media.models import Consent, Medium

MEDIUM, CONSENT = "media.medium", "media.consent"
ORIGINAL, THUMBNAIL, PROOF = "ORIGINAL", "THUMBNAIL", "PROOF"
# What is made of a film, or told about it, stays as long as the film: articles may show an earlier one.
FRAME, SIZE = "FRAME", "SIZE"


def keep(data: bytes, *, at: datetime) -> str:
    """Store bytes; returns their SHA-256."""
    return files.store(data=data, claimed_type=None, at=at).sha256


def keep_file(data: bytes | Path, *, at: datetime) -> str:
    """Store bytes, or the file that was written elsewhere, a piece at a time; returns their SHA-256."""
    if isinstance(data, bytes):
        return keep(data, at=at)
    return files.store_copy(place=data, claimed_type=None, at=at).sha256


@contextmanager
def on_disk(data: bytes | Path) -> Iterator[Path]:
    """Where the bytes lie while they are looked into."""
    if isinstance(data, Path):
        yield data
        return
    with files.scratch() as place:
        place.write_bytes(data)
        yield place


def place_of(sha256: str) -> Path:
    """Where a file that is kept lies; raises NotFound or FileDamaged."""
    with stored.opened(sha256) as file:
        return Path(file.name)


def hold_part(medium: Medium, sha256: str, *, reason: str, at: datetime) -> None:
    """Keep what was made of a medium as long as it is in the library."""
    files.hold(
        sha256=sha256,
        holder_kind=MEDIUM,
        holder_id=medium.public_id,
        reason=reason,
        at=at,
        scope=medium.scope_id,
    )


def is_part_of(medium: Medium, sha256: str) -> bool:
    """Whether these bytes belong to a medium: of a picture that stands for a film, or has stood."""
    held = Hold.objects.filter(holder_kind=MEDIUM, holder_id=medium.public_id, released_at=None, reason=THUMBNAIL)
    return held.filter(file_id=sha256).exists()


def hold_medium(medium: Medium, *, at: datetime) -> None:
    """Keep the original and the thumbnail as long as the medium is in the library."""
    for sha256, reason in ((medium.sha256, ORIGINAL), (medium.thumbnail_sha256, THUMBNAIL)):
        if sha256:
            hold_part(medium, sha256, reason=reason, at=at)


def hold_proof(consent: Consent, *, at: datetime) -> None:
    """Keep the signed form as long as there is a consent to prove."""
    files.hold(
        sha256=consent.proof_sha256,
        holder_kind=CONSENT,
        holder_id=consent.public_id,
        reason=PROOF,
        at=at,
        scope=consent.scope_id,
    )


def drop(sha256: str, *, by: Actor, at: datetime) -> None:
    """Remove bytes that nobody needs, such as what was made of a film that is deleted meanwhile."""
    if sha256 and sha256 in stored.kept([sha256]) and not stored.is_held(sha256):
        files.remove(sha256=sha256, by=by, at=at)


def let_go(medium: Medium, *, by: Actor, at: datetime) -> None:
    """The library needs the bytes no more; they go when nobody else does, such as the archive."""
    for sha256 in sorted(files.release_all(holder_kind=MEDIUM, holder_id=medium.public_id, at=at)):
        drop(sha256, by=by, at=at)
