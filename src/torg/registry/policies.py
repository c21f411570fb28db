"""Who may change what is registered, and when a presence may be closed, merged or connected."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from torg.core.actors import Actor
from torg.core.errors import Invalid, InvalidTransition, NotAllowed
from torg.people import policies as people
from torg.people import queries as rights
from torg.people.models import Person
from torg.people.types import Permission
from torg.registry.models import Application, Presence, PresenceExport
from torg.registry.words import ExportState, Line

# What was written after an export was made is not in it: so fresh must it be when the presence closes.
FRESH = timedelta(days=7)


def check_can_manage(by: Actor, presence: Presence, *, at: datetime) -> None:
    """Raise NotAllowed unless `by` manages this presence."""
    people.check_may(by, Permission.MANAGE_PRESENCE, scope_id=presence.scope_id, at=at)


def check_can_measure(by: Actor, scope_id: UUID, *, at: datetime) -> None:
    """Raise NotAllowed unless `by` publishes on the presence, or manages it: who runs a page knows its figures."""
    if not may_measure(by, scope_id, at=at):
        raise NotAllowed(str(people.NOT_INCLUDED))


def may_measure(by: Actor, scope_id: UUID, *, at: datetime) -> bool:
    """Whether `by` may record what was measured on the presence."""
    may = (Permission.PUBLISH, Permission.MANAGE_PRESENCE)
    return any(rights.may(by, permission, scope_id=scope_id, at=at) for permission in may)


def check_is_open(presence: Presence) -> None:
    """Raise InvalidTransition when the presence is closed: then it is history."""
    if presence.closed_at is not None:
        raise InvalidTransition(_("It is closed already."))


def check_can_decide(by: Actor, application: Application, *, at: datetime) -> None:
    """Raise NotAllowed unless a person who manages all presences, and did not apply, decides."""
    if not isinstance(by, Person):
        raise NotAllowed(_("A person must decide this."))
    if not rights.may(by, Permission.MANAGE_PRESENCE, scope_id=None, at=at):
        raise NotAllowed(str(people.NOT_INCLUDED))
    if application.sent_by_id == by.pk:
        raise NotAllowed(_("You have applied for this yourself. Somebody else must decide it."))


def check_is_exported(presence: Presence, *, at: datetime) -> PresenceExport:
    """The export that was made shortly before closing; raises InvalidTransition when there is none."""
    fresh = PresenceExport.objects.filter(presence=presence, state=ExportState.READY, made_at__gte=at - FRESH)
    export: PresenceExport | None = fresh.order_by("-made_at").first()
    if export is None:
        raise InvalidTransition(_("Make an export first: it shows what was there when the page was closed."))
    return export


def check_may_meet(one: Presence, other: Presence) -> None:
    """Raise Invalid when two presences cannot be tied: a secret group would be told of by what others see."""
    if one.pk == other.pk:
        raise Invalid(_("Choose another page than this one."), field="into")
    if one.scope.is_secret or other.scope.is_secret:
        raise Invalid(_("A secret group cannot be tied to another page: the tie would show that it exists."))


def check_may_be_private(presence: Presence) -> None:
    """Raise InvalidTransition while a platform tells us what is written there: that must end first."""
    if import_string(settings.PRESENCE_IS_CONNECTED)(presence.scope_id):
        raise InvalidTransition(_("Disconnect the channel first: a private profile is not read."))


def check_can_connect(presence: Presence) -> None:
    """Raise InvalidTransition for what is closed, and for a person's private profile, which we never read."""
    check_is_open(presence)
    details = getattr(presence, "details", None)
    if details is not None and details.line == Line.PRIVATE:
        raise InvalidTransition(_("This profile is private. What is written there is no business of the municipality."))
