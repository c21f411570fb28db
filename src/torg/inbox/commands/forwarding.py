"""Handing on: to a unit for its answer, to case handling, to colleagues at the end of the day."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.core.errors import Invalid, InvalidTransition, NotAllowed, NotFound
from torg.inbox import audit, canned, events, loading, policies, queries
from torg.inbox.models import CaseGuide, CaseReferral, Draft, Enquiry, Forwarding, HandOver, HandOverLine
from torg.inbox.types import AnswerKind, Change, ForwardingKind, ForwardingState
from torg.people import notifying
from torg.people import queries as people
from torg.people.models import Person
from torg.people.types import NotificationKind, Permission


@transaction.atomic
def forward(
    *,
    enquiry_id: UUID,
    kind: ForwardingKind,
    to_unit: UUID,
    question: str,
    follow_up_at: datetime,
    by: Person,
    at: datetime,
) -> Forwarding:
    """Ask a unit about a factual error, a claim or a question (videresende), and follow it up at a given time.

    Raises NotAllowed, NotFound for the unit, Invalid without a question or with a time that has passed.
    """
    enquiry = loading.enquiry_for_change(enquiry_id=enquiry_id, by=by, at=at)
    policies.check_can_handle(by, scope_id=enquiry.scope_id, at=at)
    if not question.strip():
        raise Invalid(_("Say what the unit should look at."), field="question")
    if follow_up_at <= at:
        raise Invalid(_("Choose a time that lies ahead."), field="follow_up_at")
    forwarding = Forwarding.objects.create(
        scope_id=enquiry.scope_id,
        enquiry=enquiry,
        kind=kind,
        unit=queries.unit_or_absent(to_unit),
        question=question.strip(),
        follow_up_at=follow_up_at,
        forwarded_by=by,
        forwarded_at=at,
    )
    loading.save(enquiry, Change.NOTE)
    facts = {"kind": kind.value, "unit": str(to_unit)}
    audit.record(events.FORWARDED, actor=by, scope=enquiry.scope_id, target=forwarding, at=at, facts=facts)
    return forwarding


@transaction.atomic
def answer_forwarding(*, forwarding_id: UUID, reply: str, by: Person, at: datetime) -> Forwarding:
    """The unit's answer to what was forwarded; from one of the unit's people, or noted by whoever handles it.

    Raises NotAllowed, NotFound, Invalid for an empty answer, InvalidTransition when it is answered.
    """
    forwarding = queries.forwarding_for(by, forwarding_id, at=at)
    if forwarding is None:
        raise NotFound(_("There is no such forwarding."))
    if by.unit_id != forwarding.unit_id and not people.may(by, Permission.HANDLE, scope_id=forwarding.scope_id, at=at):
        raise NotAllowed(_("The unit that was asked answers this."))
    if forwarding.state == ForwardingState.ANSWERED:
        raise InvalidTransition(_("The unit has answered already."))
    if not reply.strip():
        raise Invalid(_("Write the answer first."), field="reply")
    forwarding.state, forwarding.reply = ForwardingState.ANSWERED, reply.strip()
    forwarding.replied_by, forwarding.replied_at = by, at
    forwarding.save()
    loading.save(Enquiry.objects.select_for_update().get(pk=forwarding.enquiry_id), Change.NOTE)
    audit.record(events.FORWARDING_ANSWERED, actor=by, scope=forwarding.scope_id, target=forwarding, at=at)
    return forwarding


@transaction.atomic
def refer_case(*, enquiry_id: UUID, guide_id: UUID, by: Person, at: datetime) -> Draft:
    """Show the way to case handling (strategy F8): registers it, and lays a ready answer with where to apply.

    The person looks at the draft and sends it as any answer. Raises NotAllowed, NotFound for the guide.
    """
    enquiry = loading.enquiry_for_change(enquiry_id=enquiry_id, by=by, at=at)
    policies.check_can_submit(by, scope_id=enquiry.scope_id, at=at)
    guide = CaseGuide.objects.filter(public_id=guide_id, retired_at=None).first()
    if guide is None:
        raise NotFound(_("There is no such guide. It may have been retired."))
    referral = CaseReferral.objects.create(
        scope_id=enquiry.scope_id, enquiry=enquiry, guide=guide, referred_by=by, referred_at=at
    )
    values = queries.canned_values(enquiry, by=by, link=guide.link, at=at)
    draft, _is_new = Draft.objects.get_or_create(
        enquiry=enquiry, person=by, defaults={"scope_id": enquiry.scope_id, "saved_at": at}
    )
    draft.text, draft.kind, draft.saved_at = canned.fill(guide.text, values), _usual_kind(enquiry, at), at
    draft.version += 1
    draft.save()
    enquiry.needs_case_handling = True
    loading.save(enquiry, Change.MARKED)
    facts = {"guide": str(guide.public_id)}
    audit.record(events.CASE_REFERRED, actor=by, scope=enquiry.scope_id, target=referral, at=at, facts=facts)
    return draft


@transaction.atomic
def hand_over(
    *,
    enquiry_ids: Sequence[UUID],
    to_person: UUID | None = None,
    to_unit: UUID | None = None,
    note: str = "",
    by: Person,
    at: datetime,
) -> HandOver:
    """Hand the day over: what is open goes to a colleague or a unit, with a note (overlevering).

    Raises NotAllowed, NotFound, Invalid without exactly one receiver, or for one who cannot see all of it.
    """
    if (to_person is None) == (to_unit is None):
        raise Invalid(_("Choose one person or one unit."), field="to_person")
    receiver = Person.objects.filter(public_id=to_person, left_at=None).first() if to_person else None
    unit = queries.unit_or_absent(to_unit) if to_unit else None
    if to_person and receiver is None:
        raise NotFound(_("There is no such person here."))
    over = HandOver.objects.create(handed_by=by, to_person=receiver, to_unit=unit, note=note.strip(), handed_at=at)
    for enquiry_id in sorted(enquiry_ids):
        enquiry = loading.enquiry_for_change(enquiry_id=enquiry_id, by=by, at=at)
        policies.check_can_handle(by, scope_id=enquiry.scope_id, at=at)
        if receiver and not people.may(receiver, Permission.READ, scope_id=enquiry.scope_id, at=at):
            raise Invalid(_("That person cannot see all of it. Choose somebody who has a role on the pages."))
        enquiry.assignee = receiver
        enquiry.unit = unit or enquiry.unit
        HandOverLine.objects.create(hand_over=over, enquiry=enquiry, scope_id=enquiry.scope_id, due_at=enquiry.due_at)
        loading.save(enquiry, Change.ASSIGNED)
    facts: dict[str, int | str] = {"enquiries": len(enquiry_ids), "to": str(to_person or to_unit)}
    audit.record(events.HANDED_OVER, actor=by, scope=None, target=over, at=at, facts=facts)
    if receiver is not None:
        notifying.tell([receiver], NotificationKind.HANDED_OVER, path="/desk/", key=str(over.public_id), at=at)
    return over


@transaction.atomic
def read_hand_over(*, hand_over_id: UUID, by: Person, at: datetime) -> HandOver:
    """Say that one has read what was handed over. Raises NotFound for others than its receivers."""
    over = queries.hand_overs_for(by).select_for_update(of=("self",)).filter(public_id=hand_over_id).first()
    if over is None:
        raise NotFound(_("There is no such hand-over."))
    over.read_at = over.read_at or at
    over.save(update_fields=["read_at"])
    audit.record(events.HAND_OVER_READ, actor=by, scope=None, target=over, at=at)
    return over


def _usual_kind(enquiry: Enquiry, at: datetime) -> AnswerKind:
    return queries.usual_way(enquiry, at=at).kind
