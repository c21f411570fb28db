"""Applications to open a page: the list, the form, one application and its decision."""

from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from torg.core import clock
from torg.core.errors import NotFound
from torg.people import queries as people
from torg.people.access import StaffRequest, requires_everywhere, signed_in
from torg.people.types import Permission
from torg.registry import commands as registry
from torg.registry import forms, queries
from torg.registry.models import Application
from torg.registry.views.sheet import Context
from torg.registry.words import ApplicationState
from torg.ui import respond

PAGE = "registry/application.html"


@signed_in
@require_GET
def applications(request: StaffRequest) -> HttpResponse:
    """What the person has applied for, and for those who decide: all that waits."""
    rows = queries.applications_for(request.person, at=clock.now()).select_related("unit", "sent_by", "presence")
    found = list(rows)
    context = {
        "waiting": [one for one in found if one.state == ApplicationState.SENT],
        "ended": [one for one in found if one.state != ApplicationState.SENT],
    }
    return respond.respond(request, "registry/applications.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def apply(request: StaffRequest) -> HttpResponse:
    """Apply to open a page, with the figures that speak for the main page beside the form."""
    at = clock.now()
    form = forms.ApplicationForm(request.POST or None, initial={"owner": request.person.public_id})
    context = {"form": form, "advice": queries.advice(at=at)}
    if request.method == "GET" or not form.is_valid():
        return respond.respond(request, "registry/apply.html", context, status=422 if form.errors else 200)
    respond.redraw_on_refusal(request, "registry/apply.html", context, form=form)
    sent = registry.apply(wish=form.wish(), by=request.person, at=at)
    said = _("The application is sent. The information officer decides, and you see the answer here.")
    return respond.done(request, to=reverse("registry:application", args=[sent.public_id]), toast=said)


@signed_in
@require_GET
def application(request: StaffRequest, application_id: UUID) -> HttpResponse:
    """One application, and the decision or the way to it."""
    at = clock.now()
    return respond.respond(request, PAGE, _asked(request, _found(request, application_id, at), at))


@requires_everywhere(Permission.MANAGE_PRESENCE)
@require_POST
def approval(request: StaffRequest, application_id: UUID) -> HttpResponse:
    """Approve."""
    at, form = clock.now(), forms.ApprovalForm(request.POST)
    context = {**_asked(request, _found(request, application_id, at), at), "approval_form": form}
    if not form.is_valid():
        return respond.respond(request, PAGE, context, status=422)
    respond.redraw_on_refusal(request, PAGE, context, form=form)
    decided = registry.approve_application(
        application_id=application_id, reasons=form.cleaned_data["reasons"], by=request.person, at=at
    )
    opened = decided.presence
    to = reverse("registry:presence", args=[opened.public_id]) if opened else _page(application_id)
    return respond.done(request, to=to, toast=_("Approved. The page is registered, with a list of what comes next."))


@requires_everywhere(Permission.MANAGE_PRESENCE)
@require_POST
def refusal(request: StaffRequest, application_id: UUID) -> HttpResponse:
    """Refuse, with reasons."""
    at, form = clock.now(), forms.RefusalForm(request.POST)
    context = {**_asked(request, _found(request, application_id, at), at), "refusal_form": form}
    if not form.is_valid():
        return respond.respond(request, PAGE, context, status=422)
    respond.redraw_on_refusal(request, PAGE, context, form=form)
    registry.refuse_application(application_id=application_id, **form.cleaned_data, by=request.person, at=at)
    return respond.done(request, to=_page(application_id), toast=_("Refused. Whoever applied sees the reasons here."))


@signed_in
@require_POST
def withdrawal(request: StaffRequest, application_id: UUID) -> HttpResponse:
    """Withdraw what one has applied for."""
    registry.withdraw_application(application_id=application_id, by=request.person, at=clock.now())
    return respond.done(request, to=_page(application_id), toast=_("The application is withdrawn."))


def _found(request: StaffRequest, application_id: UUID, at: datetime) -> Application:
    rows = queries.applications_for(request.person, at=at)
    related = rows.select_related("unit", "owner", "sent_by", "decided_by", "presence")
    found: Application | None = related.filter(public_id=application_id).first()
    if found is None:
        raise NotFound(_("There is no such application here."))
    return found


def _asked(request: StaffRequest, shown: Application, at: datetime) -> Context:
    is_waiting = shown.state == ApplicationState.SENT
    is_own = shown.sent_by_id == request.person.pk
    decides = is_waiting and people.may(request.person, Permission.MANAGE_PRESENCE, scope_id=None, at=at)
    seen = queries.presences_for(request.person, at=at)
    return {
        "application": shown,
        "opened": seen.filter(pk=shown.presence_id).first() if shown.presence_id else None,
        "is_own": is_own,
        "can_decide": decides and not is_own,
        "waits_for_another": decides and is_own,
        "can_withdraw": is_waiting and is_own,
        "advice": queries.advice(at=at) if is_waiting else None,
        "approval_form": forms.ApprovalForm(),
        "refusal_form": forms.RefusalForm(),
    }


def _page(application_id: UUID) -> str:
    return reverse("registry:application", args=[application_id])
