"""Getting an attachment's bytes, from the platforms' own hosts only."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import Q

from torg.connectors.services import fetch
from torg.dialogue.models import Attachment, AttachmentState
from torg.files import commands as files
from torg.files import sniffing

MOST_BYTES = 25_000_000
MOST_SECONDS = 20.0
# Longer than any round of fetching: an older claim was left by a job that died.
CLAIM_HOLDS = timedelta(minutes=15)

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of fetching: the bytes with what the sender calls them, or the state and reason it ended in."""

    state: AttachmentState | None = None
    reason: str = ""
    body: bytes = field(default=b"", repr=False)
    claimed_type: str | None = None


@transaction.atomic
def claim(*, limit: int, at: datetime) -> list[Attachment]:
    """Take up what waits, oldest first; nobody else fetches it while the claim holds."""
    is_free = Q(claimed_at=None) | Q(claimed_at__lt=at - CLAIM_HOLDS)
    waiting = Attachment.objects.filter(is_free, state=AttachmentState.PENDING)
    rows = list(waiting.select_for_update(skip_locked=True).order_by("id")[:limit])
    Attachment.objects.filter(pk__in=[row.pk for row in rows]).update(claimed_at=at)
    return rows


def get(attachment: Attachment) -> Outcome:
    """Fetch the bytes, which may take twenty seconds: not inside a transaction."""
    try:
        found = fetch.fetch(attachment.url, door=_door())
    except fetch.Blocked:
        return Outcome(AttachmentState.REFUSED, "host")
    except fetch.TooLarge:
        return Outcome(AttachmentState.REFUSED, "size")
    except fetch.FetchProblem as problem:
        return Outcome(AttachmentState.FAILED, type(problem).__name__)
    if found.status == 200 and found.body:
        return Outcome(body=found.body, claimed_type=found.claimed_type)
    # An address that has died answers with a page of its own; that is not the picture.
    return Outcome(AttachmentState.FAILED, str(found.status))


def note(attachment: Attachment, outcome: Outcome, *, keeps: bool, at: datetime) -> None:
    """Write on the attachment what came of it, and store the bytes where they are kept; saves nothing else."""
    if outcome.state is not None:
        _end(attachment, outcome.state, outcome.reason)
        return
    attachment.size = len(outcome.body)
    if not keeps:
        attachment.sha256 = hashlib.sha256(outcome.body).hexdigest()
        attachment.media_type = sniffing.media_type(outcome.body)
        _end(attachment, AttachmentState.NOTED, "")
        return
    stored = files.store(data=outcome.body, claimed_type=outcome.claimed_type, at=at)
    attachment.sha256, attachment.media_type = stored.sha256, stored.media_type
    files.hold(
        sha256=stored.sha256,
        holder_kind="dialogue.attachment",
        holder_id=attachment.public_id,
        reason="received",
        at=at,
        scope=attachment.scope_id,
    )
    _end(attachment, AttachmentState.STORED, "")


def _door() -> fetch.Door:
    return fetch.Door(
        hosts=frozenset(settings.MEDIA_HOSTS),
        allow_loopback=bool(settings.GRAPH_ADDRESS),
        max_bytes=MOST_BYTES,
        max_seconds=MOST_SECONDS,
    )


def _end(attachment: Attachment, state: AttachmentState, reason: str) -> None:
    attachment.state, attachment.reason = state, reason
    log.info("dialogue.attachment_fetched", attachment=str(attachment.public_id), state=str(state), reason=reason)
