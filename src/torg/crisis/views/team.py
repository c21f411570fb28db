"""The team, calling it out, and shifts."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from torg.core import clock
from torg.crisis import calling, commands, forms, queries
from torg.crisis.models import Called, CallOut, Gateway, Incident
from torg.crisis.types import Seat, TeamRole
from torg.crisis.views.frames import frame, is_id, valid
from torg.people.access import StaffRequest, public, signed_in
from torg.ui import respond


@signed_in
@require_GET
def team(request: StaffRequest, incident_id: UUID) -> HttpResponse:
    """Who is in it, who has confirmed, and who takes over from whom."""
    at = clock.now()
    context = frame(request, incident_id, current="team", at=at)
    row: Incident = context["incident"]
    members = list(row.members.filter(until_at=None).select_related("person").order_by("call_order", "id"))
    hand_over_form = forms.HandOverForm()
    hand_over_form.offer(members, by=request.person)
    context |= {
        "owner": queries.owner_now(row, at=at),
        "members": members,
        "call_outs": _call_outs(row),
        "has_gateway": Gateway.objects.filter(ended_at=None).exists(),
        "hand_overs": row.hand_overs.select_related("from_person", "to_person").order_by("-handed_at"),
        "seat_form": forms.SeatForm(),
        "call_form": forms.CallForm(),
        "hand_over_form": hand_over_form,
    }
    return respond.respond(request, "crisis/team.html", context)


@signed_in
@require_POST
def take_in(request: StaffRequest, incident_id: UUID) -> HttpResponse:
    """Somebody joins, or gets another place."""
    told = valid(forms.SeatForm(request.POST))
    seat = Seat(told["person"].public_id, TeamRole(told["role"]), told["may_approve"], told["call_order"])
    commands.take_in(incident_id=incident_id, seat=seat, by=request.person, at=clock.now())
    return respond.done(request, to=_to(incident_id), toast=_("In the team."))


@signed_in
@require_POST
def let_go(request: StaffRequest, member_id: UUID) -> HttpResponse:
    """Somebody leaves."""
    member = commands.let_go(member_id=member_id, by=request.person, at=clock.now())
    return respond.done(request, to=_to(member.incident.public_id), toast=_("No longer in the team."))


@signed_in
@require_POST
def call_out(request: StaffRequest, incident_id: UUID) -> HttpResponse:
    """Call everyone, or once more those who have not confirmed."""
    told = valid(forms.CallForm(request.POST))
    some = [UUID(one) for one in request.POST.getlist("person") if is_id(one)] or None
    commands.call_out(incident_id=incident_id, text=told["text"], people=some, by=request.person, at=clock.now())
    return respond.done(request, to=_to(incident_id), toast=_("The team is being called."))


@signed_in
@require_POST
def hand_over(request: StaffRequest, incident_id: UUID) -> HttpResponse:
    """Hand one's shift over."""
    told = valid(forms.HandOverForm(request.POST))
    commands.hand_over(
        incident_id=incident_id,
        to_person=told["to_person"].public_id,
        text=told["text"],
        by=request.person,
        at=clock.now(),
    )
    return respond.done(request, to=_to(incident_id), toast=_("Handed over. It is done when the other has confirmed."))


@signed_in
@require_POST
def receive(request: StaffRequest, shift_id: UUID) -> HttpResponse:
    """Take a shift over."""
    row = commands.receive(hand_over_id=shift_id, by=request.person, at=clock.now())
    return respond.done(request, to=_to(row.incident.public_id), toast=_("The shift is yours."))


@signed_in
@require_POST
def confirm_own(request: StaffRequest, called_id: UUID) -> HttpResponse:
    """Confirm one's own call, signed in."""
    row = commands.confirm(called_id=called_id, by=request.person, at=clock.now())
    return respond.done(request, to=_to(row.call_out.incident.public_id), toast=_("Confirmed."))


@public("whoever is called confirms by the signed link in the message, from any phone")
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Confirm by the link: one big button, and no need to sign in. The page says nothing of what has happened."""
    called_id = calling.called_by_token(token)
    is_done = Called.objects.filter(public_id=called_id, confirmed_at__isnull=False).exists()
    if request.method == "POST":
        commands.confirm(called_id=called_id, by=None, at=clock.now())
        is_done = True
    return respond.respond(request, "crisis/confirm.html", {"is_done": is_done})


def _call_outs(row: Incident) -> list[tuple[CallOut, list[Called]]]:
    """Each call-out with those who have not confirmed."""
    rows = row.call_outs.select_related("called_by").order_by("-called_at")
    called = list(rows.prefetch_related("called__person", "called__alerts__gateway"))
    return [(call, [one for one in call.called.all() if one.confirmed_at is None]) for call in called]


def _to(incident_id: UUID) -> str:
    return reverse("crisis:team", args=[incident_id])
