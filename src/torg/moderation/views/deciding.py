"""End points of the second person, of carrying out, and of sanctions."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from torg.core import clock
from torg.moderation import commands, forms
from torg.moderation.views import acting
from torg.moderation.words import NoNotice
from torg.people.access import StaffRequest, requires
from torg.people.types import Permission
from torg.ui import respond


@requires(Permission.AGREE)
@require_POST
def agree(request: StaffRequest, proposal_id: UUID) -> HttpResponse:
    """Agree as the second person."""

    def told(values: dict[str, Any]) -> None:
        commands.agree(
            proposal_id=proposal_id,
            is_impartial=values["is_impartial"],
            note=values["note"],
            notice=form.parts(),
            seen_wordings=values["seen_wordings"] or 0,
            by=request.person,
            at=clock.now(),
        )

    form = forms.EditedAgreementForm(request.POST)
    said = _("Agreed. The notice goes first, then the act.")
    return acting.perform(request, form, told, act=_("Agree"), toast=said)


@requires(Permission.AGREE)
@require_POST
def send_back(request: StaffRequest, proposal_id: UUID) -> HttpResponse:
    """Send a proposal back with a reason."""

    def told(values: dict[str, Any]) -> None:
        commands.return_proposal(proposal_id=proposal_id, by=request.person, at=clock.now(), **values)

    form = forms.ReturnForm(request.POST)
    return acting.perform(request, form, told, act=_("Send it back"), toast=_("Sent back. The case is open again."))


@requires(Permission.READ)
@require_POST
def withdraw(request: StaffRequest, proposal_id: UUID) -> HttpResponse:
    """Take back one's own proposal."""
    commands.withdraw_proposal(proposal_id=proposal_id, by=request.person, at=clock.now())
    return respond.done(request, to=acting.back(request), toast=_("The proposal is withdrawn."))


@requires(Permission.READ)
@require_POST
def tick(request: StaffRequest, decision_id: UUID) -> HttpResponse:
    """Tick off what was done by hand."""
    commands.tick_done(decision_id=decision_id, by=request.person, at=clock.now())
    return respond.done(request, to=acting.back(request), toast=_("Noted as done by you."))


@requires(Permission.READ)
@require_POST
def retry(request: StaffRequest, decision_id: UUID) -> HttpResponse:
    """Try again what stopped."""
    commands.retry_decision(decision_id=decision_id, by=request.person, at=clock.now())
    return respond.done(request, to=acting.back(request), toast=_("It is tried again."))


@requires(Permission.READ)
@require_POST
def settle(request: StaffRequest, decision_id: UUID) -> HttpResponse:
    """Say what one found on the platform."""

    def told(values: dict[str, Any]) -> None:
        is_there = values["found"] == "there"
        commands.settle_decision(decision_id=decision_id, is_there=is_there, by=request.person, at=clock.now())

    form = forms.FoundForm(request.POST)
    return acting.perform(request, form, told, act=_("Note what I found"), toast=_("Noted."))


@requires(Permission.READ)
@require_POST
def give_up(request: StaffRequest, decision_id: UUID) -> HttpResponse:
    """Give up carrying a decision out."""

    def told(values: dict[str, Any]) -> None:
        commands.give_up(decision_id=decision_id, by=request.person, at=clock.now(), **values)

    form = forms.ReasonForm(request.POST)
    return acting.perform(request, form, told, act=_("Give it up"), toast=_("Given up, with your reason."))


@requires(Permission.READ)
@require_POST
def tell_otherwise(request: StaffRequest, decision_id: UUID) -> HttpResponse:
    """State why a notice that stopped is not sent."""

    def told(values: dict[str, Any]) -> None:
        commands.tell_otherwise(
            decision_id=decision_id,
            reason=NoNotice(values["reason"]),
            detail=values["detail"],
            by=request.person,
            at=clock.now(),
        )

    form = forms.ToldForm(request.POST)
    return acting.perform(request, form, told, act=_("Keep the reason"), toast=_("The reason is kept."))


@requires(Permission.AGREE)
@require_POST
def lift(request: StaffRequest, sanction_id: UUID) -> HttpResponse:
    """Lift a sanction before its time."""

    def told(values: dict[str, Any]) -> None:
        commands.lift_sanction(sanction_id=sanction_id, by=request.person, at=clock.now(), **values)

    form = forms.ReasonForm(request.POST)
    return acting.perform(request, form, told, act=_("Lift it"), toast=_("It is being lifted."))


@requires(Permission.AGREE)
@require_POST
def review(request: StaffRequest, sanction_id: UUID) -> HttpResponse:
    """Look at a sanction again, and let it stand."""

    def told(values: dict[str, Any]) -> None:
        commands.review_sanction(sanction_id=sanction_id, by=request.person, at=clock.now(), **values)

    form = forms.ReviewForm(request.POST)
    return acting.perform(request, form, told, act=_("Let it stand until then"), toast=_("Noted."))


@requires(Permission.READ)
@require_POST
def tick_lifted(request: StaffRequest, sanction_id: UUID) -> HttpResponse:
    """Tick off that somebody was let in again by hand."""
    commands.tick_lifted(sanction_id=sanction_id, by=request.person, at=clock.now())
    return respond.done(request, to=acting.back(request), toast=_("Noted as done by you."))
