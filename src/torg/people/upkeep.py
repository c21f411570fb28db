"""What is forgotten: about signing in, and lists of employees that nobody took over."""

from datetime import datetime, timedelta

from axes.models import AccessAttempt, AccessLog

from torg.people.models import EmployeeImport, ImportState

# Long enough to look into an attack, no longer: each row holds somebody's address on the net.
KEPT_FOR = timedelta(days=30)
# A list is looked at and taken over in one sitting; it names everybody who works here.
LIST_KEPT_FOR = timedelta(days=1)


def forget_attempts(*, at: datetime) -> int:
    """Delete what is known of attempts to sign in that lie further back; returns how many rows went."""
    before = at - KEPT_FOR
    gone = 0
    for kept in (AccessAttempt, AccessLog):
        rows, _kinds = kept.objects.filter(attempt_time__lt=before).delete()
        gone += rows
    return gone


def forget_lists(*, at: datetime) -> int:
    """Erase lists of employees that were handed in and not taken over; returns how many."""
    forgotten = EmployeeImport.objects.filter(state=ImportState.READ, read_at__lt=at - LIST_KEPT_FOR)
    return forgotten.update(state=ImportState.DROPPED, ended_at=at, text="")
