"""Calling the team out, and who confirms."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.core.actors import Actor
from torg.core.errors import Invalid
from torg.crisis import audit, calling, events, loading, policies
from torg.crisis.models import Called, CallOut
from torg.people.acting import person_or_none
from torg.people.models import Person
from torg.publishing.loading import found

LONGEST = 300


@transaction.atomic
def call_out(
    *, incident_id: UUID, text: str, people: Collection[UUID] | None = None, by: Actor, at: datetime
) -> CallOut:
    """Call the team out (utkalling), in the order of the call list: each by the first gateway that can reach them.

    Args:
        incident_id: which incident.
        text: what they need to know to come; the link to confirm by is added.
        people: some of the team; None for everyone.
        by: whoever leads.
        at: now.

    Raises NotFound, NotAllowed, Invalid without words or with nobody to call.
    """
    incident = loading.incident_for_change(incident_id, by=by, at=at)
    policies.check_can_lead(by, incident, at=at)
    members = incident.members.filter(until_at=None).select_related("person").order_by("call_order", "id")
    if people is not None:
        members = members.filter(person__public_id__in=people)
    if not text.strip() or not members:
        raise Invalid(_("Write what they need to know, and choose at least one person."), field="text")
    called_by = person_or_none(by)
    row = CallOut.objects.create(incident=incident, text=text.strip()[:LONGEST], called_by=called_by, called_at=at)
    calling.reach(Called.objects.bulk_create(Called(call_out=row, person=member.person) for member in members), at=at)
    audit.record(events.CALLED_OUT, incident, by=by, at=at, people=len(members))
    return row


@transaction.atomic
def confirm(*, called_id: UUID, by: Person | None, at: datetime) -> Called:
    """Say that one has got it and is coming; signed in, or by the signed link in the message (`by` is None then).

    Doing it again changes nothing. Raises NotFound, for somebody else's call too.
    """
    rows = Called.objects.select_related("call_out__incident", "person")
    called: Called = found(rows if by is None else rows.filter(person=by), called_id)
    if Called.objects.filter(pk=called.pk, confirmed_at=None).update(confirmed_at=at):
        called.confirmed_at = at
        audit.record(events.CONFIRMED, called.call_out.incident, by=called.person, at=at, called=str(called.public_id))
    return called
