"""Closed and secret groups: the overview, members, reviews, and the file for inspection."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from torg.core import clock
from torg.oversight import commands, exporting, forms, queries
from torg.oversight.views import duties
from torg.people.access import StaffRequest, requires, requires_everywhere
from torg.people.types import Permission
from torg.ui import respond


@requires(Permission.READ)
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """The groups that one knows of; a secret one is there for its officer, its owner and their deputies only."""
    at = clock.now()
    context = {"groups": queries.groups(request.person, at=at), "can_export": duties.may_rule(request, at), "at": at}
    return respond.respond(request, "oversight/groups.html", context)


@requires_everywhere(Permission.MANAGE_PRESENCE)
@require_POST
def export(request: StaffRequest) -> HttpResponse:
    """The overview as a file for inspection; that it was taken out is in the log."""
    at = clock.now()
    taken = commands.export_groups(by=request.person, at=at)
    known = {group.presence.pk: group for group in queries.groups(request.person, at=at)}
    groups = [known[presence.pk] for presence in taken]
    is_pdf = request.POST.get("format") == "pdf"
    data = exporting.as_pdf(groups, at=at) if is_pdf else exporting.as_csv(groups)
    response = HttpResponse(data, content_type="application/pdf" if is_pdf else "text/csv; charset=utf-8")
    name = f"groups-{at:%Y-%m-%d}.{'pdf' if is_pdf else 'csv'}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@requires(Permission.HANDLE)
@require_POST
def members(request: StaffRequest, presence_id: UUID) -> HttpResponse:
    """Register members from a list."""
    context = duties.sheet(request, presence_id)
    form = forms.MembersForm(request.POST)
    context["members_form"] = form
    if not form.is_valid():
        return respond.respond(request, "oversight/page.html", context, status=422)
    respond.redraw_on_refusal(request, "oversight/page.html", context, form=form)
    done = commands.register_members(
        presence_id=presence_id, told=form.cleaned_data["told"], by=request.person, at=clock.now()
    )
    said = ngettext("%(count)d member is registered.", "%(count)d members are registered.", len(done.added))
    said %= {"count": len(done.added)}
    if done.strangers:
        said += " " + _("Some are not on the list of employees: see below.")
    return respond.done(request, to=reverse("oversight:page", args=[presence_id]), toast=said)


@requires(Permission.HANDLE)
@require_POST
def end_membership(request: StaffRequest, member_id: UUID) -> HttpResponse:
    """Record that somebody is out of the group."""
    row = commands.end_membership(member_id=member_id, by=request.person, at=clock.now())
    return respond.done(
        request, to=reverse("oversight:page", args=[row.presence.public_id]), toast=_("It is recorded.")
    )


@requires(Permission.HANDLE)
@require_POST
def review(request: StaffRequest, presence_id: UUID) -> HttpResponse:
    """Review a group."""
    context = duties.sheet(request, presence_id)
    form = forms.ReviewForm(request.POST)
    context["review_form"] = form
    if not form.is_valid():
        return respond.respond(request, "oversight/page.html", context, status=422)
    respond.redraw_on_refusal(request, "oversight/page.html", context, form=form)
    commands.review_group(presence_id=presence_id, by=request.person, at=clock.now(), **form.cleaned_data)
    return respond.done(request, to=reverse("oversight:page", args=[presence_id]), toast=_("The review is noted."))
