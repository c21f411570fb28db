"""Deposit packages, the documentation plan, and how the stored files stand."""

from uuid import UUID

from django.http import HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from torg.core import clock
from torg.people.access import StaffRequest, requires_everywhere
from torg.people.types import Permission
from torg.records import commands, documentation_plan, integrity, preservation_forms
from torg.records.depositing import handing_out
from torg.records.models import Deposit
from torg.ui import respond

PAGE = "records/deposits.html"
MOST_SHOWN = 50


@requires_everywhere(Permission.JOURNAL)
@require_http_methods(["GET", "POST"])
def deposits(request: StaffRequest) -> HttpResponse:
    """The packages that were made, with what our own tests said of each; order another."""
    form = preservation_forms.DepositForm(request.POST if request.method == "POST" else None)
    made = Deposit.objects.select_related("ordered_by").order_by("-id")[:MOST_SHOWN]
    context = {"form": form, "deposits": made}
    if request.method == "GET" or not form.is_valid():
        return respond.respond(request, PAGE, context, status=422 if form.errors else 200)
    respond.redraw_on_refusal(request, PAGE, context, form=form)
    commands.order_deposit(**form.cleaned_data, by=request.person, at=clock.now())
    toast = _("The package is being made. Load the page again to see how far it has come.")
    return respond.done(request, to=reverse("records:deposits"), toast=toast)


@requires_everywhere(Permission.JOURNAL)
@require_POST
def download(request: StaffRequest, deposit_id: UUID) -> StreamingHttpResponse:
    """A finished package, to be saved."""
    deposit = commands.fetch_deposit(deposit_id=deposit_id, by=request.person, at=clock.now())
    headers = {"Content-Disposition": f'attachment; filename="{handing_out.name_of(deposit)}"'}
    return StreamingHttpResponse(handing_out.pieces(deposit), content_type="application/x-tar", headers=headers)


@requires_everywhere(Permission.JOURNAL)
@require_GET
def plan(request: StaffRequest) -> HttpResponse:
    """What documentation arises, what is archive, where it is stored, by which rules."""
    context = {"rows": documentation_plan.rows(), "headings": documentation_plan.headings()}
    return respond.respond(request, "records/plan.html", context)


@requires_everywhere(Permission.JOURNAL)
@require_GET
def plan_as_csv(request: StaffRequest) -> HttpResponse:
    """The same for a spreadsheet."""
    # The mark tells Excel that this is UTF-8.
    table = "\ufeff" + documentation_plan.as_csv(documentation_plan.rows())
    headers = {"Content-Disposition": 'attachment; filename="dokumentasjonsplan.csv"'}
    return HttpResponse(table, content_type="text/csv; charset=utf-8", headers=headers)


@requires_everywhere(Permission.JOURNAL)
@require_GET
def files(request: StaffRequest) -> HttpResponse:
    """When files were last hashed again, and which are not as they were stored."""
    standing = integrity.standing(seen_by=request.person, at=clock.now())
    return respond.respond(request, "records/integrity.html", {"standing": standing})
