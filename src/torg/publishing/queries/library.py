"""What of the media library an article may use."""

from datetime import datetime

from torg.media import queries as media
from torg.media.models import Medium
from torg.people.models import Person
from torg.publishing.types import Content

MOST = 200


def media_for(content: Content, *, seen_by: Person, at: datetime) -> list[Medium]:
    """The newest media, and those that the content uses already however old they are."""
    rows = media.library(seen_by, wanted=media.Wanted(), at=at)
    used = {picture.medium_id for picture in content.pictures}
    used |= {film.medium_id for film in content.films if film.medium_id is not None}
    newest = list(rows[:MOST])
    missing = used - {row.public_id for row in newest}
    return [*newest, *rows.filter(public_id__in=missing)] if missing else newest
