"""What is forgotten about signing in."""

from datetime import datetime, timedelta

from axes.models import AccessAttempt, AccessLog

# Long enough to look into an attack, no longer: each row holds somebody's address on the net.
KEPT_FOR = timedelta(days=30)


def forget_attempts(*, at: datetime) -> int:
    """Delete what is known of attempts to sign in that lie further back; returns how many rows went."""
    before = at - KEPT_FOR
    gone = 0
    for kept in (AccessAttempt, AccessLog):
        rows, _kinds = kept.objects.filter(attempt_time__lt=before).delete()
        gone += rows
    return gone
