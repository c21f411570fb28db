"""Makes the copies of articles' pictures and films, outside any transaction since it takes seconds, and takes away
those that may be shown no longer."""

import hashlib
from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db import transaction

from torg.core.actors import Rule
from torg.core.errors import DomainError
from torg.files import queries as files
from torg.media import copies as media
from torg.media import queries as library
from torg.media.models import Medium
from torg.media.types import ConsentChannel, Copy, ObstacleCode, Shape
from torg.publishing import queries as publishing
from torg.publishing.types import Published
from torg.site import articles, commands
from torg.site.copies import PICTURES
from torg.site.films import CAPTIONS, FILM, POSTER
from torg.site.models import MediumCopy, SitePage
from torg.site.pictures import PREVIEW, WEBSITE
from torg.site.types import Part

DRAWER = Rule("site.pictures", "1")
# A telephone, a telephone with a fine screen, and a wide screen.
SHAPES = (*(Shape(WEBSITE, width, media_type="image/webp") for width in (480, 960, 1440)), Shape(PREVIEW, 1200, 630))
WHOLE = Shape(FILM, 0)
VTT = "text/vtt; charset=utf-8"
ENDINGS = {
    "image/webp": "webp", "image/jpeg": "jpg", "image/png": "png", "image/gif": "gif", VTT: "vtt",
    "video/mp4": "mp4", "video/webm": "webm", "audio/mpeg": "mp3", "audio/mp4": "m4a", "audio/ogg": "ogg",
    "audio/wav": "wav", "audio/flac": "flac",
}  # fmt: skip


def draw_for(article_id: UUID, *, at: datetime) -> None:
    """Make what is missing of the article's pictures and films, and draw its pages with them."""
    told = publishing.published_one(article_id)
    if told is None or told.is_withdrawn:
        return
    for medium_id in _media_of(told):
        medium = _medium(medium_id, at=at)
        if medium is not None and not _is_forbidden(medium, at=at):
            _make(medium, at=at)
    with transaction.atomic():
        articles.bring(article_id, at=at)


def withdraw_forbidden(*, at: datetime) -> int:
    """Take away the copies of media that may not be shown now, from every page; returns how many media."""
    gone = 0
    for medium_id in MediumCopy.objects.values_list("medium_id", flat=True).distinct():
        medium = _medium(medium_id, at=at)
        if medium is None or _is_forbidden(medium, at=at):
            _withdraw(medium_id, at=at)
            gone += 1
    return gone


def renew_captions(*, at: datetime) -> int:
    """Bring captions that have been changed in the library to the pages that play their film; returns how many."""
    changed = 0
    for medium_id in MediumCopy.objects.filter(shape=FILM).values_list("medium_id", flat=True):
        medium = _medium(medium_id, at=at)
        if medium is not None and _bring_captions(medium, at=at):
            _redraw(medium_id, at=at)
            changed += 1
    return changed


def _media_of(told: Published) -> Iterator[UUID]:
    yield from (picture.medium_id for picture in told.pictures)
    yield from (film.medium_id for film in told.films if film.medium_id is not None)


def _medium(medium_id: UUID, *, at: datetime) -> Medium | None:
    try:
        return library.medium_or_absent(DRAWER, medium_id, at=at)
    except DomainError:
        return None


def _is_forbidden(medium: Medium, *, at: datetime) -> bool:
    # Of captions the gate has judged, and the information officer may have let a film past it.
    found = library.obstacles(medium, at=at, channel=ConsentChannel.WEBSITE)
    return any(obstacle.code != ObstacleCode.NO_CAPTIONS for obstacle in found)


def _make(medium: Medium, *, at: datetime) -> None:
    have = set(MediumCopy.objects.filter(medium_id=medium.public_id).values_list("shape", flat=True))
    if not medium.is_picture:
        if FILM not in have:
            _make_film(medium, at=at)
        _bring_captions(medium, at=at)
    elif have != {shape.name for shape in SHAPES}:
        for shape in SHAPES:
            _publish(medium, shape, media.published_copy(medium, shape=shape), at=at)


def _make_film(medium: Medium, *, at: datetime) -> None:
    made = media.published_copy(medium, shape=WHOLE)
    if medium.thumbnail_sha256:
        poster = files.read(medium.thumbnail_sha256)
        drawn = Copy(poster, "image/jpeg", medium.width, medium.height, medium.thumbnail_sha256)
        _publish(medium, Shape(POSTER, 0), drawn, at=at)
    _publish(medium, WHOLE, made, at=at)


@transaction.atomic
def _bring_captions(medium: Medium, *, at: datetime) -> bool:
    """Have the film's captions on the site as the library has them; returns whether any were changed."""
    wanted = {row.language: row.vtt.encode() for row in medium.captions.all()}
    stand = MediumCopy.objects.filter(medium_id=medium.public_id, shape=CAPTIONS)
    before = dict(stand.values_list("language", "path"))
    stand.exclude(language__in=wanted).delete()
    for language, vtt in wanted.items():
        copy = Copy(vtt, VTT, None, None, hashlib.sha256(vtt).hexdigest())
        _publish(medium, Shape(CAPTIONS, 0), copy, language=language, at=at)
    _clear(set(before.values()), at=at)
    return before != dict(stand.all().values_list("language", "path"))


@transaction.atomic
def _publish(medium: Medium, shape: Shape, copy: Copy, *, at: datetime, language: str = "") -> None:
    path = f"{PICTURES}{copy.sha256}.{ENDINGS.get(copy.media_type, 'bin')}"
    # A small original gives the same copy for several sizes: it is listed once, with the width that it has.
    MediumCopy.objects.update_or_create(
        medium_id=medium.public_id,
        shape=shape.name,
        language=language,
        width=copy.width or shape.width,
        defaults={"height": copy.height or 0, "path": path, "media_type": copy.media_type},
    )
    commands.publish_page(path=path, part=Part(copy.data, copy.media_type), by=DRAWER, at=at)


@transaction.atomic
def _withdraw(medium_id: UUID, *, at: datetime) -> None:
    rows = MediumCopy.objects.filter(medium_id=medium_id)
    paths = set(rows.values_list("path", flat=True))
    rows.delete()
    _clear(paths, at=at)
    _redraw(medium_id, at=at)


def _clear(paths: set[str], *, at: datetime) -> None:
    """Take the files away that nothing shows now: the same bytes may belong to another medium that may be shown."""
    kept = set(MediumCopy.objects.filter(path__in=paths).values_list("path", flat=True))
    for path in SitePage.objects.filter(path__in=paths - kept, withdrawn_at=None).values_list("path", flat=True):
        commands.withdraw_page(path=path, by=DRAWER, at=at)


def _redraw(medium_id: UUID, *, at: datetime) -> None:
    for told in publishing.published(at=at):
        if medium_id in set(_media_of(told)):
            articles.bring(told.public_id, at=at)
