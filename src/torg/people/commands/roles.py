"""Giving and ending roles. The right to agree to deletions is given by two people."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.audit import commands as audit
from torg.core import jobs
from torg.core.actors import Actor
from torg.core.errors import Invalid, InvalidTransition, NotAllowed
from torg.people import events, policies, queries
from torg.people.acting import person_or_none
from torg.people.models import Person, RoleAssignment, Scope
from torg.people.types import ROLE_PERMISSIONS, Permission, Role


@transaction.atomic
def give_role(
    *, person: Person, role: Role, scope: Scope | None, by: Actor, at: datetime, until: datetime | None = None
) -> RoleAssignment:
    """Give a person a role, in one scope or (None) in all that are not secret, from now and until a moment.

    A role with the right to agree to deletions waits for a second person when a person gives it (strategy B3);
    an operator at the server gives it at once, because somebody must be first.

    Raises NotAllowed without the right to manage people, Invalid when the person has the role there already.
    """
    policies.check_may(by, Permission.MANAGE_PEOPLE, scope_id=scope.id if scope else None, at=at)
    if person.left_at is not None and person.left_at <= at:
        raise Invalid(_("This person has left, and cannot get a role."), field="person")
    if RoleAssignment.objects.filter(person=person, role=role, scope=scope, until_at=None).exists():
        raise Invalid(_("The person has this role already."), field="role")
    needs_agreement = isinstance(by, Person) and Permission.AGREE in ROLE_PERMISSIONS[role]
    assignment = RoleAssignment.objects.create(
        person=person,
        role=role,
        scope=scope,
        from_at=at,
        until_at=until,
        given_by=person_or_none(by),
        is_waiting=needs_agreement,
    )
    audit.record(
        events.ROLE_GIVEN,
        actor=by,
        scope=scope.id if scope else None,
        target=assignment,
        at=at,
        facts={"person": str(person.public_id), "role": role.value},
    )
    _announce(assignment)
    return assignment


@transaction.atomic
def agree_to_role(*, assignment_id: UUID, by: Actor, at: datetime) -> RoleAssignment:
    """Agree, as a second person, that somebody gets the right to agree to deletions.

    Raises NotAllowed for whoever gave it or gets it, for one who has the right only as stand-in for either of them, or
    without it; InvalidTransition when it does not wait.
    """
    assignment = queries.role_or_absent(assignment_id, lock=True)
    if not assignment.is_waiting:
        raise InvalidTransition(_("This role does not wait for anyone."))
    if isinstance(by, Person):
        policies.check_may(by, Permission.AGREE, scope_id=assignment.scope_id, at=at)
        involved = {assignment.given_by_id, assignment.person_id}
        if by.pk in involved or not queries.agrees_apart_from(by, involved, scope_id=assignment.scope_id, at=at):
            raise NotAllowed(_("Somebody else must agree: neither who gave the role nor who gets it can."))
        assignment.agreed_by = by
    assignment.is_waiting = False
    assignment.save(update_fields=["is_waiting", "agreed_by"])
    audit.record(events.ROLE_AGREED, actor=by, scope=assignment.scope_id, target=assignment, at=at)
    _announce(assignment)
    return assignment


@transaction.atomic
def end_role(*, assignment_id: UUID, by: Actor, at: datetime) -> RoleAssignment:
    """End a role now.

    Raises NotAllowed without the right to manage people, or when nobody would be left to run this.
    """
    assignment = queries.role_or_absent(assignment_id, lock=True)
    policies.check_may(by, Permission.MANAGE_PEOPLE, scope_id=assignment.scope_id, at=at)
    if assignment.until_at is not None and assignment.until_at <= at:
        raise InvalidTransition(_("This role has ended already."))
    if queries.is_last_editor(assignment.person, at=at) and assignment.scope_id is None and not assignment.is_waiting:
        raise NotAllowed(_("Name another information officer or deputy first; somebody must be able to run this."))
    assignment.until_at = at
    assignment.save(update_fields=["until_at"])
    audit.record(events.ROLE_ENDED, actor=by, scope=assignment.scope_id, target=assignment, at=at)
    return assignment


def _announce(assignment: RoleAssignment) -> None:
    # The right to agree to deletions is never given quietly (strategy B3).
    if Permission.AGREE in ROLE_PERMISSIONS[Role(assignment.role)]:
        jobs.enqueue("people.announce_role", assignment_id=str(assignment.public_id))
