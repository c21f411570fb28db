"""Capture: keep what was said as it is known now, before anybody acts on it."""

from datetime import datetime

import structlog
from django.db import transaction

from torg.audit import commands as audit
from torg.core.actors import Actor
from torg.files import commands as files
from torg.files.queries import kept
from torg.records import actors, canonical, events
from torg.records.models import Capture
from torg.records.types import Snapshot

HOLDER = "records.capture"
EVIDENCE = "EVIDENCE"
log = structlog.get_logger(__name__)


@transaction.atomic
def capture(*, snapshot: Snapshot, reason: str, by: Actor, at: datetime) -> Capture:
    """Keep the snapshot as bytes that never change, and hold every file that it names.

    A file that is gone is told of in the log and the audit event; the capture is taken all the same.

    Args:
        snapshot: what is known, from the room that knows it.
        reason: a code, such as JOURNALED or MODERATION.
        by: who acts.
        at: now.
    """
    stored = files.store(data=canonical.to_bytes(snapshot), claimed_type="application/json", at=at)
    taken = Capture.objects.create(
        scope_id=snapshot.scope_id,
        subject_kind=snapshot.subject.kind,
        subject_id=snapshot.subject.id,
        sha256=stored.sha256,
        form=canonical.FORM,
        reason=reason,
        taken_at=at,
        taken_by=actors.told(by),
    )
    missing = _hold_files(taken, {stored.sha256} | _files_of(snapshot), at)
    audit.record(
        events.CAPTURED,
        actor=by,
        scope=taken.scope_id,
        target=taken,
        at=at,
        facts={"reason": reason, "items": len(snapshot.items), "missing_files": missing},
    )
    return taken


def _files_of(snapshot: Snapshot) -> set[str]:
    attached = {found.sha256 for item in snapshot.items for found in item.attachments if found.sha256}
    return attached | {sha256 for item in snapshot.items for sha256 in item.deliveries}


def _hold_files(taken: Capture, wanted: set[str], at: datetime) -> int:
    """Returns how many are not there to hold; in order, so that two captures cannot wait for each other."""
    there = kept(wanted)
    for sha256 in sorted(there):
        files.hold(
            sha256=sha256, holder_kind=HOLDER, holder_id=taken.public_id, reason=EVIDENCE, at=at, scope=taken.scope_id
        )
    if len(there) < len(wanted):
        log.warning("records.files_missing", capture=str(taken.public_id), files=len(wanted) - len(there))
    return len(wanted) - len(there)
