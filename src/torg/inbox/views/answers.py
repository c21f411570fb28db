"""Answering an enquiry."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from torg.core import clock
from torg.inbox import answering, commands, forms, promising, queries
from torg.inbox.types import AnswerKind, AnswerState, OfflineMeans, Reply
from torg.inbox.views import acting
from torg.people.access import StaffRequest, signed_in
from torg.ui import respond

PAGE = "inbox/answer.html"


@signed_in
@require_POST
def answer(request: StaffRequest, enquiry_id: UUID) -> HttpResponse:
    """Send an answer, or ask for approval of it; with something to confirm, the form comes back and says what."""
    at = clock.now()
    form = forms.AnswerForm(request.POST)
    context: dict[str, Any] = {**acting.sheet_context(request, enquiry_id, at=at), "form": form}
    if not form.is_valid():
        return respond.respond(request, PAGE, context, partial="form", status=422)
    respond.redraw_on_refusal(request, PAGE, context, form=form, partial="form")
    reply = form.reply()
    if form.cleaned_data["new_due_on"]:
        enquiry = context["sheet"].enquiry
        due_at, _remind_at = promising.times(form.cleaned_data["new_due_on"], enquiry, at=at)
        reply = replace(reply, new_due_at=due_at)
    written = commands.answer(enquiry_id=enquiry_id, reply=reply, by=request.person, at=at)
    said = (
        _("Your answer waits for approval.") if written.state == AnswerState.WAITING else _("The answer is on its way.")
    )
    undo = acting.address("withdrawal", written.public_id)
    return acting.acted(request, enquiry_id, "answering", at=at, toast=respond.Toast(said, undo=undo))


@signed_in
@require_POST
def check(request: StaffRequest, enquiry_id: UUID) -> HttpResponse:
    """What to look at in a text before it is sent; changes nothing."""
    at = clock.now()
    form = forms.CheckForm(request.POST)
    enquiry = queries.enquiry_for(request.person, enquiry_id, at=at)
    remarks = []
    if form.is_valid():
        reply = Reply(AnswerKind(form.cleaned_data["kind"]), form.cleaned_data["text"], enquiry.version)
        way = answering.way_for(enquiry, reply.kind, queries.newest_inbound(enquiry), at=at)
        remarks = answering.remarks_on(enquiry, reply, way, by=request.person, at=at)
    return respond.respond(request, "inbox/parts/checks.html", {"remarks": remarks, "is_asked": True})


@signed_in
@require_POST
def offline(request: StaffRequest, enquiry_id: UUID) -> HttpResponse:
    """Note an answer by phone, letter or in person."""
    at = clock.now()
    values = acting.values(forms.OfflineForm(request.POST))
    commands.answer_offline(
        enquiry_id=enquiry_id,
        means=OfflineMeans(values["means"]),
        text=values["text"],
        answered_at=values["answered_at"],
        by=request.person,
        at=at,
    )
    return acting.acted(request, enquiry_id, "answering", at=at, toast=_("The answer is noted."))


@signed_in
@require_POST
def approve(request: StaffRequest, answer_id: UUID) -> HttpResponse:
    """Approve a waiting answer."""
    at = clock.now()
    values = acting.values(forms.DecisionForm(request.POST))
    sent = commands.approve_answer(answer_id=answer_id, seen_version=values["seen_version"], by=request.person, at=at)
    return acting.acted(
        request, sent.enquiry.public_id, "answering", at=at, toast=_("The answer is approved and on its way.")
    )


@signed_in
@require_POST
def reject(request: StaffRequest, answer_id: UUID) -> HttpResponse:
    """Send a waiting answer back."""
    at = clock.now()
    values = acting.values(forms.RejectionForm(request.POST))
    back = commands.reject_answer(answer_id=answer_id, because=values["because"], by=request.person, at=at)
    return acting.acted(request, back.enquiry.public_id, "answering", at=at, toast=_("The answer is sent back."))


@signed_in
@require_POST
def withdraw(request: StaffRequest, answer_id: UUID) -> HttpResponse:
    """Take an answer back before it is sent."""
    at = clock.now()
    taken = commands.withdraw_answer(answer_id=answer_id, by=request.person, at=at)
    return acting.acted(request, taken.enquiry.public_id, "answering", at=at, toast=_("The answer was not sent."))


@signed_in
@require_POST
def retry(request: StaffRequest, answer_id: UUID) -> HttpResponse:
    """Try to send an answer again."""
    at = clock.now()
    again = commands.retry_answer(answer_id=answer_id, by=request.person, at=at)
    return acting.acted(request, again.enquiry.public_id, "answering", at=at, toast=_("We try again now."))


@signed_in
@require_POST
def settlement(request: StaffRequest, answer_id: UUID) -> HttpResponse:
    """Say what one found on the platform."""
    at = clock.now()
    found = acting.values(forms.SettlementForm(request.POST))["external_id"] or None
    settled = commands.settle_answer(answer_id=answer_id, external_id=found, by=request.person, at=at)
    return acting.acted(request, settled.enquiry.public_id, "answering", at=at, toast=_("Thank you, noted."))


@signed_in
@require_POST
def draft(request: StaffRequest, enquiry_id: UUID) -> HttpResponse:
    """Save what one is writing; answers with the draft's new version."""
    at = clock.now()
    values = acting.values(forms.DraftForm(request.POST))
    saved = commands.save_draft(
        enquiry_id=enquiry_id,
        text=values["text"],
        kind=AnswerKind(values["kind"]),
        version=values["version"],
        by=request.person,
        at=at,
    )
    return respond.done(
        request, to=acting.back(request, enquiry_id), template="inbox/parts/draft.html", context={"draft": saved}
    )


@signed_in
@require_POST
def discard_draft(request: StaffRequest, enquiry_id: UUID) -> HttpResponse:
    """Throw one's own draft away."""
    at = clock.now()
    commands.discard_draft(enquiry_id=enquiry_id, by=request.person, at=at)
    return acting.acted(request, enquiry_id, "answering", at=at, toast=_("The draft is gone."))
