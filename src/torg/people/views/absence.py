"""Being away: stand-in, holiday weeks, hand-over of open work; and what one is told by e-mail."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from torg.core import clock
from torg.people import commands as people
from torg.people import forms, handing, mailing, queries
from torg.people.access import StaffRequest, requires, requires_everywhere, signed_in
from torg.people.models import EntrustedWork, StandIn
from torg.people.types import EntrustedState, Permission
from torg.ui import respond

GONE = ("gone", UUID(int=0))


@signed_in
@require_http_methods(["GET", "POST"])
def absence(request: StaffRequest) -> HttpResponse:
    """One's own absence, and who stands in."""
    at = clock.now()
    form = forms.AbsenceForm(request.POST or None, absent=request.person, at=at)
    context = {"form": form, "absences": queries.absences_of(request.person, at=at), "at": at}
    if request.method == "GET" or not form.is_valid():
        return respond.respond(request, "people/absence.html", context, status=422 if form.errors else 200)
    respond.redraw_on_refusal(request, "people/absence.html", context, form=form)
    row = people.name_stand_in(absent=request.person, **form.cleaned_data, by=request.person, at=at)
    said = _("Your stand-in is registered.")
    if queries.agreement_lent(row, at=at).exists():
        said = _("Your stand-in is registered. The right to agree to deletions waits until somebody else agrees.")
    has_work = bool(handing.work_of(request.person, seen_by=request.person, at=at))
    to = reverse("people:work", args=[row.public_id]) if has_work else reverse("people:absence")
    return respond.done(request, to=to, toast=said)


@requires_everywhere(Permission.MANAGE_PEOPLE)
@require_http_methods(["GET", "POST"])
def of_colleague(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Somebody's absence, registered by those who manage people: whoever is ill does not sign in to do it."""
    at = clock.now()
    away = queries.person_or_absent(person_id)
    form = forms.AbsenceForm(request.POST or None, absent=away, at=at)
    context = {"form": form, "subject": away, "absences": queries.absences_of(away, at=at), "at": at}
    if request.method == "GET" or not form.is_valid():
        return respond.respond(request, "people/absence_of.html", context, status=422 if form.errors else 200)
    respond.redraw_on_refusal(request, "people/absence_of.html", context, form=form)
    row = people.name_stand_in(absent=away, **form.cleaned_data, by=request.person, at=at)
    to = reverse("people:work", args=[row.public_id])
    return respond.done(request, to=to, toast=_("The stand-in is registered. Choose what they take over."))


@signed_in
@require_POST
def end_absence(request: StaffRequest, stand_in_id: UUID) -> HttpResponse:
    """End an absence early: one's own, or that of somebody whom one manages."""
    at = clock.now()
    away = queries.absence_or_absent(stand_in_id, seen_by=request.person, at=at).absent
    people.end_stand_in(stand_in_id=stand_in_id, by=request.person, at=at)
    is_own = away == request.person
    to = reverse("people:absence") if is_own else reverse("people:absence-of", args=[away.public_id])
    return respond.done(request, to=to, toast=_("The absence has ended."))


@requires(Permission.AGREE)
@require_POST
def agree_to_stand_in(request: StaffRequest, stand_in_id: UUID) -> HttpResponse:
    """Agree that a stand-in may agree to deletions."""
    row = people.agree_to_stand_in(stand_in_id=stand_in_id, by=request.person, at=clock.now())
    to = reverse("people:person", args=[row.absent.public_id])
    return respond.done(request, to=to, toast=_("The stand-in may now agree to deletions."))


@signed_in
@require_http_methods(["GET", "POST"])
def work(request: StaffRequest, stand_in_id: UUID) -> HttpResponse:
    """The open work of somebody who is away or will be: choose what the stand-in takes over."""
    at = clock.now()
    row = queries.absence_or_absent(stand_in_id, seen_by=request.person, at=at)
    context = {"row": row, "at": at, **_work(request, row, at=at)}
    if request.method == "GET":
        return respond.respond(request, "people/work.html", context)
    respond.redraw_on_refusal(request, "people/work.html", context)
    handed = people.entrust_work(
        stand_in_id=stand_in_id, chosen=_chosen(request, context["open"]), by=request.person, at=at
    )
    return respond.done(request, to=request.path, toast=_handed(handed))


@signed_in
@require_http_methods(["GET", "POST"])
def returned(request: StaffRequest, stand_in_id: UUID) -> HttpResponse:
    """Back again: choose what to take back; the rest stays with the stand-in."""
    at = clock.now()
    row = queries.ended_absence_or_absent(stand_in_id, of=request.person, at=at)
    if request.method == "GET":
        context = {"row": row, "at": at, "with_stand_in": _with_stand_in(request, row, at=at)}
        return respond.respond(request, "people/returned.html", context)
    known = {str(each.public_id): each.public_id for each in row.entrusted.all()}
    chosen = {known[each] for each in request.POST.getlist("work") if each in known}
    back = people.take_back_work(stand_in_id=stand_in_id, chosen=chosen, by=request.person, at=at)
    said = ngettext("You have %(count)d piece of work back.", "You have %(count)d pieces of work back.", len(back))
    return respond.done(request, to="/desk/", toast=said % {"count": len(back)})


@signed_in
@require_http_methods(["GET", "POST"])
def notifications(request: StaffRequest) -> HttpResponse:
    """What one is told by e-mail: at once, once a day or never; quiet hours; what became of the last letters."""
    at = clock.now()
    form = forms.NotificationsForm(
        request.POST or None, wishes=mailing.wishes_of(request.person), is_leader=_leads(request, at=at)
    )
    context = {"form": form, "letters": mailing.letters_to(request.person), "at": at}
    if request.method == "GET" or not form.is_valid():
        return respond.respond(request, "people/notifications.html", context, status=422 if form.errors else 200)
    respond.redraw_on_refusal(request, "people/notifications.html", context, form=form)
    people.choose_notifications(tells=form.tells(), quiet=form.quiet(), by=request.person, at=at)
    return respond.done(request, to=request.path, toast=_("Your choices are saved."))


def _leads(request: StaffRequest, *, at: datetime) -> bool:
    return queries.may_anywhere(request.person, Permission.JUDGE, at=at)


def _work(request: StaffRequest, row: StandIn, *, at: datetime) -> dict[str, Any]:
    """The open work, and what has been chosen already, as the page shows it."""
    known = {(each.kind, each.ref): each for each in row.entrusted.all()}
    everything = handing.work_of(row.absent, seen_by=request.person, at=at)
    return {
        "open": [work for work in everything if (work.kind, work.ref) not in known],
        "planned": [
            work
            for work in everything
            if (work.kind, work.ref) in known and known[work.kind, work.ref].state == EntrustedState.PLANNED
        ],
        "given": sum(each.state == EntrustedState.GIVEN for each in known.values()),
    }


def _with_stand_in(request: StaffRequest, row: StandIn, *, at: datetime) -> list[tuple[EntrustedWork, Any]]:
    """What the stand-in still has of it, with what it is; what is done or moved on is left out."""
    held = {(work.kind, work.ref): work for work in handing.work_of(row.stand_in, seen_by=request.person, at=at)}
    given = [each for each in row.entrusted.all() if each.state == EntrustedState.GIVEN]
    return [(each, held.get((each.kind, each.ref))) for each in given]


def _chosen(request: StaffRequest, there: list[Any]) -> list[tuple[str, UUID]]:
    """What was ticked; everything with the button for it."""
    if "all" in request.POST:
        return [(work.kind, work.ref) for work in there]
    by_name = {f"{work.kind}:{work.ref}": (work.kind, work.ref) for work in there}
    ticked = request.POST.getlist("work")
    # What is no longer there is refused by the command, which says so.
    return [by_name.get(each, GONE) for each in ticked]


def _handed(handed: list[EntrustedWork]) -> str:
    states = [each.state for each in handed]
    given, planned = states.count(EntrustedState.GIVEN), states.count(EntrustedState.PLANNED)
    if planned:
        return ngettext(
            "%(count)d piece of work goes to the stand-in when the absence begins.",
            "%(count)d pieces of work go to the stand-in when the absence begins.",
            planned,
        ) % {"count": planned}
    said = ngettext("%(count)d piece of work is handed over.", "%(count)d pieces of work are handed over.", given)
    missed = len(handed) - given
    if missed:
        more = ngettext(
            "%(count)d was taken by somebody else, or is done.",
            "%(count)d were taken by somebody else, or are done.",
            missed,
        )
        return f"{said % {'count': given}} {more % {'count': missed}}"
    return said % {"count": given}
