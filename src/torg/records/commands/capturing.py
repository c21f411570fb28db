"""Capture: keep what was said as it is known now, before anybody acts on it."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import structlog
from django.db import transaction

from torg.audit import commands as audit
from torg.core.actors import Actor
from torg.files import commands as files
from torg.records import actors, canonical, events
from torg.records.models import Capture
from torg.records.types import Snapshot

HOLDER = "records.capture"
EVIDENCE = "EVIDENCE"
Facts = dict[str, int | str]
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
    (taken, facts), *_none = _keep([snapshot], reason, by, at)
    audit.record(events.CAPTURED, actor=by, scope=taken.scope_id, target=taken, at=at, facts=facts)
    return taken


@transaction.atomic
def capture_many(*, snapshots: Sequence[Snapshot], reason: str, by: Actor, at: datetime) -> list[Capture]:
    """Keep many snapshots as `capture` keeps one, each with its own bytes, holds and event; in the same order."""
    kept = _keep(snapshots, reason, by, at)
    for taken, facts in kept:
        audit.record(events.CAPTURED, actor=by, scope=taken.scope_id, target=taken, at=at, facts=facts)
    return [taken for taken, _facts in kept]


def _keep(snapshots: Sequence[Snapshot], reason: str, by: Actor, at: datetime) -> list[tuple[Capture, Facts]]:
    """Returns each capture with what the log is to say of it."""
    contents = map(canonical.to_bytes, snapshots)
    stored = files.store_many(contents=contents, claimed_type="application/json", at=at)
    taken_by = actors.told(by)
    taken = Capture.objects.bulk_create(
        Capture(
            scope_id=snapshot.scope_id,
            subject_kind=snapshot.subject.kind,
            subject_id=snapshot.subject.id,
            sha256=file.sha256,
            form=canonical.FORM,
            reason=reason,
            taken_at=at,
            taken_by=taken_by,
        )
        for snapshot, file in zip(snapshots, stored, strict=True)
    )
    pairs = list(zip(taken, snapshots, strict=True))
    missing = _hold_files(pairs, at)
    return [
        (row, {"reason": reason, "items": len(snapshot.items), "missing_files": missing[row.public_id]})
        for row, snapshot in pairs
    ]


def _files_of(snapshot: Snapshot) -> set[str]:
    attached = {found.sha256 for item in snapshot.items for found in item.attachments if found.sha256}
    around = {snapshot.context} if snapshot.context else set()
    return attached | around | {sha256 for item in snapshot.items for sha256 in item.deliveries}


def _hold_files(pairs: Sequence[tuple[Capture, Snapshot]], at: datetime) -> Counter[UUID]:
    """Returns for each capture how many files are not there to hold."""
    needs = [
        files.Need(sha256, taken.public_id, taken.scope_id)
        for taken, snapshot in pairs
        for sha256 in sorted({taken.sha256} | _files_of(snapshot))
    ]
    lacking = files.hold_many(needs=needs, holder_kind=HOLDER, reason=EVIDENCE, at=at)
    missing = Counter(need.holder_id for need in lacking)
    for holder_id, count in missing.items():
        log.warning("records.files_missing", capture=str(holder_id), files=count)
    return missing
