"""How the journal is published."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from torg.core import clock
from torg.openness import commands, forms, loading
from torg.people.access import StaffRequest, requires_everywhere
from torg.people.types import Permission
from torg.ui import respond

PAGE = "openness/settings.html"


@sensitive_post_parameters()
@requires_everywhere(Permission.JOURNAL)
@require_http_methods(["GET", "POST"])
def index(request: StaffRequest) -> HttpResponse:
    """Switch it on, and say how."""
    row = loading.settings_now()
    form = forms.SettingsForm(request.POST) if request.method == "POST" else forms.settings_form(row)
    context = {"form": form, "settings": row}
    if request.method == "GET" or not form.is_valid():
        return respond.respond(request, PAGE, context, status=422 if form.errors else 200)
    respond.redraw_on_refusal(request, PAGE, context, form=form)
    commands.change_settings(wanted=form.wanted(), by=request.person, at=clock.now())
    return respond.done(request, to=reverse("openness:settings"), toast=_("Saved."))
