"""Registering pages, groups and profiles, and what is known of them."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.audit import commands as audit
from torg.core.actors import Actor
from torg.core.errors import Invalid
from torg.people import policies as people
from torg.people.acting import person_or_none
from torg.people.models import Scope
from torg.people.types import Permission
from torg.registry import events, loading, opening, policies
from torg.registry.models import Details, Presence, PresenceKind, Succession
from torg.registry.types import About, Description
from torg.registry.words import Line, SuccessionKind


@transaction.atomic
def open_presence(*, description: Description, by: Actor, at: datetime) -> Presence:
    """Register a page, group or profile (flate) with a scope of its own.

    Raises NotAllowed without the right to manage pages for the whole municipality, Invalid without a name.
    """
    people.check_may(by, Permission.MANAGE_PRESENCE, scope_id=None, at=at)
    scope = Scope.objects.create(is_secret=description.kind == PresenceKind.SECRET_GROUP)
    presence = opening.register(description, scope=scope, at=at)
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
    """Change what is registered; a former name is kept. The kind stays: a group that becomes a page is a new presence.

    Raises NotFound outside what `by` sees, NotAllowed without the right to manage it, Invalid without a name,
    InvalidTransition when it is closed.
    """
    presence = loading.managed(presence_id, by=by, at=at)
    opening.check(description)
    _keep_name(presence, description.name.strip(), by=by, at=at)
    presence.name, presence.address = description.name.strip(), description.address
    presence.purpose, presence.unit = description.purpose, description.unit
    presence.save(update_fields=["name", "address", "purpose", "unit"])
    Scope.objects.filter(pk=presence.scope_id).update(name=presence.name)
    audit.record(events.PRESENCE_CHANGED, actor=by, scope=presence.scope_id, target=presence, at=at)
    return presence


@transaction.atomic
def change_details(*, presence_id: UUID, about: About, by: Actor, at: datetime) -> Details:
    """Record who owns a presence, whom it is for, its languages, and the line of a leader's profile.

    Raises NotFound, NotAllowed, InvalidTransition when it is closed or connected and is to be private, Invalid for a
    line on what is no profile.
    """
    presence = loading.managed(presence_id, by=by, at=at)
    if about.line is not None and presence.kind != PresenceKind.PROFILE:
        raise Invalid(_("Only a profile is official or private."), field="line")
    if about.line == Line.PRIVATE:
        policies.check_may_be_private(presence)
    details, _is_new = Details.objects.update_or_create(
        presence=presence,
        defaults={
            "scope_id": presence.scope_id,
            "owner": about.owner,
            "line": about.line or "",
            "target_groups": about.target_groups.strip(),
            "languages": [language.value for language in about.languages],
        },
    )
    facts: dict[str, int | str] = {"line": details.line or "NONE", "languages": len(details.languages)}
    audit.record(events.DETAILS_CHANGED, actor=by, scope=presence.scope_id, target=presence, at=at, facts=facts)
    return details


def _keep_name(presence: Presence, name: str, *, by: Actor, at: datetime) -> None:
    """Remember the former name: who looks for the page by it must find it."""
    if presence.name != name:
        Succession.objects.create(
            from_presence=presence,
            to_presence=presence,
            kind=SuccessionKind.RENAMED,
            former_name=presence.name,
            recorded_by=person_or_none(by),
            at=at,
        )
