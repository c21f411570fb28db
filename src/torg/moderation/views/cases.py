"""End points about cases: point out, take, mark, hide, propose, let stand, close."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from torg.core import clock
from torg.moderation import addresses, choices, commands, forms, queries
from torg.moderation.views import acting
from torg.moderation.words import Dismissal, Ground, Mark, Source
from torg.people.access import StaffRequest, requires
from torg.people.types import Permission
from torg.ui import respond


@requires(Permission.READ)
@require_POST
def report(request: StaffRequest, item_id: UUID) -> HttpResponse:
    """Point an item out to those who moderate."""

    def told(values: dict[str, Any]) -> None:
        ground = Ground(values["ground"]) if values["ground"] else None
        commands.open_case(
            item_id=item_id,
            source=Source.COLLEAGUE,
            ground=ground,
            text=values["text"],
            by=request.person,
            at=clock.now(),
        )

    form = forms.ReportForm(request.POST)
    return acting.perform(request, form, told, act=_("Report to moderation"), toast=_("It is in the moderation queue."))


@requires(Permission.READ)
@require_POST
def claim(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """Take a case."""
    case = commands.claim(case_id=case_id, by=request.person, at=clock.now())
    until = case.claimed_until.astimezone(choices.LOCAL) if case.claimed_until else clock.now()
    return respond.done(request, to=acting.back(request), toast=_("The case is yours until %s.") % f"{until:%H:%M}")


@requires(Permission.READ)
@require_POST
def release(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """Let a case go."""
    commands.release(case_id=case_id, by=request.person, at=clock.now())
    return respond.done(request, to=acting.back(request), toast=_("Colleagues can take the case now."))


@requires(Permission.READ)
@require_POST
def mark(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """Mark the passage that breaks a rule."""
    at = clock.now()
    case = queries.case_or_absent(request.person, case_id, at=at)
    attached = choices.attachments(case.item.attachments.order_by("pk"))
    form = forms.MarkForm(request.POST, rules=choices.rules(at=at), attachments=attached)

    def told(values: dict[str, Any]) -> None:
        if values["attachment"]:
            place = Mark(values["rule"], version=case.item.version_count, attachment_id=values["attachment"])
        else:
            place = choices.place_of(case, values["passage"], which=values["which"], rule_id=values["rule"])
        commands.mark_passage(case_id=case_id, mark=place, ground=Ground(values["ground"]), by=request.person, at=at)

    return acting.perform(request, form, told, act=_("Mark the passage"), toast=_("The passage is marked."))


@requires(Permission.HIDE)
@require_POST
def hide(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """Hide for now."""

    def told(values: dict[str, Any]) -> None:
        ground, reason = Ground(values["ground"]), values["reason"]
        commands.hide_for_now(case_id=case_id, ground=ground, reason=reason, by=request.person, at=clock.now())

    form = forms.HidingForm(request.POST)
    undo = f"/moderation/cases/{case_id}/hiding/end/"
    said = respond.Toast(_("It is being hidden. Two people must decide before the deadline."), undo=undo)
    return acting.perform(request, form, told, act=_("Hide now"), toast=said)


@requires(Permission.HIDE)
@require_POST
def show(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """Show again what was hidden for now."""
    commands.show_again(case_id=case_id, by=request.person, at=clock.now())
    to = request.POST.get("next") and acting.back(request)
    return respond.done(request, to=to or addresses.of_case(case_id), toast=_("It is being shown again."))


@requires(Permission.READ)
@require_POST
def propose(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """Propose what to do, as the first of two."""
    at = clock.now()
    case = queries.case_or_absent(request.person, case_id, at=at)
    form = forms.ProposalForm(request.POST, passages=choices.passages(case, at=at))

    def told(values: dict[str, Any]) -> None:
        commands.propose(
            case_id=case_id,
            suggestion=form.suggestion(),
            passage_id=UUID(values["passage"]),
            seen_version=values["seen_version"],
            by=request.person,
            at=at,
        )

    return acting.perform(request, form, told, act=_("Propose"), toast=_("Proposed. A second person decides."))


@requires(Permission.READ)
@require_POST
def propose_many(request: StaffRequest) -> HttpResponse:
    """Propose the same for many cases, after the preview."""
    at = clock.now()
    chosen = forms.ChosenForm(request.POST)
    form = forms.BulkForm(request.POST, rules=choices.rules(at=at))

    def told(values: dict[str, Any]) -> None:
        cases = choices.chosen_of(chosen)
        commands.propose_many(
            case_ids=cases, suggestion=form.suggestion(), rule_id=values["rule"], by=request.person, at=at
        )

    return acting.perform(request, form, told, act=_("Propose for all"), toast=_("Proposed. A second person decides."))


@requires(Permission.READ)
@require_POST
def dismiss(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """Let the text stand."""

    def told(values: dict[str, Any]) -> None:
        commands.dismiss(
            case_id=case_id,
            because=Dismissal(values["because"]),
            note=values["note"],
            seen_version=values["seen_version"],
            by=request.person,
            at=clock.now(),
        )

    form = forms.DismissalForm(request.POST)
    return acting.perform(request, form, told, act=_("Let it stand"), toast=_("The text stands."))


@requires(Permission.READ)
@require_POST
def subject(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """Say which colleague the text is about."""
    at = clock.now()
    form = forms.SubjectForm(request.POST, colleagues=choices.colleagues())

    def told(values: dict[str, Any]) -> None:
        commands.name_subject(case_id=case_id, person_id=values["person"], by=request.person, at=at)

    return acting.perform(request, form, told, act=_("Keep them out"), toast=_("They take no part in this case."))


@requires(Permission.READ)
@require_POST
def partiality(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """Say of oneself that one is partial."""
    commands.declare_partial(case_id=case_id, by=request.person, at=clock.now())
    return respond.done(request, to=acting.back(request), toast=_("You take no part in this case. A colleague does."))


@requires(Permission.READ)
@require_POST
def close(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """Close a case that has all it must have."""
    commands.close_case(case_id=case_id, by=request.person, at=clock.now())
    return respond.done(request, to=acting.back(request), toast=_("The case is closed, and its record is kept."))
