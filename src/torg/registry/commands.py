"""Registering pages, groups and profiles, and who administers them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.audit import commands as audit
from torg.core.actors import Actor
from torg.core.errors import Invalid, InvalidTransition, NotFound
from torg.people import policies
from torg.people.models import Person, Scope, Unit
from torg.people.types import Permission
from torg.registry import events, queries
from torg.registry.models import Administration, Presence, PresenceKind


@dataclass(frozen=True, slots=True)
class Description:
    """What is registered on a presence."""

    name: str
    kind: PresenceKind
    address: str = ""
    purpose: str = ""
    unit: Unit | None = None


@transaction.atomic
def open_presence(*, description: Description, by: Actor, at: datetime) -> Presence:
    """Register a page, group or profile (flate) with a scope of its own.

    Raises NotAllowed without the right to manage pages for the whole municipality, Invalid without a name.
    """
    policies.check_may(by, Permission.MANAGE_PRESENCE, scope_id=None, at=at)
    _check(description)
    is_secret = description.kind == PresenceKind.SECRET_GROUP
    scope = Scope.objects.create(name=description.name.strip(), is_secret=is_secret)
    presence = Presence.objects.create(
        scope=scope,
        kind=description.kind,
        name=description.name.strip(),
        address=description.address,
        purpose=description.purpose,
        unit=description.unit,
        opened_at=at,
    )
    audit.record(
        events.PRESENCE_OPENED,
        actor=by,
        scope=scope.id,
        target=presence,
        at=at,
        facts={"kind": description.kind.value},
    )
    return presence


@transaction.atomic
def change_presence(*, presence_id: UUID, description: Description, by: Actor, at: datetime) -> Presence:
    """Change what is registered. The kind stays: a group that becomes a page is a new presence.

    Raises NotFound outside what `by` sees, NotAllowed without the right to manage it, Invalid without a name.
    """
    presence = queries.presence_or_absent(by, presence_id, at=at, lock=True)
    policies.check_may(by, Permission.MANAGE_PRESENCE, scope_id=presence.scope_id, at=at)
    _check(description)
    presence.name, presence.address = description.name.strip(), description.address
    presence.purpose, presence.unit = description.purpose, description.unit
    presence.save(update_fields=["name", "address", "purpose", "unit"])
    Scope.objects.filter(pk=presence.scope_id).update(name=presence.name)
    audit.record(events.PRESENCE_CHANGED, actor=by, scope=presence.scope_id, target=presence, at=at)
    return presence


@transaction.atomic
def close_presence(*, presence_id: UUID, by: Actor, at: datetime) -> Presence:
    """Record that a page, group or profile is closed; what was written there stays.

    Raises NotFound, NotAllowed, or InvalidTransition when it is closed already.
    """
    presence = queries.presence_or_absent(by, presence_id, at=at, lock=True)
    policies.check_may(by, Permission.MANAGE_PRESENCE, scope_id=presence.scope_id, at=at)
    if presence.closed_at is not None:
        raise InvalidTransition(_("It is closed already."))
    presence.closed_at = at
    presence.save(update_fields=["closed_at"])
    audit.record(events.PRESENCE_CLOSED, actor=by, scope=presence.scope_id, target=presence, at=at)
    return presence


@transaction.atomic
def add_administrator(*, presence_id: UUID, person: Person, by: Actor, at: datetime) -> Administration:
    """Record that a person is administrator of the presence on the platform itself (strategy C3).

    Raises NotFound, NotAllowed, or Invalid when the person is one already.
    """
    presence = queries.presence_or_absent(by, presence_id, at=at, lock=True)
    policies.check_may(by, Permission.MANAGE_PRESENCE, scope_id=presence.scope_id, at=at)
    if presence.administrations.filter(person=person, ended_at=None).exists():
        raise Invalid(_("This person is registered as administrator already."), field="person")
    administration = Administration.objects.create(presence=presence, person=person, since_at=at)
    audit.record(
        events.ADMINISTRATOR_ADDED,
        actor=by,
        scope=presence.scope_id,
        target=presence,
        at=at,
        facts={"person": str(person.public_id)},
    )
    return administration


@transaction.atomic
def end_administration(*, presence_id: UUID, person: Person, by: Actor, at: datetime) -> Administration:
    """Record that a person's access on the platform has ended. Raises NotFound or NotAllowed."""
    presence = queries.presence_or_absent(by, presence_id, at=at, lock=True)
    policies.check_may(by, Permission.MANAGE_PRESENCE, scope_id=presence.scope_id, at=at)
    administration = presence.administrations.select_for_update().filter(person=person, ended_at=None).first()
    if administration is None:
        raise NotFound(_("This person is not registered as administrator."))
    administration.ended_at = at
    administration.save(update_fields=["ended_at"])
    audit.record(
        events.ADMINISTRATOR_ENDED,
        actor=by,
        scope=presence.scope_id,
        target=presence,
        at=at,
        facts={"person": str(person.public_id)},
    )
    return administration


def _check(description: Description) -> None:
    if not description.name.strip():
        raise Invalid(_("Write the name that people see."), field="name")
