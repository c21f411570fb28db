"""Change a proposal that waits, as a form over all that it concerns; and one of its texts by itself."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from torg.core import clock
from torg.moderation import choices, commands, forms, queries
from torg.moderation.models import Proposal
from torg.people.access import StaffRequest, requires
from torg.people.types import Permission
from torg.ui import respond

PAGE, APART = "moderation/revising.html", "moderation/apart.html"


@requires(Permission.READ)
@require_http_methods(["GET", "POST"])
def changes(request: StaffRequest, proposal_id: UUID) -> HttpResponse:
    """See what a proposal concerns and what its newest version changed; put another version in its place."""
    at = clock.now()
    proposal = queries.proposal_or_absent(request.person, proposal_id, at=at)
    is_sent = request.method == "POST"
    targets = queries.targets_of(proposal)
    form = forms.BulkForm(
        request.POST if is_sent else None,
        rules=choices.rules(at=at),
        initial=_initial(proposal) | {"rule": str(targets[0].passage.rule.public_id)},
    )
    chosen = forms.ChosenForm(request.POST if is_sent else None)
    may_revise = _may_revise(request, proposal)
    others = queries.others_like(proposal, request.person, at=at) if may_revise else []
    context = {
        "proposal": proposal,
        "targets": targets,
        "others": others,
        "ticked": set(request.POST.getlist("chosen")) if is_sent else {str(each.case.public_id) for each in targets},
        "told": queries.changes_of(proposal),
        "may_revise": may_revise,
        "form": form,
        "at": at,
    }
    if not (is_sent and form.is_valid() and chosen.is_valid()):
        return respond.respond(request, PAGE, context, status=422 if is_sent else 200)
    respond.redraw_on_refusal(request, PAGE, context, form=form)
    made = commands.revise_proposal(
        proposal_id=proposal_id,
        case_ids=chosen.cleaned_data["chosen"],
        suggestion=form.suggestion(),
        rule_id=form.cleaned_data["rule"],
        by=request.person,
        at=at,
    )
    to = reverse("moderation:proposal-changes", args=[made.public_id])
    return respond.done(request, to=to, toast=_("Changed. A second person decides on the new version."))


@requires(Permission.READ)
@require_http_methods(["GET", "POST"])
def apart(request: StaffRequest, proposal_id: UUID, case_id: UUID) -> HttpResponse:
    """Propose something else for one text of many; whoever may not is led to the proposal."""
    at = clock.now()
    proposal = queries.proposal_or_absent(request.person, proposal_id, at=at)
    target = queries.target_or_absent(proposal, case_id)
    is_sent = request.method == "POST"
    if not (is_sent or _may_revise(request, proposal)):
        return redirect("moderation:proposal-changes", proposal_id)
    form = forms.ProposalForm(request.POST if is_sent else None, passages=None, initial=_initial(proposal))
    context = {"proposal": proposal, "case": target.case, "form": form, "at": at}
    if not (is_sent and form.is_valid()):
        return respond.respond(request, APART, context, status=422 if is_sent else 200)
    respond.redraw_on_refusal(request, APART, context, form=form)
    made = commands.set_apart(
        proposal_id=proposal_id, case_id=case_id, suggestion=form.suggestion(), by=request.person, at=at
    )
    to = reverse("moderation:proposal-changes", args=[made.public_id])
    return respond.done(request, to=to, toast=_("It has a proposal of its own now. A second person decides on each."))


def _may_revise(request: StaffRequest, proposal: Proposal) -> bool:
    return proposal.proposed_by_id == request.person.pk and proposal.state == "WAITING"


def _initial(proposal: Proposal) -> dict[str, Any]:
    return {name: getattr(proposal, name) for name in queries.SAYS}
