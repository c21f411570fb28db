"""Who is in the team, and shifts that take over from each other."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.core.actors import Actor
from torg.core.errors import Invalid, InvalidTransition, NotAllowed
from torg.crisis import audit, events, loading, policies, queries, seating
from torg.crisis.models import HandOver, TeamMember
from torg.crisis.types import Seat
from torg.people import queries as people
from torg.people.models import Person


@transaction.atomic
def take_in(*, incident_id: UUID, seat: Seat, by: Actor, at: datetime) -> TeamMember:
    """Take somebody into the team, or change their place. Whoever has no role on the page is lent one for as long.

    Raises NotFound, NotAllowed, Invalid for somebody who has left.
    """
    incident = loading.incident_for_change(incident_id, by=by, at=at)
    policies.check_can_lead(by, incident, at=at)
    person = people.person_or_absent(seat.person)
    policies.check_works_here(person, at=at)
    member = seating.seat(incident, person, seat.role, may_approve=seat.may_approve, call_order=seat.call_order, at=at)
    approves = int(seat.may_approve)
    audit.record(events.SEATED, incident, by=by, at=at, person=str(person.public_id), role=seat.role, approves=approves)
    return member


@transaction.atomic
def let_go(*, member_id: UUID, by: Actor, at: datetime) -> TeamMember:
    """Let somebody leave the team; the owner stays until another owns it. Raises NotFound, NotAllowed, Invalid."""
    member: TeamMember = loading.part_for_change(TeamMember.objects.filter(until_at=None), member_id, by=by, at=at)
    policies.check_can_lead(by, member.incident, at=at)
    if member.person_id == member.incident.owner_id:
        raise Invalid(_("The owner cannot leave the team. Choose another owner first."))
    seating.end(member, at=at)
    audit.record(events.UNSEATED, member.incident, by=by, at=at, person=str(member.person.public_id))
    return member


@transaction.atomic
def hand_over(*, incident_id: UUID, to_person: UUID, text: str, by: Person, at: datetime) -> HandOver:
    """Hand one's shift over (vaktskifte): it is done when the other has confirmed.

    Raises NotFound, NotAllowed, Invalid without words or for somebody outside the team.
    """
    incident = loading.incident_for_change(incident_id, by=by, at=at)
    policies.check_takes_part(by, incident, at=at)
    receiver = people.person_or_absent(to_person)
    if receiver.pk == by.pk or not queries.seats_of(receiver, incident, at=at):
        raise Invalid(_("Choose somebody else in the team."), field="to_person")
    if not text.strip():
        raise Invalid(_("Write what the next shift must know."), field="text")
    handed = HandOver.objects.create(
        incident=incident, from_person=by, to_person=receiver, note=text.strip(), handed_at=at
    )
    audit.record(events.HANDED_OVER, incident, by=by, at=at, to=str(receiver.public_id))
    return handed


@transaction.atomic
def receive(*, hand_over_id: UUID, by: Person, at: datetime) -> HandOver:
    """Confirm that one has taken the shift over; an owner's incident is then the receiver's.

    Raises NotFound, NotAllowed for others than the receiver, InvalidTransition the second time.
    """
    handed: HandOver = loading.part_for_change(HandOver.objects.all(), hand_over_id, by=by, at=at)
    incident = handed.incident
    if handed.to_person_id != by.pk:
        raise NotAllowed(_("Only the one who takes over can confirm this."))
    if handed.received_at is not None:
        raise InvalidTransition(_("You have taken this shift over already."))
    handed.received_at = at
    handed.save(update_fields=["received_at"])
    if incident.owner_id == handed.from_person_id:
        incident.owner = by
        incident.save(update_fields=["owner"])
    audit.record(events.RECEIVED, incident, by=by, at=at, handed_by=str(handed.from_person.public_id))
    return handed
