"""The library, a new medium, one medium, and its bytes."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.http import HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from torg.core import clock
from torg.core.errors import Invalid
from torg.files import queries as files
from torg.files.serving import headers_for, streamed
from torg.media import commands, copies, forms, keeping, queries, sheets
from torg.media.forms.media import told_of
from torg.media.models import Medium
from torg.media.queries import Wanted
from torg.media.shapes import SHAPES
from torg.people.access import StaffRequest, requires
from torg.people.queries import may_anywhere, scopes_for
from torg.people.types import Permission
from torg.ui import respond

PAGE_SIZE = 24
# So many of the newest pictures can stand for a film.
MOST_PICTURES = 100
# A day has fewer milliseconds.
MOST_DIGITS = 9
SHEET = "media/medium.html"


@requires(Permission.READ)
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """The media that the person may use, searched, the newest first."""
    at = clock.now()
    form = forms.SearchForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    wanted = Wanted(asked.get("text", ""), asked.get("kind", ""), is_set_aside=request.GET.get("state") == "aside")
    number = _page_number(request.GET)
    start = (number - 1) * PAGE_SIZE
    found = list(queries.library(request.person, wanted=wanted, at=at)[start : start + PAGE_SIZE + 1])
    context = {
        "form": form,
        "wanted": wanted,
        "cards": [(medium, queries.obstacles(medium, at=at)) for medium in found[:PAGE_SIZE]],
        "newer": _address(request.GET, number - 1) if number > 1 else "",
        "older": _address(request.GET, number + 1) if len(found) > PAGE_SIZE else "",
        "can_add": may_anywhere(request.person, Permission.PUBLISH, at=at),
        "viewing": _viewing(request),
    }
    return respond.respond(request, "media/index.html", context)


@requires(Permission.PUBLISH)
@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """Add a medium."""
    at = clock.now()
    places = scopes_for(request.person, Permission.PUBLISH, at=at).order_by("name")
    form = forms.AddForm(request.POST or None, request.FILES or None, places=places)
    if request.method == "GET" or not form.is_valid():
        return respond.respond(request, "media/new.html", {"form": form}, status=422 if form.errors else 200)
    respond.redraw_on_refusal(request, "media/new.html", {"form": form}, form=form)
    told = form.described(scope=form.cleaned_data["scope"])
    medium = commands.add(data=_uploaded(form.cleaned_data["file"]), description=told, by=request.person, at=at)
    return respond.done(request, to=reverse("media:medium", args=[medium.public_id]), toast=_("It is in the library."))


@requires(Permission.READ)
@require_http_methods(["GET", "POST"])
def medium(request: StaffRequest, medium_id: UUID) -> HttpResponse:
    """One medium: what forbids publishing it, how it is cropped, who is in it, and what is told of it."""
    at = clock.now()
    shown = queries.medium_or_absent(request.person, medium_id, at=at)
    form = forms.DescriptionForm(request.POST if request.method == "POST" else None, initial=told_of(shown))
    context = page_of(request, shown, form=form)
    if request.method == "GET" or not form.is_valid():
        return respond.respond(request, SHEET, context, status=422 if form.errors else 200)
    respond.redraw_on_refusal(request, SHEET, context, form=form)
    commands.describe(medium_id=medium_id, description=form.described(medium=shown), by=request.person, at=at)
    return respond.done(request, to=reverse("media:medium", args=[medium_id]), toast=_("The changes are saved."))


@requires(Permission.PUBLISH)
@require_GET
def original(request: StaffRequest, medium_id: UUID) -> StreamingHttpResponse:
    """The file as it came, with all that it tells: a download for those who keep the library."""
    found = queries.medium_or_absent(request.person, medium_id, at=clock.now(), permission=Permission.PUBLISH)
    return streamed(files.stored(found.sha256), name=found.name)


@requires(Permission.READ)
@require_GET
def thumbnail(request: StaffRequest, medium_id: UUID) -> HttpResponse:
    """The whole picture, small, and without what it told; of a film what stands for it.

    `poster` asks for what has stood for it before, `frame` for the small picture at a millisecond.
    """
    found = queries.medium_or_absent(request.person, medium_id, at=clock.now())
    sha256 = _pictured(found, request.GET)
    return HttpResponse(files.read(sha256), headers=headers_for(files.stored(sha256), name=found.name, in_place=True))


@requires(Permission.READ)
@require_GET
def published(request: StaffRequest, medium_id: UUID) -> HttpResponse | StreamingHttpResponse:
    """The copy as it would be published in a shape, to look at or to use elsewhere."""
    at = clock.now()
    found = queries.medium_or_absent(request.person, medium_id, at=at)
    if hindrances := queries.obstacles(found, at=at):
        raise Invalid(" ".join(map(str, hindrances)))
    if found.is_film:
        return _largest_size(found)
    shape, _label = SHAPES.get(request.GET.get("shape", ""), SHAPES["website"])
    made = copies.published_copy(found, shape=shape)
    headers = headers_for(files.stored(found.sha256), name=found.name)
    headers |= {"Content-Type": made.media_type, "Content-Length": str(len(made.data))}
    return HttpResponse(made.data, headers=headers)


def page_of(request: StaffRequest, shown: Medium, **changed: Any) -> dict[str, Any]:
    """The page about one medium; `changed` forms are shown as they were sent."""
    at = clock.now()
    sheet = sheets.sheet_of(shown, seen_by=request.person, at=at)
    consents = queries.consents_for(request.person, at=at).filter(scope_id=shown.scope_id) if sheet.can_keep else []
    return {
        "sheet": sheet,
        "medium": shown,
        "at": at,
        "viewing": _viewing(request),
        "form": forms.DescriptionForm(initial=told_of(shown)),
        "focus_form": forms.FocusForm(initial={"x": shown.focus_x, "y": shown.focus_y}),
        "depiction_form": forms.DepictionForm(consents=consents),
        "captions_form": forms.CaptionsForm(),
        "poster_form": _poster_form(request, sheet, at) if shown.is_film and sheet.can_keep else None,
        "alt_form": forms.AltTextForm(),
        **changed,
    }


def _poster_form(request: StaffRequest, sheet: sheets.Sheet, at: datetime) -> forms.PosterForm:
    chosen = {"frame": sheet.medium.poster_at, "alt": sheet.medium.poster_alt}
    pictures = queries.pictures_for(request.person, at=at)[:MOST_PICTURES]
    return forms.PosterForm(frames=sheet.frames, pictures=pictures, initial=chosen)


def _largest_size(film: Medium) -> StreamingHttpResponse:
    size = copies.film_sizes(film)[-1]
    return streamed(files.stored(size.sha256), name=f"{film.title[:60]}.mp4")


def _pictured(found: Medium, asked: Mapping[str, str]) -> str:
    at, earlier = asked.get("frame", ""), asked.get("poster", "")
    if at.isdecimal() and len(at) < MOST_DIGITS:
        return queries.frame_or_absent(found, int(at)).sha256
    return earlier if keeping.is_part_of(found, earlier) else found.thumbnail_sha256


def _uploaded(file: UploadedFile) -> bytes | Path:
    """The bytes of what is small; where the upload lies on disk when it is large."""
    return Path(file.temporary_file_path()) if isinstance(file, TemporaryUploadedFile) else file.read()


def _page_number(asked: Mapping[str, str]) -> int:
    told = asked.get("page", "")
    return min(int(told[:5]), 1000) if told.isdecimal() and int(told[:5]) > 0 else 1


def _address(asked: Mapping[str, str], number: int) -> str:
    return "?" + urlencode({**{name: asked[name] for name in asked if name != "page"}, "page": number})


def _viewing(request: StaffRequest) -> Any:
    """The person's own choice of how pictures are shown."""
    return import_string(settings.PICTURE_VIEWING)(request.person)
