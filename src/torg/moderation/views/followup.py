"""What a grave case may need besides a decision: away at once, a breach assessed, evidence for the police."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from torg.core import clock
from torg.moderation import breaching, commands, forms, queries
from torg.moderation.models import Case
from torg.moderation.words import SEVERE, CaseState
from torg.people import queries as people
from torg.people.access import StaffRequest, requires
from torg.people.types import Permission
from torg.ui import respond

PAGE = "moderation/followup/page.html"


@requires(Permission.OPEN_SENSITIVE)
@require_GET
def page(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """The acts that are for grave cases only."""
    return respond.respond(request, PAGE, _told(request, case_id))


@requires(Permission.HIDE)
@require_POST
def remove_now(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """Hide at once, propose deletion, call the second person."""
    form = forms.RemovingForm(request.POST)
    context = _told(request, case_id) | {"removing_form": form}
    if not form.is_valid():
        return respond.respond(request, PAGE, context, status=422)
    respond.redraw_on_refusal(request, PAGE, context, form=form)
    made = commands.remove_now(case_id=case_id, by=request.person, at=clock.now(), **form.cleaned_data)
    done = _("It is being hidden. The second person is called.") if made else _("It is being hidden.")
    return respond.done(request, to=reverse("desk:case", args=[case_id]), toast=done)


@requires(Permission.HIDE)
@require_POST
def pack(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """Pack the evidence for the police."""
    form = forms.PoliceForm(request.POST)
    context = _told(request, case_id) | {"police_form": form}
    if not form.is_valid():
        return respond.respond(request, PAGE, context, status=422)
    respond.redraw_on_refusal(request, PAGE, context, form=form)
    commands.make_police_package(case_id=case_id, by=request.person, at=clock.now(), **form.cleaned_data)
    to = reverse("moderation:followup", args=[case_id])
    return respond.done(request, to=to, toast=_("The package is made. Its files are kept."))


@requires(Permission.HIDE)
@require_POST
def package(request: StaffRequest, package_id: UUID) -> HttpResponse:
    """Fetch a package; each fetching is in the log, so that it is no plain link."""
    found, data = commands.fetch_police_package(package_id=package_id, by=request.person, at=clock.now())
    response = HttpResponse(data, content_type="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="bevis-{found.made_at:%Y-%m-%d}.zip"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _told(request: StaffRequest, case_id: UUID) -> dict[str, object]:
    at = clock.now()
    case: Case = queries.case_or_absent(request.person, case_id, at=at)
    may_open = people.may(request.person, Permission.OPEN_SENSITIVE, scope_id=case.scope_id, at=at)
    may_hide = people.may(request.person, Permission.HIDE, scope_id=case.scope_id, at=at)
    return {
        "case": case,
        "may_open": may_open,
        "may_remove": may_hide and case.state == CaseState.OPEN,
        "may_pack": may_open and may_hide,
        "why_not_removable": queries.why_not_removable(scope_id=case.scope_id, at=at),
        "breach": queries.breach_of(request.person, case_id, at=at),
        "is_suggested": breaching.is_suggested(case.ground, is_sensitive=case.is_sensitive),
        "packages": queries.packages(request.person, at=at).filter(case=case)[:20],
        # Only a ground that one person may hide on is chosen beforehand, and it is the case's own.
        "removing_form": forms.RemovingForm(initial={"ground": case.ground if case.ground in SEVERE else ""}),
        "police_form": forms.PoliceForm(),
        "at": at,
    }
