"""What colleagues do with an enquiry among themselves: assign, label, note, put aside, close, open again."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.core.errors import Invalid, InvalidTransition, NotFound
from torg.dialogue.models import Item
from torg.inbox import audit, clocks, events, loading, policies, queries
from torg.inbox.models import Alarm, ClockFact, Enquiry, Label, Labelling, Note
from torg.inbox.types import Change, ClosedBecause, FactKind, WaitingFor
from torg.people import notifying
from torg.people import queries as people
from torg.people.models import Person
from torg.people.types import NotificationKind, Permission


@transaction.atomic
def assign(
    *,
    enquiry_id: UUID,
    to_person: UUID | None = None,
    to_unit: UUID | None = None,
    by: Person,
    at: datetime,
    parent: UUID | None = None,
) -> Enquiry:
    """Give an enquiry to a person, or to a unit's people together; neither means that it is nobody's.

    The answering unit stays the same: `move` changes that, and with it the deadline.

    Raises NotAllowed, Invalid when the receiver cannot see the page.
    """
    enquiry = loading.enquiry_for_change(enquiry_id=enquiry_id, by=by, at=at)
    policies.check_can_handle(by, scope_id=enquiry.scope_id, at=at)
    loading.check_not_merged(enquiry)
    enquiry.assignee = _receiver(to_person, enquiry, at=at)
    if to_unit is not None:
        enquiry.unit = queries.unit_or_absent(to_unit)
    loading.save(enquiry, Change.ASSIGNED)
    facts = {"to": str(to_person or to_unit or "nobody")}
    audit.record(events.ASSIGNED, actor=by, scope=enquiry.scope_id, target=enquiry, at=at, facts=facts, parent=parent)
    if enquiry.assignee is not None and enquiry.assignee != by:
        _tell(enquiry.assignee, enquiry, at=at)
    return enquiry


@transaction.atomic
def label(*, enquiry_id: UUID, label_id: UUID, by: Person, at: datetime, parent: UUID | None = None) -> Enquiry:
    """Put a label on; a label that is there already stays. Raises NotAllowed, NotFound for a retired label."""
    enquiry = loading.enquiry_for_change(enquiry_id=enquiry_id, by=by, at=at)
    policies.check_can_handle(by, scope_id=enquiry.scope_id, at=at)
    word = Label.objects.filter(public_id=label_id, retired_at=None).first()
    if word is None:
        raise NotFound(_("There is no such label. It may have been retired."))
    Labelling.objects.get_or_create(enquiry=enquiry, label=word, defaults={"by": by, "at": at})
    loading.save(enquiry, Change.LABELS)
    facts = {"label": str(word.public_id)}
    audit.record(events.LABELLED, actor=by, scope=enquiry.scope_id, target=enquiry, at=at, facts=facts, parent=parent)
    return enquiry


@transaction.atomic
def unlabel(*, enquiry_id: UUID, label_id: UUID, by: Person, at: datetime) -> Enquiry:
    """Take a label off. Raises NotAllowed."""
    enquiry = loading.enquiry_for_change(enquiry_id=enquiry_id, by=by, at=at)
    policies.check_can_handle(by, scope_id=enquiry.scope_id, at=at)
    Labelling.objects.filter(enquiry=enquiry, label__public_id=label_id).delete()
    loading.save(enquiry, Change.LABELS)
    facts = {"label": str(label_id)}
    audit.record(events.UNLABELLED, actor=by, scope=enquiry.scope_id, target=enquiry, at=at, facts=facts)
    return enquiry


@transaction.atomic
def add_note(*, enquiry_id: UUID, text: str, by: Person, at: datetime) -> Note:
    """Write a note to colleagues; it never stops the clock. Raises NotAllowed, Invalid for an empty one."""
    enquiry = loading.enquiry_for_change(enquiry_id=enquiry_id, by=by, at=at)
    policies.check_can_handle(by, scope_id=enquiry.scope_id, at=at)
    if not text.strip():
        raise Invalid(_("Write the note first."), field="text")
    note = Note.objects.create(
        scope_id=enquiry.scope_id, enquiry=enquiry, text=text.strip(), written_by=by, written_at=at
    )
    loading.save(enquiry, Change.NOTE)
    audit.record(events.NOTED, actor=by, scope=enquiry.scope_id, target=note, at=at)
    return note


@transaction.atomic
def snooze(*, enquiry_id: UUID, until: datetime, by: Person, at: datetime, parent: UUID | None = None) -> Enquiry:
    """Put an enquiry aside until a moment; the clock keeps running, so not past its deadline.

    Raises NotAllowed, InvalidTransition, Invalid for a time that has passed or that lies after the deadline.
    """
    enquiry = loading.enquiry_for_change(enquiry_id=enquiry_id, by=by, at=at)
    policies.check_can_handle(by, scope_id=enquiry.scope_id, at=at)
    loading.check_not_merged(enquiry)
    if until <= at:
        raise Invalid(_("Choose a time that lies ahead."), field="until")
    if enquiry.due_at is not None and until > enquiry.due_at:
        raise Invalid(_("The deadline comes before that. Choose an earlier time."), field="until")
    enquiry.snooze(until)
    loading.save(enquiry, Change.STATE)
    audit.record(events.SNOOZED, actor=by, scope=enquiry.scope_id, target=enquiry, at=at, parent=parent)
    return enquiry


@transaction.atomic
def close(*, enquiry_id: UUID, because: ClosedBecause, by: Person, at: datetime, parent: UUID | None = None) -> Enquiry:
    """Close an enquiry: it is answered, or needs no answer. A new question opens it again.

    Raises NotAllowed, InvalidTransition when it is closed already or an alarm is not taken over,
    Invalid when it is said to be answered and is not.
    """
    enquiry = loading.enquiry_for_change(enquiry_id=enquiry_id, by=by, at=at)
    policies.check_can_handle(by, scope_id=enquiry.scope_id, at=at)
    if because not in {ClosedBecause.ANSWERED, ClosedBecause.NO_ANSWER_NEEDED}:
        raise Invalid(_("Choose why it can be closed."), field="because")
    if because == ClosedBecause.ANSWERED and enquiry.first_unanswered_at is not None:
        raise Invalid(_("It has not been answered. Answer first, or say that no answer is needed."), field="because")
    if Alarm.objects.filter(enquiry=enquiry, acknowledged_at=None).exists():
        raise InvalidTransition(_("An alarm is not taken over yet. Take it over before you close."))
    enquiry.close(because, by=by, at=at)
    if because == ClosedBecause.NO_ANSWER_NEEDED:
        ClockFact.objects.create(enquiry=enquiry, kind=FactKind.CLOSED, at=at, known_at=at)
    clocks.settle([enquiry], at=at)
    enquiry.waiting_for = WaitingFor.THEM
    loading.save(enquiry, Change.STATE)
    facts = {"because": because.value}
    audit.record(events.CLOSED, actor=by, scope=enquiry.scope_id, target=enquiry, at=at, facts=facts, parent=parent)
    return enquiry


@transaction.atomic
def reopen(*, enquiry_id: UUID, by: Person, at: datetime) -> Enquiry:
    """Open a closed or snoozed enquiry again. A closed one gets a clock: from the start, if never answered.

    Raises NotAllowed, InvalidTransition when it is open or merged.
    """
    enquiry = loading.enquiry_for_change(enquiry_id=enquiry_id, by=by, at=at)
    policies.check_can_handle(by, scope_id=enquiry.scope_id, at=at)
    loading.check_not_merged(enquiry)
    was_closed = enquiry.closed_at is not None
    enquiry.open()
    if was_closed:
        ClockFact.objects.create(enquiry=enquiry, kind=FactKind.REOPENED, at=at, known_at=at, unit_id=enquiry.unit_id)
        clocks.settle([enquiry], at=at)
        enquiry.waiting_for = WaitingFor.US
    loading.save(enquiry, Change.STATE)
    audit.record(events.REOPENED, actor=by, scope=enquiry.scope_id, target=enquiry, at=at)
    return enquiry


@transaction.atomic
def mark_as_question(*, enquiry_id: UUID, by: Person, at: datetime) -> Enquiry:
    """Say that somebody asks here, where triage did not see it: the clock starts when it was written.

    Raises NotAllowed, Invalid when there is nothing that could be a question.
    """
    enquiry = loading.enquiry_for_change(enquiry_id=enquiry_id, by=by, at=at)
    policies.check_can_handle(by, scope_id=enquiry.scope_id, at=at)
    loading.check_not_merged(enquiry)
    newest = Item.objects.filter(thread=enquiry.thread, is_own=False).order_by("-posted_at", "-id").first()
    if newest is None:
        raise Invalid(_("There is nothing here that somebody else has written."))
    ClockFact.objects.get_or_create(
        enquiry=enquiry,
        kind=FactKind.ASKED,
        item_id=newest.pk,
        defaults={"at": newest.posted_at, "known_at": newest.received_at, "unit_id": enquiry.unit_id},
    )
    enquiry.is_question, enquiry.waiting_for = True, WaitingFor.US
    clocks.settle([enquiry], at=at)
    loading.save(enquiry, Change.MARKED)
    audit.record(events.QUESTION_MARKED, actor=by, scope=enquiry.scope_id, target=enquiry, at=at)
    return enquiry


def _tell(assignee: Person, enquiry: Enquiry, *, at: datetime) -> None:
    path, key = f"/desk/enquiries/{enquiry.public_id}/", f"{enquiry.public_id} {enquiry.version}"
    notifying.tell([assignee], NotificationKind.ASSIGNED, path=path, key=key, at=at)


def _receiver(person_id: UUID | None, enquiry: Enquiry, *, at: datetime) -> Person | None:
    if person_id is None:
        return None
    person = Person.objects.filter(public_id=person_id, left_at=None).first()
    if person is None or not people.may(person, Permission.READ, scope_id=enquiry.scope_id, at=at):
        raise Invalid(_("That person cannot see this page. Choose somebody who has a role here."), field="to_person")
    return person
