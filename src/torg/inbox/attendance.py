"""Who reads or writes an enquiry just now.

No command and no trace in the log, on purpose: presence of employees is shown while it lasts and never kept.
"""

from datetime import datetime, timedelta
from uuid import UUID

from torg.inbox import live, queries
from torg.inbox.models import Attendance
from torg.inbox.types import AttendanceState
from torg.people.models import Person

LASTS = timedelta(seconds=45)


def attend(*, enquiry_id: UUID, state: AttendanceState, by: Person, at: datetime) -> None:
    """Say that one is reading or writing; it lasts for seconds and is said again while it is so. Raises NotFound."""
    enquiry = queries.enquiry_for(by, enquiry_id, at=at)
    before = Attendance.objects.filter(enquiry=enquiry, person=by, expires_at__gt=at).values_list("state", flat=True)
    is_news = list(before) != [state]
    Attendance.objects.update_or_create(enquiry=enquiry, person=by, defaults={"state": state, "expires_at": at + LASTS})
    if is_news:
        live.tell(enquiry)


def leave(*, enquiry_id: UUID, by: Person, at: datetime) -> None:
    """Say that one has left."""
    enquiry = queries.enquiry_for(by, enquiry_id, at=at)
    if Attendance.objects.filter(enquiry=enquiry, person=by).delete()[0]:
        live.tell(enquiry)


def forget_expired(*, at: datetime) -> int:
    """Remove what has expired; returns how many."""
    return Attendance.objects.filter(expires_at__lte=at).delete()[0]
