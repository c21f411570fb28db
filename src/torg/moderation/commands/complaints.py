"""Receive a complaint, talk with the author, let a third person decide it, and bring back what should have stood."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.core import jobs
from torg.core.actors import Actor, Rule
from torg.core.errors import Invalid, InvalidTransition, NotFound
from torg.moderation import audit, complaining, events, policies, queries
from torg.moderation.complaining import Verdict
from torg.moderation.loading import a_person, decision_for_change
from torg.moderation.models import (
    Complaint,
    ComplaintMessage,
    ComplaintState,
    Decision,
    Notice,
    Restoration,
    Way,
)
from torg.outbox.types import Sent
from torg.people.models import Person

LONGEST_TEXT = 20_000
# The author at the other end of the secret link, who has no account here.
AUTHOR = Rule("moderation.author", "1")
OUTCOMES = Rule("moderation.complaint-outcomes", "1")
# What the outbox' last states mean here: what the platform will not do, somebody does in the app.
ENDS = {"CONFIRMED": Restoration.DONE, "REFUSED": Restoration.BY_HAND, "FAILED": Restoration.BY_HAND}


@transaction.atomic
def complain(*, secret: str, text: str, email: str, by: Actor, at: datetime) -> Complaint:
    """The author complains by the link in the notice, or writes more in a complaint that stands (strategy B6).

    After the last day it is received all the same, and marked late: whoever decides says what follows.

    Args:
        secret: the last part of the link.
        text: what the author says, at most 20,000 characters.
        email: where the author wants to hear; may be empty, the link shows everything.

    Raises:
        NotFound: no notice has this secret.
        Invalid: nothing was written, or too much.
        InvalidTransition: the complaint is decided.
    """
    notice = _notice_for_change(secret)
    written = _checked(text)
    complaint = _of(notice.decision)
    if complaint is None:
        complaint = _begin(notice, Way.FORM, email=email, at=at)
        told = events.COMPLAINT_RECEIVED
    else:
        if complaint.state == ComplaintState.DECIDED:
            raise InvalidTransition(_("Your complaint is decided. The answer stands on this page."))
        told = events.COMPLAINT_CONTINUED
    complaint.move_to(ComplaintState.WAITING)
    complaint.save()
    _say(complaint, written, by=None, at=at)
    audit.record(told, actor=by, scope=complaint.scope_id, target=complaint, at=at)
    return complaint


@transaction.atomic
def enter_complaint(*, decision_id: UUID, text: str, email: str, by: Person, at: datetime) -> Complaint:
    """Write in a complaint that came by letter, by e-mail or over the counter.

    Raises NotAllowed, NotFound, Invalid, InvalidTransition when there is a complaint already.
    """
    person = a_person(by)
    decision = decision_for_change(decision_id, by=by, at=at)
    policies.check_can_take_part(person, scope_id=decision.scope_id, at=at)
    if _of(decision) is not None:
        raise InvalidTransition(_("There is a complaint over this decision already. Open it, and write it in there."))
    written = _checked(text)
    complaint = _begin(Notice.objects.get(decision=decision), Way.LETTER, email=email, at=at)
    complaint.save()
    _say(complaint, written, by=None, at=at)
    audit.record(events.COMPLAINT_ENTERED, actor=by, scope=complaint.scope_id, target=complaint, at=at)
    return complaint


@transaction.atomic
def take_back(*, secret: str, by: Actor, at: datetime) -> Complaint:
    """The author takes the complaint back. Raises NotFound, InvalidTransition."""
    complaint = _of(_notice_for_change(secret).decision)
    if complaint is None:
        raise NotFound(_("There is no complaint to take back."))
    complaint.move_to(ComplaintState.WITHDRAWN)
    complaint.save()
    audit.record(events.COMPLAINT_TAKEN_BACK, actor=by, scope=complaint.scope_id, target=complaint, at=at)
    return complaint


@transaction.atomic
def assign_complaint(*, complaint_id: UUID, person_id: UUID, by: Person, at: datetime) -> Complaint:
    """Give the complaint to somebody by name; a guest without a role here gets to see this one complaint.

    Raises NotAllowed, NotFound, InvalidTransition; Invalid for one who took part in the decision.
    """
    complaint = _for_change(complaint_id, by=a_person(by), at=at)
    policies.check_can_assign(by, complaint, at=at)
    policies.check_open_complaint(complaint)
    person = Person.objects.filter(public_id=person_id, left_at=None).first()
    if person is None:
        raise NotFound(_("There is no such person."))
    if person.pk in complaint.took_part:
        raise Invalid(_("This person took part in the decision. Choose somebody else."), field="person")
    complaint.assigned_to = person
    complaint.save()
    audit.record(events.COMPLAINT_ASSIGNED, actor=by, scope=complaint.scope_id, target=complaint, at=at)
    return complaint


@transaction.atomic
def ask_author(*, complaint_id: UUID, text: str, by: Person, at: datetime) -> Complaint:
    """Ask or tell the author something before deciding: a complaint is a talk, not one shot.

    Raises NotAllowed, NotFound, Invalid, InvalidTransition.
    """
    complaint = _for_change(complaint_id, by=a_person(by), at=at)
    policies.check_can_judge(by, complaint, at=at)
    complaint.move_to(ComplaintState.ASKED)
    written = _checked(text)
    complaint.save()
    _write_to_author(complaint)
    _say(complaint, written, by=by, at=at)
    audit.record(events.COMPLAINT_ASKED, actor=by, scope=complaint.scope_id, target=complaint, at=at)
    return complaint


@transaction.atomic
def decide_complaint(*, complaint_id: UUID, verdict: Verdict, by: Person, at: datetime) -> Complaint:
    """Decide a complaint, as somebody who took no part in what it is about; what was wrong to hide is shown again.

    Raises:
        NotAllowed: one of the two who decided, whoever hid it, one who is partial, or without the right to.
        NotFound: absent or out of sight.
        Invalid: without reasons, or by somebody who is partial.
        InvalidTransition: decided or taken back already.
    """
    complaint = _for_change(complaint_id, by=a_person(by), at=at)
    policies.check_can_judge(by, complaint, at=at)
    if not verdict.is_impartial:
        raise Invalid(_("Somebody who is partial cannot decide. Assign the complaint."), field="is_impartial")
    if not verdict.reasons.strip():
        raise Invalid(_("Write the reasons: the author reads them."), field="reasons")
    complaint.move_to(ComplaintState.DECIDED)
    complaint.outcome, complaint.reasons, complaint.lesson = verdict.outcome, verdict.reasons, verdict.lesson
    complaint.decided_by, complaint.decided_at = by, at
    if verdict.gives_back_text:
        complaint.restoration = complaining.bring_back(complaint, complaint.decision.case.item, at=at)
    if verdict.gives_back_access:
        complaining.let_in_again(complaint, at=at)
    _write_to_author(complaint)
    facts = {"outcome": verdict.outcome.value, "restoration": complaint.restoration}
    complaint.save()
    audit.record(events.COMPLAINT_DECIDED, actor=by, scope=complaint.scope_id, target=complaint, at=at, facts=facts)
    return complaint


@transaction.atomic
def mark_restored(*, complaint_id: UUID, by: Person, at: datetime) -> Complaint:
    """Say that the text was shown again by hand in the app. Raises NotAllowed, NotFound, InvalidTransition."""
    complaint = _for_change(complaint_id, by=a_person(by), at=at)
    policies.check_can_assign(by, complaint, at=at)
    if complaint.restoration not in (Restoration.BY_HAND, Restoration.ON_ITS_WAY):
        raise InvalidTransition(_("There is nothing to show again."))
    complaint.restoration, complaint.restored_at = Restoration.DONE, at
    complaint.save()
    audit.record(events.COMPLAINT_RESTORED, actor=by, scope=complaint.scope_id, target=complaint, at=at)
    return complaint


@transaction.atomic
def note_restoration(*, subject_id: UUID, act: Sent, at: datetime, by: Actor = OUTCOMES) -> None:
    """What the platform answered when the text was to be shown again; called with the outbox' own change."""
    complaint = Complaint.objects.select_for_update(of=("self",)).get(public_id=subject_id)
    if complaint.restoration != Restoration.ON_ITS_WAY or act.state not in ENDS:
        return
    complaint.restoration = ENDS[act.state]
    complaint.restored_at = at if complaint.restoration == Restoration.DONE else None
    complaint.save()
    facts = {"restoration": complaint.restoration}
    audit.record(events.COMPLAINT_RESTORED, actor=by, scope=complaint.scope_id, target=complaint, at=at, facts=facts)


def _write_to_author(complaint: Complaint) -> None:
    """Say by e-mail that there is news, where the author wants to hear."""
    if complaint.email:
        jobs.enqueue("moderation.tell_complainant", complaint_id=str(complaint.public_id))


def _notice_for_change(secret: str) -> Notice:
    found = queries.notice_by_secret(secret)
    rows = Notice.objects.select_related("decision__agreement").select_for_update(of=("self",))
    locked: Notice = rows.get(pk=found.pk)
    return locked


def _of(decision: Decision) -> Complaint | None:
    rows = Complaint.objects.select_related("decision").select_for_update(of=("self",))
    found: Complaint | None = rows.filter(decision=decision).first()
    return found


def _for_change(complaint_id: UUID, *, by: Person, at: datetime) -> Complaint:
    seen = queries.complaint_or_absent(complaint_id, person=by, at=at)
    locked: Complaint = Complaint.objects.select_for_update(of=("self",)).get(pk=seen.pk)
    locked.decision = seen.decision
    return locked


def _checked(text: str) -> str:
    written = text.replace("\x00", "").strip()
    if not written:
        raise Invalid(_("Write what you think is wrong."), field="text")
    if len(written) > LONGEST_TEXT:
        raise Invalid(_("This is too long. Write at most 20,000 characters."), field="text")
    return written


def _begin(notice: Notice, way: Way, *, email: str, at: datetime) -> Complaint:
    agreement = notice.decision.agreement
    return Complaint(
        scope_id=notice.scope_id,
        decision=notice.decision,
        way=way,
        email=email,
        language=notice.language,
        received_at=at,
        is_late=complaining.is_late(notice.complain_by, at),
        decide_by=at + complaining.DECIDED_WITHIN,
        proposed_by_id=agreement.proposed_by_id,
        agreed_by_id=agreement.agreed_by_id,
    )


def _say(complaint: Complaint, text: str, *, by: Person | None, at: datetime) -> None:
    ComplaintMessage.objects.create(complaint=complaint, written_by=by, text=text, written_at=at)
