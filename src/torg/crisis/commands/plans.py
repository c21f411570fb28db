"""The municipality's own plan: checklists, and ticking them off."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.core.actors import Actor
from torg.core.errors import Invalid
from torg.crisis import audit, events, loading, policies
from torg.crisis.models import Checklist, CheckPoint, StandingSeat
from torg.crisis.types import Seat
from torg.people import queries as people
from torg.people.acting import person_or_none
from torg.people.models import Person

LONGEST = 300


@transaction.atomic
def set_checklist(*, title: str, points: Sequence[str], by: Actor, at: datetime) -> Checklist:
    """Write a checklist of the plan (tiltakskort); one of the same title gives way, and incidents keep what they had.

    Raises NotAllowed, Invalid without a title or points.
    """
    policies.check_can_keep_plan(by, at=at)
    kept = [point.strip()[:LONGEST] for point in points if point.strip()]
    if not title.strip() or not kept:
        raise Invalid(_("Give the checklist a title, and at least one point."), field="points")
    Checklist.objects.filter(title=title.strip(), ended_at=None).update(ended_at=at)
    row = Checklist.objects.create(title=title.strip()[:120], points=kept, made_by=person_or_none(by), made_at=at)
    audit.record(events.CHECKLIST_SET, row, by=by, at=at, points=len(kept))
    return row


@transaction.atomic
def end_checklist(*, checklist_id: UUID, by: Actor, at: datetime) -> Checklist:
    """Take a checklist out of the plan. Raises NotFound, NotAllowed."""
    policies.check_can_keep_plan(by, at=at)
    row: Checklist = loading.ended(Checklist.objects.all(), checklist_id, at=at)
    audit.record(events.CHECKLIST_ENDED, row, by=by, at=at)
    return row


@transaction.atomic
def set_standing_seat(*, seat: Seat, by: Actor, at: datetime) -> StandingSeat:
    """Give somebody a place in every incident from its first minute (beredskapsliste), or change it.

    Raises NotFound, NotAllowed, Invalid for somebody who has left.
    """
    policies.check_can_keep_plan(by, at=at)
    person = people.person_or_absent(seat.person)
    policies.check_works_here(person, at=at)
    StandingSeat.objects.filter(person=person, ended_at=None).update(ended_at=at)
    row = StandingSeat.objects.create(
        person=person, role=seat.role, may_approve=seat.may_approve, call_order=seat.call_order, made_at=at
    )
    facts: dict[str, int | str] = {"person": str(person.public_id), "role": seat.role}
    audit.record(events.STANDING_SET, row, by=by, at=at, approves=int(seat.may_approve), **facts)
    return row


@transaction.atomic
def end_standing_seat(*, standing_id: UUID, by: Actor, at: datetime) -> StandingSeat:
    """Take somebody off the list; places in incidents that run stay. Raises NotFound, NotAllowed."""
    policies.check_can_keep_plan(by, at=at)
    row: StandingSeat = loading.ended(StandingSeat.objects.all(), standing_id, at=at)
    audit.record(events.STANDING_ENDED, row, by=by, at=at)
    return row


@transaction.atomic
def tick(*, point_id: UUID, is_done: bool, by: Person, at: datetime) -> CheckPoint:
    """Tick a point off, or open it again; doing the same again changes nothing. Raises NotFound, NotAllowed."""
    point: CheckPoint = loading.part_for_change(CheckPoint.objects.all(), point_id, by=by, at=at)
    policies.check_takes_part(by, point.incident, at=at)
    if (point.done_at is not None) == is_done:
        return point
    point.done_at, point.done_by = (at, by) if is_done else (None, None)
    point.save(update_fields=["done_at", "done_by"])
    audit.record(
        events.TICKED if is_done else events.UNTICKED, point.incident, by=by, at=at, point=str(point.public_id)
    )
    return point
