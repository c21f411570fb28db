"""Disposal by rule, and legal holds."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from torg.core import clock
from torg.core.errors import NotFound
from torg.people.access import StaffRequest, requires, requires_everywhere
from torg.people.types import Permission
from torg.records import commands, forms, preservation_forms
from torg.records.days import day_of
from torg.records.models import CaseFile, Disposal, DisposalRule, LegalHold
from torg.records.preservation_codes import DisposalState
from torg.ui import respond

PAGE = "records/preservation.html"
MOST_SHOWN = 100


@requires_everywhere(Permission.JOURNAL)
@require_http_methods(["GET", "POST"])
def preservation(request: StaffRequest) -> HttpResponse:
    """The rules with what they propose, and what is held; propose another rule."""
    at = clock.now()
    context = _context(request, at)
    form = context["form"]
    if request.method == "GET" or not form.is_valid():
        return respond.respond(request, PAGE, context, status=422 if form.errors else 200)
    respond.redraw_on_refusal(request, PAGE, context, form=form)
    commands.propose_disposal_rule(wanted=form.wanted(), by=request.person, at=at)
    return _back(request, _("Proposed. Another person must approve it before it holds."))


@requires_everywhere(Permission.JOURNAL)
@require_POST
def approval(request: StaffRequest, rule_id: UUID) -> HttpResponse:
    """The second person's yes to a rule."""
    commands.approve_disposal_rule(rule_id=rule_id, by=request.person, at=clock.now())
    return _back(request, _("Approved. The rule proposes from now on."))


@requires_everywhere(Permission.JOURNAL)
@require_POST
def withdrawal(request: StaffRequest, rule_id: UUID) -> HttpResponse:
    """Let a rule propose no more."""
    commands.withdraw_disposal_rule(rule_id=rule_id, by=request.person, at=clock.now())
    return _back(request, _("Withdrawn. What it had proposed is kept."))


@requires_everywhere(Permission.JOURNAL)
@require_POST
def decision(request: StaffRequest) -> HttpResponse:
    """Dispose of what is ticked."""
    number = _decide(request, commands.decide_disposals)
    return _back(request, _("Decided for %(count)d. The files are removed in a moment.") % {"count": number})


@requires_everywhere(Permission.JOURNAL)
@require_POST
def keeping(request: StaffRequest) -> HttpResponse:
    """Keep what is ticked."""
    return _back(request, _("Kept: %(count)d.") % {"count": _decide(request, commands.keep_after_all)})


@requires(Permission.JOURNAL)
@require_POST
def hold(request: StaffRequest) -> HttpResponse:
    """Place a case file under legal hold."""
    at = clock.now()
    form = preservation_forms.HoldForm(request.POST)
    if not form.is_valid():
        return respond.respond(request, PAGE, {**_context(request, at), "hold_form": form}, status=422)
    seen = CaseFile.objects.visible_to(request.person, at=at)
    case = forms.case_numbered(form.cleaned_data["case"], seen)
    commands.place_hold(case_id=case.public_id, because=form.cleaned_data["because"], by=request.person, at=at)
    return _back(request, _("The case file is held. Nothing in it is disposed of."))


@requires(Permission.JOURNAL)
@require_POST
def lifting(request: StaffRequest, hold_id: UUID) -> HttpResponse:
    """Lift a legal hold."""
    commands.lift_hold(hold_id=hold_id, by=request.person, at=clock.now())
    return _back(request, _("The hold is lifted."))


def _context(request: StaffRequest, at: datetime) -> dict[str, Any]:
    seen = Disposal.objects.visible_to(request.person, at=at, permission=Permission.JOURNAL)
    rows = seen.select_related("entry__case_file", "rule").order_by("due_on", "id")
    holds = LegalHold.objects.visible_to(request.person, at=at, permission=Permission.JOURNAL)
    typed = request.POST if request.method == "POST" and request.path == _page() else None
    return {
        "form": preservation_forms.RuleForm(typed, language=get_language() or "nb", on=day_of(at)),
        "hold_form": preservation_forms.HoldForm(),
        "rules": DisposalRule.objects.select_related("reference", "proposed_by", "approved_by").order_by("-id"),
        "proposed": rows.filter(state=DisposalState.PROPOSED)[:MOST_SHOWN],
        "done": rows.exclude(state=DisposalState.PROPOSED).select_related("decided_by").order_by("-decided_at")[:20],
        "holds": holds.filter(lifted_at=None).select_related("case_file", "made_by").order_by("-id")[:MOST_SHOWN],
    }


def _decide(request: StaffRequest, command: Callable[..., int]) -> int:
    try:
        chosen = [UUID(value) for value in request.POST.getlist("chosen")]
    except ValueError as error:
        raise NotFound(_("There is no such proposal.")) from error
    because = request.POST.get("because", "")
    return command(disposal_ids=chosen, because=because, by=request.person, at=clock.now())


def _back(request: StaffRequest, toast: str) -> HttpResponse:
    return respond.done(request, to=_page(), toast=toast)


def _page() -> str:
    return reverse("records:preservation")
