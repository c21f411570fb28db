"""Citizens' reports: the public form with its receipt, and the list where a colleague places what leads nowhere."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from torg.core import clock
from torg.moderation import commands, forms, policies, queries, reporting
from torg.moderation.models import CitizenReport, LetGo
from torg.people import queries as people
from torg.people.access import StaffRequest, public, requires_everywhere
from torg.people.types import Permission
from torg.ui import respond

FOR_CITIZENS = "everybody can point out what stands on our pages; a receipt tells nothing but when it was sent"
FORM = "moderation/reports/form.html"
PAGE = "moderation/reports/tip.html"


@public(FOR_CITIZENS)
@require_http_methods(["GET", "POST"])
def form(request: HttpRequest) -> HttpResponse:
    """The form by which anybody reports what somebody has written."""
    at = clock.now()
    if request.method == "GET":
        return respond.respond(request, FORM, {"form": forms.TipForm(initial={"opened": reporting.stamp(at)})})
    data = request.POST.copy()
    opened = data.get("opened", "")
    # Whatever is wrong, the page that comes again can be sent at once.
    data["opened"] = reporting.stamp(at - reporting.FASTEST)
    given = forms.TipForm(data)
    if not given.is_valid():
        return respond.respond(request, FORM, {"form": given}, status=422)
    respond.redraw_on_refusal(request, FORM, {"form": given}, form=given)
    reporting.check_stamp(opened, at=at)
    told = given.told(request.META.get("REMOTE_ADDR", ""))
    tip = commands.receive_report(told=told, by=commands.VISITOR, at=at)
    return respond.done(request, to=reverse("reports:receipt", args=[tip.number]))


@public(FOR_CITIZENS)
@require_GET
def receipt(request: HttpRequest, number: str) -> HttpResponse:
    """That a report was received, with its number; not what became of it, nor what it is about."""
    tip = queries.tip_by_number(number)
    response = respond.respond(request, "moderation/reports/receipt.html", {"tip": tip})
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Cache-Control"] = "private, no-store"
    return response


@requires_everywhere(Permission.HANDLE)
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """Reports that belong nowhere yet, those that are dealt with, and whom we take none from."""
    at = clock.now()
    context = {
        "waiting": queries.tips_waiting()[:200],
        "handled": queries.tips_handled()[:50],
        "mutings": queries.mutings_in_force(at),
        "may_mute": policies.may_mute(request.person, at=at),
        "at": at,
    }
    return respond.respond(request, "moderation/reports/index.html", context)


@requires_everywhere(Permission.HANDLE)
@require_GET
def tip(request: StaffRequest, tip_id: UUID) -> HttpResponse:
    """One report, with what can be done with it."""
    return respond.respond(request, PAGE, _told(request, queries.tip_or_absent(tip_id)))


@requires_everywhere(Permission.HANDLE)
@require_POST
def placing(request: StaffRequest, tip_id: UUID) -> HttpResponse:
    """Place a report on the item that it is about."""
    given = forms.PlacingForm(request.POST)
    context = _told(request, queries.tip_or_absent(tip_id)) | {"placing_form": given}
    if not given.is_valid():
        return respond.respond(request, PAGE, context, status=422)
    respond.redraw_on_refusal(request, PAGE, context, form=given)
    commands.place_report(tip_id=tip_id, by=request.person, at=clock.now(), **given.where())
    return respond.done(request, to=reverse("moderation:tips"), toast=_("It is in the moderation queue."))


@requires_everywhere(Permission.HANDLE)
@require_POST
def letting_go(request: StaffRequest, tip_id: UUID) -> HttpResponse:
    """End a report that leads nowhere."""
    given = forms.LetGoForm(request.POST)
    context = _told(request, queries.tip_or_absent(tip_id)) | {"let_go_form": given}
    if not given.is_valid():
        return respond.respond(request, PAGE, context, status=422)
    because = LetGo(given.cleaned_data["because"])
    commands.let_report_go(tip_id=tip_id, because=because, by=request.person, at=clock.now())
    return respond.done(request, to=reverse("moderation:tips"), toast=_("The report is let go."))


@requires_everywhere(Permission.HANDLE)
@require_POST
def muting(request: StaffRequest, tip_id: UUID) -> HttpResponse:
    """Take no more reports from whoever sent this one, for a while."""
    given = forms.MutingForm(request.POST)
    context = _told(request, queries.tip_or_absent(tip_id)) | {"muting_form": given}
    if not given.is_valid():
        return respond.respond(request, PAGE, context, status=422)
    respond.redraw_on_refusal(request, PAGE, context, form=given)
    commands.mute_reporter(tip_id=tip_id, by=request.person, at=clock.now(), **given.cleaned_data)
    return respond.done(request, to=reverse("moderation:tips"), toast=_("We take no reports from them for now."))


@requires_everywhere(Permission.HANDLE)
@require_POST
def muting_end(request: StaffRequest, muting_id: UUID) -> HttpResponse:
    """Take reports from somebody again."""
    commands.end_muting(muting_id=muting_id, by=request.person, at=clock.now())
    return respond.done(request, to=reverse("moderation:tips"), toast=_("We take reports from them again."))


def _told(request: StaffRequest, found: CitizenReport) -> dict[str, object]:
    at = clock.now()
    may_open = people.may(request.person, Permission.OPEN_SENSITIVE, scope_id=None, at=at)
    return {
        "tip": found,
        "nearby": queries.comments_nearby(request.person, found.link, at=at) if found.state == "WAITING" else [],
        "text": queries.readable(found.text, may_open=may_open),
        "link": found.link if reporting.leads_to_a_platform(found.link) else "",
        "may_mute": policies.may_mute(request.person, at=at),
        "placing_form": forms.PlacingForm(initial={"place": found.link}),
        "let_go_form": forms.LetGoForm(),
        "muting_form": forms.MutingForm(),
        "at": at,
    }
