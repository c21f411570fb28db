"""Makes the copies of articles' pictures and films, outside any transaction since it takes seconds, and takes away
those that may be shown no longer."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from torg.core.actors import Rule
from torg.core.errors import DomainError
from torg.files import queries as files
from torg.media import copies as media
from torg.media import queries as library
from torg.media.models import Medium
from torg.media.types import ConsentChannel, Copy, ObstacleCode, Shape
from torg.publishing import queries as publishing
from torg.publishing.types import Published, PublishedFilm
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
VTT, MP4 = "text/vtt; charset=utf-8", "video/mp4"
# The gate has judged captions, and the information officer may have let a film past it; sizes stand or follow.
JUDGED_BEFORE = (ObstacleCode.NO_CAPTIONS, ObstacleCode.FILM_NOT_READY, ObstacleCode.FILM_FAILED)
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
    for film in told.films:
        _bring_pins(film, at=at)
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


def bring_new_sizes(*, at: datetime) -> int:
    """Bring sizes of films that have become ready to the pages that play them; returns how many films."""
    changed = 0
    shown = MediumCopy.objects.filter(shape=FILM).values_list("medium_id", flat=True).distinct()
    for medium_id in shown:
        medium = _medium(medium_id, at=at)
        if medium is not None and medium.is_film and _bring_sizes(medium, at=at):
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
    found = library.obstacles(medium, at=at, channel=ConsentChannel.WEBSITE)
    return any(obstacle.code not in JUDGED_BEFORE for obstacle in found)


def _make(medium: Medium, *, at: datetime) -> None:
    if medium.is_film:
        _bring_sizes(medium, at=at)
        return
    have = set(MediumCopy.objects.filter(medium_id=medium.public_id).values_list("shape", flat=True))
    if not medium.is_picture:
        if FILM not in have:
            _publish(medium, WHOLE, media.published_copy(medium, shape=WHOLE), at=at)
    elif have != {shape.name for shape in SHAPES}:
        for shape in SHAPES:
            _publish(medium, shape, media.published_copy(medium, shape=shape), at=at)


@transaction.atomic
def _bring_sizes(medium: Medium, *, at: datetime) -> bool:
    """Put up the sizes that are ready and not there yet; returns whether there were any."""
    there = set(MediumCopy.objects.filter(medium_id=medium.public_id, shape=FILM).values_list("path", flat=True))
    new = [size for size in media.film_sizes(medium) if _path(size.sha256, MP4) not in there]
    ready = [_path(size.sha256, MP4) for size in media.film_sizes(medium)]
    if ready:
        _clear_rows(MediumCopy.objects.filter(medium_id=medium.public_id, shape=FILM).exclude(path__in=ready), at=at)
    for size in new:
        part = Part(b"", MP4, file_sha256=size.sha256, file_size=size.size)
        _put_up(medium, Shape(FILM, size.width, size.height), _path(size.sha256, MP4), part, at=at)
    return bool(new)


@transaction.atomic
def _bring_pins(film: PublishedFilm, *, at: datetime) -> None:
    """Have the captions and poster on the site that were approved with a film, and none that no article shows."""
    medium = _medium(film.medium_id, at=at) if film.medium_id else None
    if medium is None or not MediumCopy.objects.filter(medium_id=medium.public_id, shape=FILM).exists():
        return
    for row in library.captions_of(medium, film.pins):
        part = Part(row.vtt.encode(), VTT)
        _put_up(medium, Shape(CAPTIONS, 0, 0), _path(row.sha256, VTT), part, at=at, language=row.language)
    if film.pins.poster_sha256:
        part = Part(files.read(film.pins.poster_sha256), "image/jpeg")
        _put_up(medium, Shape(POSTER, 0, 0), _path(film.pins.poster_sha256, part.media_type), part, at=at)
    _clear_unpinned(medium, at=at)


def _clear_unpinned(medium: Medium, *, at: datetime) -> None:
    pinned = {_path(sha256, kind) for sha256 in publishing.pinned_of(medium.public_id) for kind in (VTT, "image/jpeg")}
    rows = MediumCopy.objects.filter(medium_id=medium.public_id, shape__in=(CAPTIONS, POSTER))
    _clear_rows(rows.exclude(path__in=pinned), at=at)


def _path(sha256: str, media_type: str) -> str:
    return f"{PICTURES}{sha256}.{ENDINGS.get(media_type, 'bin')}"


def _put_up(medium: Medium, shape: Shape, path: str, part: Part, *, at: datetime, language: str = "") -> None:
    MediumCopy.objects.get_or_create(
        medium_id=medium.public_id,
        shape=shape.name,
        language=language,
        width=shape.width,
        path=path,
        defaults={"height": shape.height or 0, "media_type": part.media_type},
    )
    commands.publish_page(path=path, part=part, by=DRAWER, at=at)


@transaction.atomic
def _publish(medium: Medium, shape: Shape, copy: Copy, *, at: datetime) -> None:
    path = _path(copy.sha256, copy.media_type)
    # A small original gives the same copy for several sizes: it is listed once, with the width that it has.
    MediumCopy.objects.update_or_create(
        medium_id=medium.public_id,
        shape=shape.name,
        language="",
        width=copy.width or shape.width,
        defaults={"height": copy.height or 0, "path": path, "media_type": copy.media_type},
    )
    commands.publish_page(path=path, part=Part(copy.data, copy.media_type), by=DRAWER, at=at)


@transaction.atomic
def _withdraw(medium_id: UUID, *, at: datetime) -> None:
    _clear_rows(MediumCopy.objects.filter(medium_id=medium_id), at=at)
    _redraw(medium_id, at=at)


def _clear_rows(rows: QuerySet[MediumCopy], *, at: datetime) -> None:
    paths = set(rows.values_list("path", flat=True))
    rows.delete()
    _clear(paths, at=at)


def _clear(paths: set[str], *, at: datetime) -> None:
    """Take the files away that nothing shows now: the same bytes may belong to another medium that may be shown."""
    kept = set(MediumCopy.objects.filter(path__in=paths).values_list("path", flat=True))
    for path in SitePage.objects.filter(path__in=paths - kept, withdrawn_at=None).values_list("path", flat=True):
        commands.withdraw_page(path=path, by=DRAWER, at=at)


def _redraw(medium_id: UUID, *, at: datetime) -> None:
    for told in publishing.published(at=at):
        if medium_id in set(_media_of(told)):
            articles.bring(told.public_id, at=at)
