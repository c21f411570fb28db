"""The page of time limits and terms: read by all who work here, changed by those who decide them."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from torg.core import clock
from torg.moderation import commands, deadlines, forms, policies
from torg.people.access import StaffRequest, requires
from torg.people.types import Permission
from torg.ui import respond

PAGE = "moderation/terms.html"


@requires(Permission.READ)
@require_http_methods(["GET", "POST"])
def terms(request: StaffRequest) -> HttpResponse:
    """See what holds, and decide it anew."""
    at = clock.now()
    setting = deadlines.setting()
    initial = {name: getattr(setting, name) for name in forms.TermsForm.base_fields}
    form = forms.TermsForm(request.POST if request.method == "POST" else None, initial=initial)
    context = {"form": form, "may_change": policies.may_set_terms(request.person, at=at)}
    if not (form.is_bound and form.is_valid()):
        return respond.respond(request, PAGE, context, status=422 if form.is_bound else 200)
    respond.redraw_on_refusal(request, PAGE, context, form=form)
    commands.set_terms(terms=form.terms(), by=request.person, at=at)
    return respond.done(request, to=reverse("moderation:terms"), toast=_("The time limits hold from now on."))
