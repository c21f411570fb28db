"""Complaints: the page behind the author's secret link, and the pages of those who decide."""

from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from torg.core import clock
from torg.moderation import addresses, commands, forms, policies, queries, telling
from torg.moderation.models import Complaint, ComplaintState, Notice
from torg.people import queries as people
from torg.people.access import StaffRequest, public, requires, signed_in
from torg.people.models import Person
from torg.people.types import Permission
from torg.ui import respond

BY_LINK = "whoever has the secret link from a notice is the author, who has no account here"


@public(BY_LINK)
@require_http_methods(["GET", "POST"])
def by_link(request: HttpRequest, secret: str) -> HttpResponse:
    """What was decided about the author's text, why, and the complaint over it with all that was said."""
    notice = _in_their_language(secret)
    told = _open_to_author(notice, secret)
    # Whoever has complained says more; what was wrong is asked once.
    form = (forms.MoreForm if told["complaint"] else forms.ComplaintForm)(request.POST or None)
    context = told | {"form": form}
    if not (form.is_bound and form.is_valid()):
        status = 422 if form.is_bound else 200
        return _unseen(respond.respond(request, "moderation/complaints/link.html", context, status=status))
    respond.redraw_on_refusal(request, "moderation/complaints/link.html", context, form=form)
    given = form.cleaned_data
    email = given.get("email", "")
    commands.complain(secret=secret, text=given["text"], email=email, by=commands.AUTHOR, at=clock.now())
    return _unseen(respond.done(request, to=reverse("complaints:link", args=[secret])))


@public(BY_LINK)
@require_POST
def withdrawal(request: HttpRequest, secret: str) -> HttpResponse:
    """The author takes the complaint back."""
    _in_their_language(secret)
    commands.take_back(secret=secret, by=commands.AUTHOR, at=clock.now())
    return _unseen(respond.done(request, to=reverse("complaints:link", args=[secret])))


@signed_in
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """Complaints that wait, and those that are finished."""
    at = clock.now()
    reached = queries.complaints_for(request.person, at=at)
    context = {
        "waiting": queries.open_complaints(request.person, at=at)[:200],
        "finished": reached.filter(state__in=(ComplaintState.DECIDED, ComplaintState.WITHDRAWN)).order_by(
            "-received_at"
        )[:100],
        "at": at,
    }
    return respond.respond(request, "moderation/complaints/index.html", context)


@signed_in
@require_GET
def complaint(request: StaffRequest, complaint_id: UUID) -> HttpResponse:
    """One complaint: what was decided, the exact notice, what was said, and what this person may do."""
    found = queries.complaint_or_absent(complaint_id, person=request.person, at=clock.now())
    context = _told(found, request.person) | forms.forms_for(found)
    return respond.respond(request, "moderation/complaints/complaint.html", context)


@signed_in
@require_POST
def message(request: StaffRequest, complaint_id: UUID) -> HttpResponse:
    """Ask or tell the author something."""
    at = clock.now()
    form = forms.MoreForm(request.POST)
    shown = _form_again(request, complaint_id, form, "more_form")
    if shown is not None:
        return shown
    commands.ask_author(complaint_id=complaint_id, text=form.cleaned_data["text"], by=request.person, at=at)
    return _done(request, complaint_id, _("The author sees it behind the link."))


@signed_in
@require_POST
def assignment(request: StaffRequest, complaint_id: UUID) -> HttpResponse:
    """Give the complaint to somebody."""
    at = clock.now()
    found = queries.complaint_or_absent(complaint_id, person=request.person, at=at)
    form = forms.AssignmentForm(request.POST, took_part=found.took_part)
    shown = _form_again(request, complaint_id, form, "assignment_form")
    if shown is not None:
        return shown
    person = form.cleaned_data["person"]
    commands.assign_complaint(complaint_id=complaint_id, person_id=person.public_id, by=request.person, at=at)
    return _done(request, complaint_id, _("%(name)s decides the complaint.") % {"name": person.name})


@signed_in
@require_POST
def verdict(request: StaffRequest, complaint_id: UUID) -> HttpResponse:
    """Decide the complaint."""
    found = queries.complaint_or_absent(complaint_id, person=request.person, at=clock.now())
    form = forms.VerdictForm(request.POST, decision=found.decision)
    shown = _form_again(request, complaint_id, form, "verdict_form")
    if shown is not None:
        return shown
    commands.decide_complaint(complaint_id=complaint_id, verdict=form.verdict(), by=request.person, at=clock.now())
    return _done(request, complaint_id, _("The complaint is decided. The author sees it behind the link."))


@signed_in
@require_POST
def restoration(request: StaffRequest, complaint_id: UUID) -> HttpResponse:
    """Tick that the text was shown again by hand."""
    commands.mark_restored(complaint_id=complaint_id, by=request.person, at=clock.now())
    return _done(request, complaint_id, _("Noted: the text is shown again."))


@requires(Permission.READ)
@require_http_methods(["GET", "POST"])
def by_letter(request: StaffRequest, decision_id: UUID) -> HttpResponse:
    """Write in a complaint that did not come by the link."""
    form = forms.LetterForm(request.POST or None)
    context = {"form": form, "decision": queries.decision_or_absent(decision_id, person=request.person, at=clock.now())}
    if not (form.is_bound and form.is_valid()):
        status = 422 if form.is_bound else 200
        return respond.respond(request, "moderation/complaints/letter.html", context, status=status)
    respond.redraw_on_refusal(request, "moderation/complaints/letter.html", context, form=form)
    given = form.cleaned_data
    made = commands.enter_complaint(
        decision_id=decision_id, text=given["text"], email=given["email"], by=request.person, at=clock.now()
    )
    return _done(request, made.public_id, _("The complaint is written in."))


def _in_their_language(secret: str) -> Notice:
    """The notice of the link; the page speaks the notice's language, refusals too."""
    notice = queries.notice_by_secret(secret)
    translation.activate(notice.language)
    return notice


def _open_to_author(notice: Notice, secret: str) -> dict[str, Any]:
    complaint = getattr(notice.decision, "complaint", None)
    said = complaint.messages.order_by("id") if complaint else ()
    reasons = telling.reasons_in_full(notice)
    return {"notice": notice, "reasons": reasons, "complaint": complaint, "said": said, "secret": secret}


def _told(found: Complaint, person: Person) -> dict[str, Any]:
    at, case = clock.now(), found.decision.case
    judges = found.is_open and policies.may_judge(person, found, at=at)
    return {
        "complaint": found,
        "decision": found.decision,
        "said": found.messages.select_related("written_by").order_by("id"),
        "may_judge": judges,
        "may_assign": judges or (found.is_open and policies.may_assign(person, found, at=at)),
        "may_open": people.may(person, Permission.OPEN_SENSITIVE, scope_id=found.scope_id, at=at),
        "took_part": person.pk in found.took_part,
        "around": queries.said_around(found),
        "case_address": addresses.of_case(case.public_id) if vars(found)["is_case_open"] else "",
        "at": at,
    }


def _form_again(request: StaffRequest, complaint_id: UUID, form: django_forms.Form, name: str) -> HttpResponse | None:
    """The page once more when the form is wrong; else arranges that a refusal shows it."""
    found = queries.complaint_or_absent(complaint_id, person=request.person, at=clock.now())
    context = _told(found, request.person) | forms.forms_for(found) | {name: form}
    if not form.is_valid():
        return respond.respond(request, "moderation/complaints/complaint.html", context, status=422)
    respond.redraw_on_refusal(request, "moderation/complaints/complaint.html", context, form=form)
    return None


def _done(request: HttpRequest, complaint_id: UUID, toast: str) -> HttpResponse:
    return respond.done(request, to=reverse("moderation:complaint", args=[complaint_id]), toast=toast)


def _unseen(answer: HttpResponse) -> HttpResponse:
    """The address is a secret: kept by no cache, given to no other page, found by no search engine."""
    answer.headers["Cache-Control"] = "private, no-store"
    # Not no-referrer: a browser would then say that the form comes from nowhere, and it would be refused.
    answer.headers["Referrer-Policy"] = "same-origin"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
