"""Saying who this installation serves, first and later."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from torg.core import clock
from torg.core.errors import Invalid
from torg.files import commands as files
from torg.files import sniffing
from torg.people import commands as people
from torg.people import forms, queries
from torg.people.access import StaffRequest, requires_everywhere
from torg.people.types import Permission
from torg.ui import respond

ARMS_MAX_BYTES = 500_000
ARMS_TYPES = {"image/svg+xml", "image/png"}


@requires_everywhere(Permission.MANAGE_PEOPLE)
@require_http_methods(["GET", "POST"])
def municipality(request: StaffRequest) -> HttpResponse:
    """Name, arms, colour and how the public reaches the municipality."""
    known = queries.municipality()
    initial = {name: getattr(known, name) for name in SHOWN} if known else None
    form = forms.MunicipalityForm(request.POST or None, request.FILES or None, initial=initial)
    context = {"form": form, "is_first": known is None}
    if request.method == "GET" or not form.is_valid():
        return respond.respond(request, "people/municipality.html", context, status=422 if form.errors else 200)
    respond.redraw_on_refusal(request, "people/municipality.html", context, form=form)
    typed = dict(form.cleaned_data)
    arms = typed.pop("arms")
    arms_sha256 = _store_arms(arms) if arms else (known.arms_sha256 if known else "")
    # What the form does not show stays as it was.
    kept = {name: getattr(known, name) for name in people.Identity.__slots__} if known else {}
    identity = people.Identity(**{**kept, **typed, "arms_sha256": arms_sha256})
    people.set_up_municipality(identity=identity, by=request.person, at=clock.now())
    if known is None:
        return respond.done(request, to=reverse("people:hours"), toast=_("Good. Next: when are you open?"))
    return respond.done(request, to=reverse("people:municipality"), toast=_("The changes are saved."))


SHOWN = ("name", "language", "colour", "contact_email", "contact_phone", "contact_address")


def _store_arms(upload) -> str:
    if upload.size > ARMS_MAX_BYTES:
        raise Invalid(_("The picture is larger than 500 kB. Choose a smaller one."), field="arms")
    data = upload.read()
    # Looked at before anything is stored: what is refused shall not lie here.
    if sniffing.media_type(data) not in ARMS_TYPES:
        raise Invalid(_("The coat of arms must be an SVG or a PNG picture."), field="arms")
    return files.store(data=data, claimed_type=upload.content_type, at=clock.now()).sha256
