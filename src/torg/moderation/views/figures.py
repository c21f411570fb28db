"""The transparency and equality reports for staff, as page, CSV and PDF, and decisions read a second time."""

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from torg.core import clock
from torg.moderation import commands, figures, figures_document, forms, policies, queries
from torg.moderation.figures import Figures
from torg.people import queries as people
from torg.people.access import StaffRequest, requires
from torg.people.types import Permission
from torg.ui import respond

REPORTS: dict[str, Callable[..., Figures]] = {"transparency": queries.transparency, "equality": queries.equality}


@requires(Permission.READ)
@require_GET
def transparency(request: StaffRequest) -> HttpResponse:
    """What moderation did in a period, on the pages that one sees."""
    return _shown(request, "transparency")


@requires(Permission.READ)
@require_GET
def equality(request: StaffRequest) -> HttpResponse:
    """Whether all are treated alike, in a period, on the pages that one sees."""
    return _shown(request, "equality")


@requires(Permission.READ)
@require_GET
def as_file(request: StaffRequest, name: str) -> HttpResponse:
    """One of the two as a file: `transparency.csv`, `equality.pdf`."""
    report, _dot, ending = name.partition(".")
    if report not in REPORTS or ending not in ("csv", "pdf"):
        raise Http404
    at = clock.now()
    told = _figures(request, report, *_period(request, at), at=at)
    data = figures.as_csv(told).encode() if ending == "csv" else figures_document.as_pdf([told], at=at)
    kind = "text/csv; charset=utf-8" if ending == "csv" else "application/pdf"
    response = HttpResponse(data, content_type=kind)
    named = f"{report}-{told.since:%Y-%m-%d}-{told.until:%Y-%m-%d}.{ending}"
    response.headers["Content-Disposition"] = f'attachment; filename="{named}"'
    return response


@requires(Permission.JUDGE)
@require_http_methods(["GET", "POST"])
def readings(request: StaffRequest) -> HttpResponse:
    """Decisions that were drawn, and a form to draw more."""
    at = clock.now()
    page = "moderation/figures/readings.html"
    since, until = queries.whole_year(at.year)
    form = forms.DrawForm(request.POST or None, initial={"since": since, "until": until})
    context = {"rows": _rows(request, at=at), "form": form, "at": at}
    if request.method == "GET":
        return respond.respond(request, page, context)
    if not form.is_valid():
        return respond.respond(request, page, context, status=422)
    respond.redraw_on_refusal(request, page, context, form=form)
    commands.draw_sample(by=request.person, at=at, **form.cleaned_data)
    return respond.done(request, to=reverse("moderation:readings"), toast=_("The decisions are drawn."))


@requires(Permission.JUDGE)
@require_POST
def opinion(request: StaffRequest, reading_id: UUID) -> HttpResponse:
    """Note what one would have done."""
    form = forms.OpinionForm(request.POST)
    if form.is_valid():
        commands.note_second_reading(reading_id=reading_id, by=request.person, at=clock.now(), **form.cleaned_data)
        return respond.done(request, to=reverse("moderation:readings"), toast=_("Noted."))
    queries.reading_or_absent(reading_id, person=request.person, at=clock.now())
    context = {"form": form, "act": _("Note it"), "back": reverse("moderation:readings")}
    return respond.respond(request, "moderation/act.html", context, status=422)


def _shown(request: StaffRequest, report: str) -> HttpResponse:
    at = clock.now()
    since, until = _period(request, at)
    context = {
        "figures": _figures(request, report, since, until, at=at),
        "form": forms.PeriodForm(initial={"since": since, "until": until}),
        "report": report,
        "may_judge": people.may_anywhere(request.person, Permission.JUDGE, at=at),
        "may_publish": people.may(request.person, Permission.PUBLISH, scope_id=None, at=at),
        "asked": f"?since={since:%Y-%m-%d}&until={until:%Y-%m-%d}",
    }
    return respond.respond(request, "moderation/figures/page.html", context)


def _figures(request: StaffRequest, report: str, since: date, until: date, *, at: datetime) -> Figures:
    scopes = people.scope_ids_for(request.person, Permission.READ, at=at)
    return REPORTS[report](scopes, since=since, until=until)


def _period(request: HttpRequest, at: datetime) -> tuple[date, date]:
    """What was asked for, else this year; a period that means nothing is this year too."""
    form = forms.PeriodForm(request.GET or None)
    if form.is_bound and form.is_valid():
        return form.cleaned_data["since"], form.cleaned_data["until"]
    return queries.whole_year(at.year)


def _rows(request: StaffRequest, *, at: datetime) -> list[dict[str, object]]:
    """What was drawn, each with whether this person may say something of it."""
    rows = list(queries.readings(request.person, at=at)[:100])
    may = policies.may_read_again(request.person, rows)
    return [
        {"reading": row, "form": forms.OpinionForm(auto_id=f"id_{row.pk}_%s") if row.pk in may else None}
        for row in rows
    ]
