"""What colleagues do with one enquiry."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from torg.core import clock
from torg.inbox import attendance, commands, forms, queries
from torg.inbox.types import AttendanceState, ClosedBecause, ForwardingKind, PromiseState
from torg.inbox.views import acting
from torg.people.access import StaffRequest, requires, signed_in
from torg.people.types import Permission
from torg.ui import respond


@requires(Permission.HANDLE)
@require_POST
def assignment(request: StaffRequest, enquiry_id: UUID) -> HttpResponse:
    """Give it to a person or a unit; the address of the way back says who had it before."""
    at = clock.now()
    values = acting.values(forms.AssignmentForm({**request.GET.dict(), **request.POST.dict()}))
    had_it = queries.enquiry_for(request.person, enquiry_id, at=at).assignee
    commands.assign(
        enquiry_id=enquiry_id, to_person=values["to_person"], to_unit=values["to_unit"], by=request.person, at=at
    )
    undo = f"{acting.address('assignment', enquiry_id)}?to_person={had_it.public_id if had_it else ''}"
    return acting.acted(request, enquiry_id, "actions", at=at, toast=respond.Toast(_("Assigned."), undo=undo))


@requires(Permission.HANDLE)
@require_POST
def labels(request: StaffRequest, enquiry_id: UUID) -> HttpResponse:
    """Put a label on, or take it off."""
    at = clock.now()
    values = acting.values(forms.LabelForm(request.POST))
    act = commands.unlabel if values["remove"] else commands.label
    act(enquiry_id=enquiry_id, label_id=values["label"], by=request.person, at=at)
    return acting.acted(request, enquiry_id, "actions", at=at, toast=_("The labels are changed."))


@requires(Permission.HANDLE)
@require_POST
def notes(request: StaffRequest, enquiry_id: UUID) -> HttpResponse:
    """Write a note."""
    at = clock.now()
    values = acting.values(forms.NoteForm(request.POST))
    commands.add_note(enquiry_id=enquiry_id, text=values["text"], by=request.person, at=at)
    return acting.acted(request, enquiry_id, "notes", at=at, toast=_("The note is saved."))


@requires(Permission.HANDLE)
@require_POST
def snooze(request: StaffRequest, enquiry_id: UUID) -> HttpResponse:
    """Put it aside until a moment."""
    at = clock.now()
    values = acting.values(forms.SnoozeForm(request.POST))
    commands.snooze(enquiry_id=enquiry_id, until=values["until"], by=request.person, at=at)
    undo = acting.address("reopening", enquiry_id)
    return acting.acted(request, enquiry_id, "actions", at=at, toast=respond.Toast(_("Put aside."), undo=undo))


@requires(Permission.HANDLE)
@require_POST
def closure(request: StaffRequest, enquiry_id: UUID) -> HttpResponse:
    """Close it."""
    at = clock.now()
    values = acting.values(forms.ClosureForm(request.POST))
    commands.close(enquiry_id=enquiry_id, because=ClosedBecause(values["because"]), by=request.person, at=at)
    undo = acting.address("reopening", enquiry_id)
    return acting.acted(request, enquiry_id, "actions", at=at, toast=respond.Toast(_("Closed."), undo=undo))


@requires(Permission.HANDLE)
@require_POST
def reopening(request: StaffRequest, enquiry_id: UUID) -> HttpResponse:
    """Open it again."""
    at = clock.now()
    commands.reopen(enquiry_id=enquiry_id, by=request.person, at=at)
    return acting.acted(request, enquiry_id, "actions", at=at, toast=_("Open again."))


@requires(Permission.HANDLE)
@require_POST
def question(request: StaffRequest, enquiry_id: UUID) -> HttpResponse:
    """Say that somebody asks here."""
    at = clock.now()
    commands.mark_as_question(enquiry_id=enquiry_id, by=request.person, at=at)
    return acting.acted(request, enquiry_id, "actions", at=at, toast=_("Marked as a question, with a deadline."))


@requires(Permission.HANDLE)
@require_POST
def move(request: StaffRequest, enquiry_id: UUID) -> HttpResponse:
    """Move it to another unit."""
    at = clock.now()
    values = acting.values(forms.MoveForm(request.POST))
    commands.move(enquiry_id=enquiry_id, to_unit=values["to_unit"], note=values["note"], by=request.person, at=at)
    return acting.acted(request, enquiry_id, "actions", at=at, toast=_("Moved."))


@requires(Permission.HANDLE)
@require_http_methods(["GET", "POST"])
def merge(request: StaffRequest, enquiry_id: UUID) -> HttpResponse:
    """Choose the enquiry to merge it into; then merge it, and go there."""
    at = clock.now()
    if request.method == "GET":
        enquiry, words = queries.enquiry_for(request.person, enquiry_id, at=at), request.GET.get("text", "")
        rows = queries.mergeable(request.person, enquiry, words=words, at=at)
        context = {"enquiry": enquiry, "rows": rows, "words": words, "at": at}
        return respond.respond(request, "inbox/merge.html", context)
    values = acting.values(forms.MergeForm(request.POST))
    target = commands.merge(enquiry_id=enquiry_id, into=values["into"], by=request.person, at=at)
    return respond.done(request, to=f"/desk/enquiries/{target.public_id}/", toast=_("Merged."))


@requires(Permission.HANDLE)
@require_POST
def promises(request: StaffRequest, enquiry_id: UUID) -> HttpResponse:
    """Remember a promise."""
    at = clock.now()
    values = acting.values(forms.PromiseForm(request.POST))
    commands.make_promise(enquiry_id=enquiry_id, on=values["on"], by=request.person, at=at)
    return acting.acted(request, enquiry_id, "actions", at=at, toast=_("You will be reminded."))


@requires(Permission.HANDLE)
@require_POST
def promise_state(request: StaffRequest, promise_id: UUID) -> HttpResponse:
    """Say that a promise was kept, or was none."""
    at = clock.now()
    values = acting.values(forms.PromiseStateForm(request.POST))
    promise = commands.settle_promise(
        promise_id=promise_id, state=PromiseState(values["state"]), by=request.person, at=at
    )
    return acting.acted(request, promise.enquiry.public_id, "actions", at=at, toast=_("The promise is settled."))


@requires(Permission.HANDLE)
@require_POST
def forwardings(request: StaffRequest, enquiry_id: UUID) -> HttpResponse:
    """Ask a unit."""
    at = clock.now()
    values = acting.values(forms.ForwardForm(request.POST))
    commands.forward(
        enquiry_id=enquiry_id,
        kind=ForwardingKind(values["kind"]),
        to_unit=values["to_unit"],
        question=values["question"],
        follow_up_at=values["follow_up_at"],
        by=request.person,
        at=at,
    )
    return acting.acted(request, enquiry_id, "actions", at=at, toast=_("The unit has been asked."))


@signed_in
@require_POST
def forwarding_reply(request: StaffRequest, forwarding_id: UUID) -> HttpResponse:
    """The unit's answer."""
    at = clock.now()
    values = acting.values(forms.ReplyForm(request.POST))
    answered = commands.answer_forwarding(forwarding_id=forwarding_id, reply=values["reply"], by=request.person, at=at)
    to = acting.back(request, answered.enquiry.public_id)
    return respond.done(request, to=to, toast=_("The answer is saved."))


@signed_in
@require_POST
def referral(request: StaffRequest, enquiry_id: UUID) -> HttpResponse:
    """Show the way to case handling: lays a ready answer."""
    at = clock.now()
    values = acting.values(forms.GuideForm(request.POST))
    commands.refer_case(enquiry_id=enquiry_id, guide_id=values["guide"], by=request.person, at=at)
    said = _("A ready answer is put in for you. Read it, then send.")
    return acting.acted(request, enquiry_id, "answering", at=at, toast=said)


@signed_in
@require_POST
def attending(request: StaffRequest, enquiry_id: UUID) -> HttpResponse:
    """Say that one is reading, writing, or has left; nothing of it is kept."""
    at = clock.now()
    state = acting.values(forms.AttendanceForm(request.POST))["state"]
    if state == "LEFT":
        attendance.leave(enquiry_id=enquiry_id, by=request.person, at=at)
    else:
        attendance.attend(enquiry_id=enquiry_id, state=AttendanceState(state), by=request.person, at=at)
    return HttpResponse(status=204)


@signed_in
@require_POST
def alarm(request: StaffRequest, alarm_id: UUID) -> HttpResponse:
    """Take an alarm over."""
    at = clock.now()
    taken = commands.acknowledge_alarm(alarm_id=alarm_id, by=request.person, at=at)
    return acting.acted(request, taken.enquiry.public_id, "actions", at=at, toast=_("You have taken the alarm over."))
