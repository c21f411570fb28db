"""What must end when somebody leaves: a list of tasks, each ticked by a person."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from torg.audit import commands as audit
from torg.core.actors import Rule
from torg.core.errors import InvalidTransition
from torg.oversight import events, letters, queries
from torg.oversight.models import AccessTask
from torg.oversight.types import LEAVERS, TaskKind
from torg.people import commands as people
from torg.people import policies
from torg.people.models import Person, RoleAssignment
from torg.registry import commands as registry


@transaction.atomic
def note_leavers(*, at: datetime, by: Rule = LEAVERS) -> int:
    """Make a task of every access that somebody who has left still has; returns how many are new.

    Somebody has left who is recorded so here, or whose employment has ended by the list of employees. It can run as
    often as one likes; a task that is there is not made again.
    """
    count = 0
    for task in _missing(at):
        task.save()
        audit.record(
            events.ACCESS_TASK_MADE,
            actor=by,
            scope=task.scope_id,
            target=task,
            at=at,
            facts={"kind": task.kind},
        )
        letters.tell_of_leaver(task, at=at)
        count += 1
    return count


@transaction.atomic
def tick_access_task(*, task_id: UUID, by: Person, at: datetime) -> AccessTask:
    """Confirm that an access has ended: on the platform it was done by hand, here it is done now.

    Raises NotFound outside what `by` sees, NotAllowed without the right to end that access, InvalidTransition when it
    is done.
    """
    task = queries.task_or_absent(by, task_id, at=at)
    if task.done_at is not None:
        raise InvalidTransition(_("This is done already."))
    policies.check_may(by, queries.NEEDED_TO_END[TaskKind(task.kind)], scope_id=task.scope_id, at=at)
    _end(task, by, at)
    task.done_at, task.done_by = at, by
    task.save(update_fields=["done_at", "done_by"])
    facts = {"kind": task.kind}
    audit.record(events.ACCESS_TASK_DONE, actor=by, scope=task.scope_id, target=task, at=at, facts=facts)
    return task


def _end(task: AccessTask, by: Person, at: datetime) -> None:
    """End what is still there; somebody may have been faster."""
    if task.administration is not None and task.administration.ended_at is None:
        presence, person = task.administration.presence, task.administration.person
        registry.end_administration(presence_id=presence.public_id, person=person, by=by, at=at)
    if task.member is not None and task.member.ended_at is None:
        task.member.ended_at, task.member.ended_by = at, by
        task.member.save(update_fields=["ended_at", "ended_by"])
    if task.assignment is not None and RoleAssignment.objects.in_force(at).filter(pk=task.assignment.pk).exists():
        people.end_role(assignment_id=task.assignment.public_id, by=by, at=at)
    if task.kind == TaskKind.LOGIN and task.person is not None and task.person.left_at is None:
        people.record_departure(person_id=task.person.public_id, by=by, at=at)


def _missing(at: datetime) -> Iterator[AccessTask]:
    """Tasks that are not made yet, one for each access that a leaver still has."""
    gone = queries.people_gone(at)
    for administration in queries.administrations_of(gone).filter(access_task=None):
        scope_id = administration.presence.scope_id
        yield AccessTask(scope_id=scope_id, kind=TaskKind.PLATFORM, administration=administration, made_at=at)
    for member in queries.members_gone(at).filter(access_task=None):
        yield AccessTask(scope_id=member.scope_id, kind=TaskKind.GROUP, member=member, made_at=at)
    roles = RoleAssignment.objects.in_force(at).filter(person__in=gone, access_task=None)
    for assignment in roles.order_by("pk"):
        yield AccessTask(scope_id=assignment.scope_id, kind=TaskKind.ROLE, assignment=assignment, made_at=at)
    signing_in = gone.filter(Q(logins__is_active=True), left_at=None).distinct().order_by("pk")
    for person in signing_in.exclude(access_tasks__kind=TaskKind.LOGIN, access_tasks__done_at=None):
        yield AccessTask(kind=TaskKind.LOGIN, person=person, made_at=at)
