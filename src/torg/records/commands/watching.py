"""Tell archivists of files that are not in order, once for each time that more are found."""

from datetime import UTC, datetime

from django.db import transaction

from torg.audit import commands as audit
from torg.core.actors import Actor
from torg.records import events, integrity
from torg.records.models import GatheringMark

MARK = "records.broken_files"
_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@transaction.atomic
def alarm_of_broken_files(*, by: Actor, at: datetime) -> int:
    """Mail the archivists when files are broken and more are than when they were told last; returns how many are.

    Those that stay broken are told of again each day.
    """
    mark, _is_new = GatheringMark.objects.select_for_update().get_or_create(
        subject_kind=MARK, defaults={"moved_at": _LONG_AGO}
    )
    number = integrity.broken()
    is_news = number > mark.position or (number and (at - mark.moved_at).days >= 1)
    if number < mark.position:
        mark.position = number
    if is_news:
        told = integrity.tell(number, at=at)
        mark.position, mark.moved_at = number, at
        audit.record(
            events.ARCHIVE_ALARMED, actor=by, scope=None, target=None, at=at, facts={"files": number, "told": told}
        )
    mark.save(update_fields=["position", "moved_at"])
    return number
