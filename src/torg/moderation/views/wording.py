"""The notices of many: how they will read, and one text for all in one's own words."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from torg.core import clock
from torg.moderation import commands, forms, policies, queries, samples, telling
from torg.moderation.notices import Parts
from torg.people.access import StaffRequest, requires
from torg.people.types import Permission
from torg.ui import respond

PAGE = "moderation/wording.html"


@requires(Permission.READ)
@require_http_methods(["GET", "POST"])
def notices(request: StaffRequest, proposal_id: UUID) -> HttpResponse:
    """See the notices of a proposal; try other words, or keep them."""
    if request.method == "GET":
        return respond.respond(request, PAGE, _page(request, proposal_id, {}))
    language = request.POST.get("language", "")
    form = forms.WordingForm(request.POST, auto_id=f"{language}_%s")
    if not form.is_valid():
        return respond.respond(request, PAGE, _page(request, proposal_id, {}, form, language), status=422)
    frame = form.frame()
    context = _page(request, proposal_id, {language: frame}, form, language)
    if "try" in request.POST:
        return respond.respond(request, PAGE, context)
    respond.redraw_on_refusal(request, PAGE, context, form=form)
    commands.word_notices(proposal_id=proposal_id, language=language, frame=frame, by=request.person, at=clock.now())
    to = reverse("moderation:wording", args=[proposal_id])
    return respond.done(request, to=to, toast=_("The words are kept. They are sent when somebody agrees."))


def _page(
    request: StaffRequest,
    proposal_id: UUID,
    trial: dict[str, Parts],
    form: forms.WordingForm | None = None,
    language: str = "",
) -> dict[str, Any]:
    at = clock.now()
    proposal = queries.proposal_or_absent(request.person, proposal_id, at=at)
    targets = queries.targets_of(proposal)
    told = telling.tellings(proposal, targets, at=at)
    wordings = queries.wordings_of(proposal)
    batches = samples.batches(told, dict(wordings.newest), trial)
    return {
        "proposal": proposal,
        "count": len(targets),
        "untold": len(targets) - len(told),
        "first": targets[0].case,
        "may_word": policies.may_word(request.person, proposal, [each.case for each in targets], at=at),
        "batches": [(batch, form if batch.language == language and form else _form(batch)) for batch in batches],
        "versions": wordings.versions,
        "form": form,
        "at": at,
    }


def _form(batch: samples.Batch) -> forms.WordingForm:
    return forms.WordingForm.filled(batch.frame, auto_id=f"{batch.language}_%s")
