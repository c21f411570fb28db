"""What is done about one medium."""

from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from torg.core import clock
from torg.media import commands, forms, queries, sheets
from torg.media.views.library import MOST_PICTURES, SHEET, page_of
from torg.people.access import StaffRequest, requires
from torg.people.types import Permission
from torg.ui import respond


@requires(Permission.PUBLISH)
@require_POST
def focus(request: StaffRequest, medium_id: UUID) -> HttpResponse:
    """Choose what crops keep, by a click in the picture or by numbers."""
    at = clock.now()
    shown = queries.medium_or_absent(request.person, medium_id, at=at)
    typed = request.POST.copy()
    if point := _clicked(request, sheets.thumbnail_size(shown)):
        typed["x"], typed["y"] = (str(number) for number in point)
    form = forms.FocusForm(typed)
    if not form.is_valid():
        return respond.respond(request, SHEET, page_of(request, shown, focus_form=form), status=422)
    commands.choose_focus(medium_id=medium_id, **form.cleaned_data, by=request.person, at=at)
    return _done(request, medium_id, _("The crops follow the point."))


@requires(Permission.PUBLISH)
@require_POST
def depictions(request: StaffRequest, medium_id: UUID) -> HttpResponse:
    """Note who is depicted, or that somebody is not."""
    at = clock.now()
    shown = queries.medium_or_absent(request.person, medium_id, at=at)
    if request.POST.get("remove"):
        consent = _uuid(request.POST["remove"])
        commands.end_depiction(medium_id=medium_id, consent_id=consent, by=request.person, at=at)
        return _done(request, medium_id, _("The person is taken off the picture."))
    consents = queries.consents_for(request.person, at=at).filter(scope_id=shown.scope_id)
    form = forms.DepictionForm(request.POST, consents=consents)
    if not form.is_valid():
        return respond.respond(request, SHEET, page_of(request, shown, depiction_form=form), status=422)
    commands.note_depiction(medium_id=medium_id, consent_id=form.cleaned_data["consent"], by=request.person, at=at)
    return _done(request, medium_id, _("The consent is tied to the picture."))


@requires(Permission.PUBLISH)
@require_POST
def captions(request: StaffRequest, medium_id: UUID) -> HttpResponse:
    """Give a film captions."""
    form = forms.CaptionsForm(request.POST, request.FILES)
    if refused := _refused(request, medium_id, "captions_form", form):
        return refused
    commands.give_captions(
        medium_id=medium_id,
        language=form.cleaned_data["language"],
        data=form.cleaned_data["captions"].read(),
        by=request.person,
        at=clock.now(),
    )
    return _done(request, medium_id, _("The captions are saved."))


@requires(Permission.PUBLISH)
@require_POST
def poster(request: StaffRequest, medium_id: UUID) -> HttpResponse:
    """Choose the picture that stands for a film: one from the film, or one from the library."""
    at = clock.now()
    shown = queries.medium_or_absent(request.person, medium_id, at=at)
    pictures = queries.pictures_for(request.person, at=at)
    form = forms.PosterForm(
        request.POST, frames=shown.frames.order_by("milliseconds"), pictures=pictures[:MOST_PICTURES]
    )
    if refused := _refused(request, medium_id, "poster_form", form):
        return refused
    chosen, alt = form.cleaned_data, form.cleaned_data["alt"]
    acting = {"medium_id": medium_id, "alt": alt, "by": request.person, "at": at}
    if chosen["picture"]:
        commands.choose_poster(picture_id=chosen["picture"], **acting)
    else:
        commands.choose_frame(milliseconds=int(chosen["frame"]), **acting)
    return _done(
        request, medium_id, _("The picture stands for the film. Articles keep the one they were approved with.")
    )


@requires(Permission.PUBLISH)
@require_POST
def sizes(request: StaffRequest, medium_id: UUID) -> HttpResponse:
    """Try once more to make a film ready."""
    commands.make_sizes_again(medium_id=medium_id, by=request.person, at=clock.now())
    return _done(request, medium_id, _("The film waits for its turn."))


@requires(Permission.PUBLISH)
@require_POST
def alt_texts(request: StaffRequest, medium_id: UUID) -> HttpResponse:
    """Write a text alternative."""
    form = forms.AltTextForm(request.POST)
    if refused := _refused(request, medium_id, "alt_form", form):
        return refused
    commands.note_alt_text(medium_id=medium_id, **form.cleaned_data, by=request.person, at=clock.now())
    return _done(request, medium_id, _("The text is saved, and is suggested the next time."))


@requires(Permission.PUBLISH)
@require_POST
def setting_aside(request: StaffRequest, medium_id: UUID) -> HttpResponse:
    """Take it out of use."""
    commands.set_aside(medium_id=medium_id, by=request.person, at=clock.now())
    return _done(request, medium_id, _("It is taken out of use."))


@requires(Permission.PUBLISH)
@require_POST
def return_to_use(request: StaffRequest, medium_id: UUID) -> HttpResponse:
    """Take it into use again."""
    commands.take_back(medium_id=medium_id, by=request.person, at=clock.now())
    return _done(request, medium_id, _("It is in the library again."))


@requires(Permission.PUBLISH)
@require_POST
def deletion(request: StaffRequest, medium_id: UUID) -> HttpResponse:
    """Delete it."""
    commands.delete(medium_id=medium_id, by=request.person, at=clock.now())
    return respond.done(request, to=reverse("media:index"), toast=_("It is deleted."))


def _clicked(request: StaffRequest, size: tuple[int, int]) -> tuple[int, int] | None:
    """Where in the picture, in thousandths; None when the button was pressed by keyboard, which tells 0, 0."""
    told = [request.POST.get(f"point.{axis}", "") for axis in "xy"]
    if not all(part.isdecimal() for part in told) or told == ["0", "0"]:
        return None
    x, y = (min(1000, int(part[:5]) * 1000 // whole) for part, whole in zip(told, size, strict=True))
    return x, y


def _refused(request: StaffRequest, medium_id: UUID, name: str, form: django_forms.Form) -> HttpResponse | None:
    """The page with the form's errors, or None when it can be sent on; the command's refusal redraws it as well."""
    shown = queries.medium_or_absent(request.person, medium_id, at=clock.now())
    context: dict[str, Any] = page_of(request, shown, **{name: form})
    if not form.is_valid():
        return respond.respond(request, SHEET, context, status=422)
    respond.redraw_on_refusal(request, SHEET, context, form=form)
    return None


def _uuid(told: str) -> UUID:
    try:
        return UUID(told)
    except ValueError:
        return UUID(int=0)


def _done(request: StaffRequest, medium_id: UUID, toast: str) -> HttpResponse:
    return respond.done(request, to=reverse("media:medium", args=[medium_id]), toast=toast)
