"""Make what was captured searchable."""

from datetime import datetime

from django.db import transaction

from torg.audit import commands as audit
from torg.core.actors import Actor
from torg.records import events, indexing
from torg.records.models import Capture, CaptureText, GatheringMark

MARK = "records.capture_text"
# A capture with a lower key may be committed after one with a higher.
OVERLAP = 1000


@transaction.atomic
def index_captures(*, limit: int, by: Actor, at: datetime, from_start: bool = False) -> int:
    """Index captures that are not yet, oldest first and at most `limit`; returns how many.

    It goes on from where it came last; `from_start` looks at all, for what was overlooked.
    """
    mark, _is_new = GatheringMark.objects.select_for_update().get_or_create(
        subject_kind=MARK, defaults={"moved_at": at}
    )
    after = 0 if from_start else mark.position - OVERLAP
    rows = list(Capture.objects.filter(id__gt=after, text=None).order_by("id")[:limit])
    CaptureText.objects.bulk_create([indexing.text_of(row) for row in rows], ignore_conflicts=True)
    if rows and rows[-1].pk > mark.position:
        mark.position, mark.moved_at = rows[-1].pk, at
        mark.save(update_fields=["position", "moved_at"])
    if rows:
        audit.record_batch(events.INDEXED, actor=by, at=at, facts={"captures": len(rows)})
    return len(rows)
