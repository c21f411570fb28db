"""Who places citizens' reports, handles breaches of personal data, and hands evidence to the police."""

from datetime import datetime
from uuid import UUID

from torg.people import queries as people
from torg.people.models import Person
from torg.people.policies import check_may
from torg.people.types import Permission


def check_can_place(by: Person, *, at: datetime) -> None:
    """Read and place reports that belong nowhere yet: whoever handles things for the municipality as a whole."""
    check_may(by, Permission.HANDLE, scope_id=None, at=at)


def check_can_mute(by: Person, *, at: datetime) -> None:
    """Shut somebody out of reporting, or let them in: whoever may agree to deletions everywhere."""
    check_may(by, Permission.AGREE, scope_id=None, at=at)


def may_mute(by: Person, *, at: datetime) -> bool:
    """Whether the page offers it."""
    return people.may(by, Permission.AGREE, scope_id=None, at=at)


def check_can_handle_breach(by: Person, *, scope_id: UUID, at: datetime) -> None:
    """Open, read and assess a breach of personal data: whoever may see what was exposed."""
    check_may(by, Permission.OPEN_SENSITIVE, scope_id=scope_id, at=at)


def check_can_decide_breach(by: Person, *, scope_id: UUID, at: datetime) -> None:
    """Decide whether the authority is notified: whoever may see it and may agree to deletions."""
    check_can_handle_breach(by, scope_id=scope_id, at=at)
    check_may(by, Permission.AGREE, scope_id=scope_id, at=at)


def check_can_hand_over(by: Person, *, scope_id: UUID, at: datetime) -> None:
    """Make and fetch evidence for the police: whoever may see what is sensitive, and may hide."""
    check_may(by, Permission.OPEN_SENSITIVE, scope_id=scope_id, at=at)
    check_may(by, Permission.HIDE, scope_id=scope_id, at=at)
