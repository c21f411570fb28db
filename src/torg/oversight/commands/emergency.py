"""Emergency access: one asks, another agrees, all others are told, and it ends by itself."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.audit import commands as audit
from torg.core import jobs
from torg.core.actors import Rule
from torg.core.errors import Invalid, InvalidTransition, NotAllowed
from torg.oversight import events, policies, queries
from torg.oversight.models import EmergencyAccess
from torg.oversight.types import EMERGENCY, EmergencyState
from torg.people import commands as people
from torg.people import queries as rights
from torg.people.models import Person
from torg.people.types import Permission, Role
from torg.registry import queries as registry

# Nobody agrees to an emergency of yesterday.
ANSWERED_WITHIN = timedelta(hours=4)
LONGEST_HOURS = 24


@transaction.atomic
def ask_for_emergency_access(
    *, reason: str, hours: int, by: Person, at: datetime, presence_id: UUID | None = None
) -> EmergencyAccess:
    """Ask for the role of page administrator for some hours, on one page or on all that are not secret (nødtilgang).

    Raises NotAllowed for one who has no role here, NotFound for a page outside what `by` sees, Invalid without a reason
    or for more than a day, InvalidTransition while one is asked for or in use.
    """
    if not rights.may_anywhere(by, Permission.READ, at=at):
        raise NotAllowed(_("Only those who have a role here can ask for emergency access."))
    if not reason.strip():
        raise Invalid(_("Write what has happened, and why it cannot wait."), field="reason")
    if not 1 <= hours <= LONGEST_HOURS:
        raise Invalid(_("Choose between 1 and 24 hours."), field="hours")
    # Locked, so that two requests at once do not both pass.
    rights.person_or_absent(by.public_id, lock=True)
    if queries.emergencies_running(by).exists():
        raise InvalidTransition(_("You have asked already, or have such access now."))
    presence = registry.presence_or_absent(by, presence_id, at=at) if presence_id else None
    access = EmergencyAccess.objects.create(
        scope_id=presence.scope_id if presence else None,
        presence=presence,
        person=by,
        reason=reason.strip(),
        hours=hours,
        asked_at=at,
    )
    facts = {"hours": hours}
    audit.record(events.EMERGENCY_ASKED, actor=by, scope=access.scope_id, target=access, at=at, facts=facts)
    _announce(access)
    return access


@transaction.atomic
def grant_emergency_access(*, access_id: UUID, by: Person, at: datetime) -> EmergencyAccess:
    """Agree, as the second person; the access holds from now on, for the hours asked for.

    Raises NotFound, NotAllowed for whoever asked, or for one who does not answer for others, InvalidTransition when it
    is answered or too old.
    """
    access = _asked(access_id, by, at)
    access.move_to(EmergencyState.GRANTED, at=at)
    access.answered_by, access.answered_at = by, at
    access.until_at = at + timedelta(hours=access.hours)
    access.assignment = people.give_role(
        person=access.person,
        role=Role.PAGE_ADMINISTRATOR,
        scope=access.presence.scope if access.presence else None,
        until=access.until_at,
        by=EMERGENCY,
        at=at,
    )
    access.save()
    audit.record(events.EMERGENCY_GRANTED, actor=by, scope=access.scope_id, target=access, at=at)
    _announce(access)
    return access


@transaction.atomic
def refuse_emergency_access(*, access_id: UUID, by: Person, at: datetime) -> EmergencyAccess:
    """Refuse, as the second person. Raises NotFound, NotAllowed or InvalidTransition as agreeing does."""
    access = _asked(access_id, by, at)
    access.move_to(EmergencyState.REFUSED, at=at)
    access.answered_by, access.answered_at = by, at
    access.save()
    audit.record(events.EMERGENCY_REFUSED, actor=by, scope=access.scope_id, target=access, at=at)
    return access


@transaction.atomic
def end_emergency_access(*, access_id: UUID, by: Person, at: datetime) -> EmergencyAccess:
    """End it before its time: whoever has it, or one who answers for others.

    Raises NotFound, NotAllowed for others, InvalidTransition when it is not in use.
    """
    access = queries.emergency_or_absent(by, access_id, at=at, lock=True)
    if by.pk != access.person_id:
        policies.check_can_answer(by, access, at=at)
    _end(access, at)
    audit.record(events.EMERGENCY_ENDED, actor=by, scope=access.scope_id, target=access, at=at)
    return access


@transaction.atomic
def settle_emergencies(*, at: datetime, by: Rule = EMERGENCY) -> int:
    """Note what has ended by itself, and what nobody answered in time; returns how many. The access was gone before."""
    count = 0
    for access in EmergencyAccess.objects.select_for_update().filter(ended_at=None):
        is_over = access.until_at is not None and access.until_at <= at
        if is_over:
            access.move_to(EmergencyState.ENDED, at=access.until_at or at)
        elif access.state == EmergencyState.ASKED and access.asked_at + ANSWERED_WITHIN <= at:
            access.move_to(EmergencyState.LAPSED, at=at)
        else:
            continue
        access.save()
        event = events.EMERGENCY_ENDED if is_over else events.EMERGENCY_LAPSED
        audit.record(event, actor=by, scope=access.scope_id, target=access, at=at)
        count += 1
    return count


def _asked(access_id: UUID, by: Person, at: datetime) -> EmergencyAccess:
    access = queries.emergency_or_absent(by, access_id, at=at, lock=True)
    policies.check_can_answer(by, access, at=at)
    if access.state == EmergencyState.ASKED and access.asked_at + ANSWERED_WITHIN <= at:
        raise InvalidTransition(_("This was asked for too long ago. Ask again if it is still needed."))
    return access


def _end(access: EmergencyAccess, at: datetime) -> None:
    access.move_to(EmergencyState.ENDED, at=at)
    access.save()
    if access.assignment is not None and (access.assignment.until_at is None or access.assignment.until_at > at):
        # Not by its own command: whoever has it may hand it back without the right to manage people.
        access.assignment.until_at = max(at, access.assignment.from_at + timedelta(seconds=1))
        access.assignment.save(update_fields=["until_at"])


def _announce(access: EmergencyAccess) -> None:
    jobs.enqueue("oversight.announce_emergency", access_id=str(access.public_id))
