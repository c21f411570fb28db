"""How one wants to see pictures and gross text: everybody's own page."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from torg.core import clock
from torg.moderation import commands, forms, queries
from torg.people.access import StaffRequest, signed_in
from torg.ui import respond


@signed_in
@require_http_methods(["GET", "POST"])
def viewing(request: StaffRequest) -> HttpResponse:
    """Choose, and see an example."""
    chosen = queries.viewing_of(request.person)
    initial = {name: getattr(chosen, name) for name in forms.ViewingForm.base_fields}
    form = forms.ViewingForm(request.POST if request.method == "POST" else None, initial=initial)
    if not (form.is_bound and form.is_valid()):
        return respond.respond(request, "moderation/viewing.html", {"form": form, "viewing": chosen})
    commands.choose_viewing(**form.cleaned_data, by=request.person, at=clock.now())
    return respond.done(request, to=reverse("moderation:viewing"), toast=_("Your choices are kept."))
