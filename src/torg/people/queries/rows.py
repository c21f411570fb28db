"""Persons, roles, units and log-ins by their ids; raises when there is none."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from torg.core.errors import NotAllowed, NotFound
from torg.people.models import (
    Login,
    Municipality,
    Person,
    RoleAssignment,
    StandIn,
    Unit,
)


def person_or_absent(public_id: UUID, *, lock: bool = False) -> Person:
    """The person; raises NotFound."""
    people = Person.objects.select_for_update() if lock else Person.objects.all()
    person = people.filter(public_id=public_id).first()
    if person is None:
        raise NotFound(_("There is no such person here."))
    return person


def role_or_absent(public_id: UUID, *, lock: bool = False) -> RoleAssignment:
    """The role assignment; raises NotFound."""
    roles = RoleAssignment.objects.select_for_update() if lock else RoleAssignment.objects.all()
    assignment: RoleAssignment | None = roles.filter(public_id=public_id).first()
    if assignment is None:
        raise NotFound(_("There is no such role."))
    return assignment


def stand_in_or_absent(public_id: UUID, *, at: datetime) -> StandIn:
    """The stand-in period that has not ended, locked; raises NotFound."""
    row: StandIn | None = StandIn.objects.select_for_update().filter(public_id=public_id, until_at__gt=at).first()
    if row is None:
        raise NotFound(_("There is no such stand-in period."))
    return row


def unit_or_absent(public_id: str) -> Unit:
    """The unit; raises NotFound, also for what is no id."""
    try:
        unit = Unit.objects.filter(public_id=UUID(public_id)).first()
    except ValueError:
        unit = None
    if unit is None:
        raise NotFound(_("There is no such unit."))
    return unit


def units() -> QuerySet[Unit]:
    """Every unit, by name."""
    return Unit.objects.order_by("name")


def municipality() -> Municipality | None:
    """The municipality that this installation serves, once it is set up."""
    return Municipality.objects.filter(is_set_up=True).first()


def login_of(*, provider: str, subject: str, email: str) -> Login:
    """Who an identity provider vouches for: known by its own subject, the first time by a verified address.

    Raises NotAllowed when nobody is registered for it.
    """
    active = Login.objects.select_related("person").filter(is_active=True, person__left_at=None)
    login = active.filter(provider=provider, subject=subject).first()
    if login is None and email:
        login = active.filter(email__iexact=email, subject="").first()
    if login is None:
        raise NotAllowed(_("You are not registered here. Ask the information officer to add you."))
    return login
