"""Makes the copies of articles' pictures, outside any transaction since it takes seconds, and takes away those that
may be shown no longer."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from torg.core.actors import Rule
from torg.core.errors import DomainError
from torg.media import copies as media
from torg.media import queries as library
from torg.media.models import Medium
from torg.media.types import ConsentChannel, Copy, Shape
from torg.publishing import queries as publishing
from torg.site import articles, commands
from torg.site.copies import PICTURES
from torg.site.models import PictureCopy, SitePage
from torg.site.pictures import PREVIEW, WEBSITE
from torg.site.types import Part

DRAWER = Rule("site.pictures", "1")
# A telephone, a telephone with a fine screen, and a wide screen.
SHAPES = (*(Shape(WEBSITE, width, media_type="image/webp") for width in (480, 960, 1440)), Shape(PREVIEW, 1200, 630))
ENDINGS = {"image/webp": "webp", "image/jpeg": "jpg", "image/png": "png", "image/gif": "gif"}


def draw_for(article_id: UUID, *, at: datetime) -> None:
    """Make what is missing of the article's pictures, and draw its pages with them."""
    told = publishing.published_one(article_id)
    if told is None or told.is_withdrawn:
        return
    for picture in told.pictures:
        medium = _medium(picture.medium_id, at=at)
        if medium is not None and medium.is_picture and not _is_forbidden(medium, at=at):
            _make(medium, at=at)
    with transaction.atomic():
        articles.bring(article_id, at=at)


def withdraw_forbidden(*, at: datetime) -> int:
    """Take away the copies of pictures that may not be shown now, from every page; returns how many pictures."""
    gone = 0
    for medium_id in PictureCopy.objects.values_list("medium_id", flat=True).distinct():
        medium = _medium(medium_id, at=at)
        if medium is None or _is_forbidden(medium, at=at):
            _withdraw(medium_id, at=at)
            gone += 1
    return gone


def _medium(medium_id: UUID, *, at: datetime) -> Medium | None:
    try:
        return library.medium_or_absent(DRAWER, medium_id, at=at)
    except DomainError:
        return None


def _is_forbidden(medium: Medium, *, at: datetime) -> bool:
    return bool(library.obstacles(medium, at=at, channel=ConsentChannel.WEBSITE))


def _make(medium: Medium, *, at: datetime) -> None:
    have = set(PictureCopy.objects.filter(medium_id=medium.public_id).values_list("shape", "path"))
    if len({shape for shape, _path in have}) == len({shape.name for shape in SHAPES}):
        return
    for shape in SHAPES:
        _publish(medium, shape, media.published_copy(medium, shape=shape), at=at)


@transaction.atomic
def _publish(medium: Medium, shape: Shape, copy: Copy, *, at: datetime) -> None:
    path = f"{PICTURES}{copy.sha256}.{ENDINGS.get(copy.media_type, 'bin')}"
    # A small original gives the same copy for several sizes: it is listed once, with the width that it has.
    PictureCopy.objects.update_or_create(
        medium_id=medium.public_id,
        shape=shape.name,
        width=copy.width or shape.width,
        defaults={"height": copy.height or 0, "path": path},
    )
    commands.publish_page(path=path, part=Part(copy.data, copy.media_type), by=DRAWER, at=at)


@transaction.atomic
def _withdraw(medium_id: UUID, *, at: datetime) -> None:
    rows = PictureCopy.objects.filter(medium_id=medium_id)
    paths = set(rows.values_list("path", flat=True))
    rows.delete()
    # The same bytes may belong to another picture that may be shown.
    kept = set(PictureCopy.objects.filter(path__in=paths).values_list("path", flat=True))
    for path in SitePage.objects.filter(path__in=paths - kept, withdrawn_at=None).values_list("path", flat=True):
        commands.withdraw_page(path=path, by=DRAWER, at=at)
    for told in publishing.published(at=at):
        if medium_id in {picture.medium_id for picture in told.pictures}:
            articles.bring(told.public_id, at=at)
