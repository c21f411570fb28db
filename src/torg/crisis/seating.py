"""Places in a team, with the role that somebody without one on the page is lent for as long."""

from datetime import datetime

from torg.crisis.models import Incident, StandingSeat, TeamMember
from torg.crisis.types import SWITCH, TeamRole
from torg.people import commands as people
from torg.people import queries
from torg.people.models import Person, RoleAssignment, Scope
from torg.people.types import Permission, Role

# What somebody must be able to do in a place, and the narrowest role that lets them.
NEEDS = {TeamRole.ANSWERER: (Permission.ANSWER, Role.CASE_OFFICER)}
OTHERWISE = (Permission.READ, Role.CONTRIBUTOR)
STATES = (Permission.PUBLISH, Role.CONTRIBUTOR)


def seat(
    incident: Incident, person: Person, role: TeamRole, *, may_approve: bool, call_order: int, at: datetime
) -> TeamMember:
    """Give the person this place, or change the one they have."""
    held, _is_new = TeamMember.objects.update_or_create(
        incident=incident,
        person=person,
        until_at=None,
        defaults={"role": role, "may_approve": may_approve, "call_order": call_order},
        create_defaults={
            "role": role,
            "may_approve": may_approve,
            "call_order": call_order,
            "from_at": at,
        },
    )
    if held.lent is None:
        held.lent = _lend(incident, held, at=at)
        held.save(update_fields=["lent"])
    return held


def seat_standing(incident: Incident, *, at: datetime) -> None:
    """Those whom the plan names have their place from the first minute; whoever has left has none."""
    rows = StandingSeat.objects.filter(ended_at=None, person__left_at=None).select_related("person")
    for row in rows.order_by("call_order", "id"):
        role = TeamRole(row.role)
        seat(incident, row.person, role, may_approve=row.may_approve, call_order=row.call_order, at=at)


def end(member: TeamMember, *, at: datetime) -> None:
    """End the place, and with it the role that was lent."""
    member.until_at = at
    member.save(update_fields=["until_at"])
    if member.lent is not None and member.lent.until_at is None:
        people.end_role(assignment_id=member.lent.public_id, by=SWITCH, at=at)


def end_all(incident: Incident, *, at: datetime) -> None:
    """Everyone goes home."""
    for member in incident.members.filter(until_at=None).select_related("lent__person"):
        end(member, at=at)


def _lend(incident: Incident, member: TeamMember, *, at: datetime) -> RoleAssignment | None:
    """The narrowest role that lets them do it; none in an exercise, where the place itself is enough."""
    if incident.is_exercise:
        return None
    permission, role = NEEDS.get(TeamRole(member.role), STATES if member.may_approve else OTHERWISE)
    if queries.may(member.person, permission, scope_id=incident.scope_id, at=at):
        return None
    scope = Scope.objects.get(id=incident.scope_id)
    return people.give_role(person=member.person, role=role, scope=scope, by=SWITCH, at=at)
