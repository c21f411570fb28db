"""Who may do what in oversight; `check_…` raises."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from torg.core.actors import Actor
from torg.core.errors import Invalid, NotAllowed
from torg.oversight.models import EmergencyAccess
from torg.people import policies, queries
from torg.people.models import Person
from torg.people.types import Permission, roles_with
from torg.registry.models import WITHOUT_API, Presence

# Who answers for others: officer, deputy and leader.
ANSWERABLE = (Permission.AGREE, Permission.JUDGE)


def check_can_rule(by: Actor, *, at: datetime) -> None:
    """Raise NotAllowed unless `by` manages pages for the whole municipality."""
    policies.check_may(by, Permission.MANAGE_PRESENCE, scope_id=None, at=at)


def check_can_look(by: Actor, scope_id: UUID, *, at: datetime) -> None:
    """Raise NotAllowed unless `by` works on the page."""
    policies.check_may(by, Permission.HANDLE, scope_id=scope_id, at=at)


def check_starts_in_time(from_on: date, *, at: datetime) -> None:
    """Raise Invalid for a day before this week: what has been measured is not measured again by another rule."""
    today = timezone.localtime(at).date()
    if from_on < today - timedelta(days=today.weekday()):
        raise Invalid(_("Choose a day in this week or later. What has been measured stands."), field="from_on")


def check_is_group(presence: Presence) -> None:
    """Raise Invalid for what has no members that we keep a list of."""
    if presence.kind not in WITHOUT_API:
        raise Invalid(_("Only closed and secret groups have members here."))


def check_can_answer(by: Person, access: EmergencyAccess, *, at: datetime) -> None:
    """Raise NotAllowed unless `by` answers for others, and not by a role lent by the one who asks."""
    if not can_answer(by, access, at=at):
        raise NotAllowed(_("Somebody else must agree: an information officer, a deputy or a leader."))


def can_answer(by: Person, access: EmergencyAccess, *, at: datetime) -> bool:
    """Whether `by` is the second person that an emergency needs."""
    roles = {role for permission in ANSWERABLE for role in roles_with(permission)}
    held = queries.roles_held(by, at=at).filter(role__in=roles).exclude(person=access.person_id)
    here = held.filter(Q(scope=access.scope_id) | Q(scope=None))
    return by.pk != access.person_id and here.exists()
