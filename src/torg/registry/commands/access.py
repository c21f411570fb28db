"""Who the platform says can act on a presence: noted as it tells it, and recognised by people (strategy C3)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.audit import commands as audit
from torg.core.actors import Actor
from torg.core.errors import Invalid
from torg.people.acting import person_or_none
from torg.people.models import Person
from torg.registry import events, loading, policies
from torg.registry.models import AccessReading, PlatformAccess, Presence
from torg.registry.types import AccessTold, HolderTold


@transaction.atomic
def note_access(*, presence_id: UUID, told: AccessTold, by: Actor, at: datetime) -> list[PlatformAccess]:
    """Note who can act on the presence now; returns those who are new. Who is not told of any more has no access.

    Of a list that is told in part nobody is ended. A holder with the name of exactly one who is, or was, registered as
    administrator there is taken for that person, unless another holder has the name or is that person already;
    everybody else somebody must recognise. Raises NotFound, NotAllowed, InvalidTransition when the presence is closed.
    """
    presence = loading.managed(presence_id, by=by, at=at)
    running = {
        row.external_id: row
        for row in PlatformAccess.objects.select_for_update().filter(
            presence=presence, platform=told.platform, ended_at=None
        )
    }
    gone = set(running) - {holder.external_id for holder in told.holders} if told.is_whole else set()
    for external_id in gone:
        _end(running[external_id], at)
    new = [row for holder in told.holders if (row := _held(presence, told, holder, running, at))]
    _note_reading(presence, told, at)
    facts: dict[str, int | str] = {"platform": told.platform, "holders": len(told.holders)}
    facts |= {"new": len(new), "gone": len(gone), "is_whole": int(told.is_whole)}
    audit.record(events.ACCESS_TOLD, actor=by, scope=presence.scope_id, target=presence, at=at, facts=facts)
    return new


@transaction.atomic
def recognise_access(
    *, access_id: UUID, person: Person | None = None, agreed_as: str = "", by: Actor, at: datetime
) -> PlatformAccess:
    """Say who somebody with access on the platform is: a colleague, or (`agreed_as`) a system or somebody outside.

    Raises NotFound, NotAllowed, Invalid unless exactly one of the two is said.
    """
    access = loading.access(access_id, by=by, at=at)
    policies.check_can_manage(by, access.presence, at=at)
    if (person is None) == (not agreed_as.strip()):
        raise Invalid(_("Choose a colleague, or write what it is and what you have agreed."), field="person")
    access.person, access.agreed_as, access.known_by = person, agreed_as.strip(), person_or_none(by)
    access.save(update_fields=["person", "agreed_as", "known_by"])
    facts: dict[str, int | str] = {"is_colleague": int(person is not None)}
    audit.record(events.ACCESS_RECOGNISED, actor=by, scope=access.scope_id, target=access, at=at, facts=facts)
    return access


def _held(
    presence: Presence, told: AccessTold, holder: HolderTold, running: dict[str, PlatformAccess], at: datetime
) -> PlatformAccess | None:
    """A new row; None where the one that runs says the same."""
    before = running.get(holder.external_id)
    if before is not None and before.may_manage == holder.may_manage:
        _rename(before, holder.name)
        return None
    if before is not None:
        _end(before, at)
    same = before or _known_before(presence, told.platform, holder)
    return PlatformAccess.objects.create(
        scope_id=presence.scope_id,
        presence=presence,
        platform=told.platform,
        external_id=holder.external_id,
        name=holder.name[:200],
        is_system=holder.is_system,
        may_manage=holder.may_manage,
        person=same.person if same else _registered_as(presence, told, holder),
        agreed_as=same.agreed_as if same else "",
        known_by=same.known_by if same else None,
        since_at=at,
    )


def _known_before(presence: Presence, platform: str, holder: HolderTold) -> PlatformAccess | None:
    """The same holder here earlier: once recognised, always recognised."""
    rows = PlatformAccess.objects.filter(presence=presence, platform=platform, external_id=holder.external_id)
    return rows.exclude(known_by=None).order_by("-since_at").first()


def _registered_as(presence: Presence, told: AccessTold, holder: HolderTold) -> Person | None:
    """The one with that name who is, or was, registered here. A name alone could be anybody's, and two of a name are
    nobody: on the platforms people call themselves what they like.
    """
    name = holder.name.strip().casefold()
    if holder.is_system or [each.name.strip().casefold() for each in told.holders].count(name) > 1:
        return None
    named = Person.objects.filter(administrations__presence=presence, name__iexact=holder.name.strip()).distinct()[:2]
    if len(named) != 1:
        return None
    taken = PlatformAccess.objects.filter(presence=presence, platform=told.platform, person=named[0], ended_at=None)
    return None if taken.exists() else named[0]


def _rename(access: PlatformAccess, name: str) -> None:
    if access.name != name[:200]:
        access.name = name[:200]
        access.save(update_fields=["name"])


def _end(access: PlatformAccess, at: datetime) -> None:
    access.ended_at = at
    access.save(update_fields=["ended_at"])


def _note_reading(presence: Presence, told: AccessTold, at: datetime) -> None:
    reading, _is_new = AccessReading.objects.select_for_update().get_or_create(
        presence=presence,
        platform=told.platform,
        defaults={"scope_id": presence.scope_id, "read_at": at, "is_whole": told.is_whole},
    )
    reading.read_at, reading.is_whole = at, told.is_whole
    if told.is_whole:
        reading.whole_since_at, reading.whole_until_at = reading.whole_since_at or at, at
    reading.save(update_fields=["read_at", "is_whole", "whole_since_at", "whole_until_at"])
