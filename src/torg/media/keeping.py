"""Keeps the bytes of the library's rows in the files room, and lets go of them."""

from datetime import datetime

from torg.core.actors import Actor
from torg.files import commands as files
from torg.files import queries as stored
from torg.media.models import Consent, Medium

MEDIUM, CONSENT = "media.medium", "media.consent"
ORIGINAL, THUMBNAIL, PROOF = "ORIGINAL", "THUMBNAIL", "PROOF"


def keep(data: bytes, *, at: datetime) -> str:
    """Store bytes; returns their SHA-256."""
    return files.store(data=data, claimed_type=None, at=at).sha256


def hold_medium(medium: Medium, *, at: datetime) -> None:
    """Keep the original and the thumbnail as long as the medium is in the library."""
    for sha256, reason in ((medium.sha256, ORIGINAL), (medium.thumbnail_sha256, THUMBNAIL)):
        if sha256:
            files.hold(
                sha256=sha256,
                holder_kind=MEDIUM,
                holder_id=medium.public_id,
                reason=reason,
                at=at,
                scope=medium.scope_id,
            )


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


def let_go(medium: Medium, *, by: Actor, at: datetime) -> None:
    """The library needs the bytes no more; they go when nobody else does, such as the archive."""
    for sha256 in sorted(files.release_all(holder_kind=MEDIUM, holder_id=medium.public_id, at=at)):
        if sha256 in stored.kept([sha256]) and not stored.is_held(sha256):
            files.remove(sha256=sha256, by=by, at=at)
