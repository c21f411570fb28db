"""The lists of hosts: what stands on them, what has changed, and files that are looked at beforehand."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from torg.core import clock
from torg.people.access import StaffRequest, requires, requires_everywhere
from torg.people.types import Permission
from torg.triage import commands, forms, policies, queries
from torg.triage.models import ListKind
from torg.ui import respond

PAGE = "triage/hosts/index.html"
SHOWN = 50
# Two forms of the page have fields of the same name.
FILE_IDS = "file_%s"


@requires(Permission.READ)
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """All that stands on the lists; those who keep them add to them here."""
    return respond.respond(request, PAGE, _page(request))


@requires_everywhere(Permission.KEEP_RULES)
@require_POST
def listing(request: StaffRequest) -> HttpResponse:
    """Put one host on a list."""
    form = forms.HostForm(request.POST)
    context = {**_page(request), "form": form}
    if not form.is_valid():
        return respond.respond(request, PAGE, context, status=422)
    respond.redraw_on_refusal(request, PAGE, context, form=form)
    commands.list_host(by=request.person, at=clock.now(), **form.cleaned_data)
    toast = _("Listed. What was written lately is held against the list again.")
    return respond.done(request, to=reverse("triage:hosts"), toast=toast)


@requires_everywhere(Permission.KEEP_RULES)
@require_POST
def ending(request: StaffRequest, listed_id: UUID) -> HttpResponse:
    """Take a host off its list."""
    commands.take_off(listed_id=listed_id, by=request.person, at=clock.now())
    return respond.done(
        request, to=reverse("triage:hosts"), toast=_("Taken off the list. That it stood there is kept.")
    )


@requires_everywhere(Permission.KEEP_RULES)
@require_POST
def reading(request: StaffRequest) -> HttpResponse:
    """Hand in a file, and look at it."""
    form = forms.HostFileForm(request.POST, request.FILES, auto_id=FILE_IDS)
    context = {**_page(request), "file_form": form}
    if not form.is_valid():
        return respond.respond(request, PAGE, context, status=422)
    respond.redraw_on_refusal(request, PAGE, context, form=form)
    told = form.cleaned_data
    row = commands.read_file(
        data=told["file"].read(), kind=told["kind"], reason=told["reason"], by=request.person, at=clock.now()
    )
    return respond.done(request, to=reverse("triage:host-file", args=[row.public_id]))


@requires_everywhere(Permission.KEEP_RULES)
@require_GET
def host_file(request: StaffRequest, host_file_id: UUID) -> HttpResponse:
    """What a file would change."""
    found = queries.host_file_or_absent(host_file_id)
    told = queries.difference(found)
    context = {"file": found, "told": told, "new": told.new[:SHOWN], "elsewhere": told.elsewhere[:SHOWN]}
    return respond.respond(request, "triage/hosts/file.html", {**context, "at": clock.now()})


@requires_everywhere(Permission.KEEP_RULES)
@require_POST
def taking_over(request: StaffRequest, host_file_id: UUID) -> HttpResponse:
    """Take a file over."""
    commands.take_over_file(file_id=host_file_id, by=request.person, at=clock.now())
    return respond.done(request, to=reverse("triage:hosts"), toast=_("The file is taken over."))


@requires_everywhere(Permission.KEEP_RULES)
@require_POST
def dropping(request: StaffRequest, host_file_id: UUID) -> HttpResponse:
    """Drop a file."""
    commands.drop_file(file_id=host_file_id, by=request.person, at=clock.now())
    return respond.done(request, to=reverse("triage:hosts"), toast=_("The file is dropped. Nothing was listed."))


def _page(request: StaffRequest) -> dict[str, Any]:
    at = clock.now()
    kind, text = request.GET.get("list", ""), request.GET.get("text", "").replace("\x00", "")
    may_keep = policies.may_keep_lists(request.person, at=at)
    return {
        "page": queries.listed_hosts(kind=kind, text=text, number=request.GET.get("page")),
        "kind": kind,
        "text": text,
        "kinds": ListKind.choices,
        "changes": queries.latest_changes(),
        "waiting": queries.files_waiting() if may_keep else [],
        "may_keep": may_keep,
        "form": forms.HostForm(),
        "file_form": forms.HostFileForm(auto_id=FILE_IDS),
        "at": at,
    }
