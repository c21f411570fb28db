"""Getting an attachment's bytes, from the platforms' own hosts only."""

import hashlib
from datetime import datetime

import structlog
from django.conf import settings

from torg.connectors.services import fetch
from torg.dialogue.models import Attachment, AttachmentState
from torg.files import commands as files
from torg.files import sniffing

MOST_BYTES = 25_000_000
MOST_SECONDS = 20.0

log = structlog.get_logger(__name__)


def fetch_into(attachment: Attachment, *, keeps: bool, at: datetime) -> None:
    """Fetch the attachment and note on it what came of it; saves nothing."""
    try:
        found = fetch.fetch(attachment.url, door=_door())
    except fetch.Blocked:
        _end(attachment, AttachmentState.REFUSED, "host")
    except fetch.TooLarge:
        _end(attachment, AttachmentState.REFUSED, "size")
    except fetch.FetchProblem as problem:
        _end(attachment, AttachmentState.FAILED, type(problem).__name__)
    else:
        if found.status == 200 and found.body:
            _describe(attachment, found, keeps=keeps, at=at)
        else:
            # An address that has died answers with a page of its own; that is not the picture.
            _end(attachment, AttachmentState.FAILED, str(found.status))


def _door() -> fetch.Door:
    return fetch.Door(
        hosts=frozenset(settings.MEDIA_HOSTS),
        allow_loopback=bool(settings.GRAPH_ADDRESS),
        max_bytes=MOST_BYTES,
        max_seconds=MOST_SECONDS,
    )


def _describe(attachment: Attachment, found: fetch.Fetched, *, keeps: bool, at: datetime) -> None:
    attachment.size = len(found.body)
    if keeps:
        stored = files.store(data=found.body, claimed_type=found.claimed_type, at=at)
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
        return
    attachment.sha256 = hashlib.sha256(found.body).hexdigest()
    attachment.media_type = sniffing.media_type(found.body)
    _end(attachment, AttachmentState.NOTED, "")


def _end(attachment: Attachment, state: AttachmentState, reason: str) -> None:
    attachment.state, attachment.reason = state, reason
    log.info("dialogue.attachment_fetched", attachment=str(attachment.public_id), state=str(state), reason=reason)
