"""The gate, asked about a version as it stands in the database, with what the media library knows."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.conf import settings

from torg.channels.models import Connection
from torg.media import queries as media
from torg.media.models import Medium
from torg.media.types import ConsentChannel, ObstacleCode
from torg.publishing import gate
from torg.publishing.gate import Bounds, Place, Remark, Severity
from torg.publishing.models import Article, ArticleVersion, ReadingLimit
from torg.publishing.queries.versions import content_of
from torg.publishing.types import Content
from torg.publishing.writing import slug_of

# What the library says of a medium concerns its rights and the people in it: nobody here can let that past.
OBSTACLE = "medium_obstacle"


def remarks_on(article: Article, version: ArticleVersion, *, at: datetime) -> list[Remark]:
    """Everything that is wrong with a version now, media included."""
    return remarks_of(content_of(version), at=at, link=link_to(article))


def remarks_of(content: Content, *, at: datetime, link: str = "") -> list[Remark]:
    """The same for content that is not saved."""
    known = _media(content)
    found = gate.run(content, bounds=bounds(at=at), platforms=platforms_of(content), link=link)
    return [*_obstacles(content, known, at=at), *found]


def refusals_left(article: Article, version: ArticleVersion, *, at: datetime) -> list[Remark]:
    """What refuses the version, apart from what the information officer has let past."""
    let_past = {code for row in version.overrides.all() for code in row.codes}
    found = remarks_on(article, version, at=at)
    return [remark for remark in found if remark.refuses and (remark.code not in let_past or remark.code == OBSTACLE)]


def films_changed(version: ArticleVersion) -> list[str]:
    """The titles of films whose captions, poster or transcript are others in the library than in this version."""
    content = content_of(version)
    known = _media(content)
    return [
        film.title
        for film in content.films
        if film.medium_id is not None and film.medium_id in known and media.pins_of(known[film.medium_id]) != film.pins
    ]


def bounds(*, at: datetime) -> Bounds:
    """How hard a text may be to read now."""
    row = ReadingLimit.objects.filter(from_at__lte=at).order_by("-from_at", "-id").first()
    return Bounds(row.warn_above, row.refuse_above) if row else Bounds()


def platforms_of(content: Content) -> Mapping[UUID, str]:
    """The platform of each channel that the content has a text for."""
    wanted = [channel.connection_id for channel in content.channels]
    if not wanted:
        return {}
    return dict(Connection.objects.filter(public_id__in=wanted).values_list("public_id", "platform"))


def link_to(article: Article) -> str:
    """The article's address on our site, as its title makes it before it is published: for counting and previews."""
    slug = next((row.slug for row in article.slugs.all()), "") or slug_of(article.title)
    return f"{settings.PUBLIC_ADDRESS}/aktuelt/{slug}-{article.public_id.hex[-12:]}/"


def _media(content: Content) -> Mapping[UUID, Medium]:
    wanted = [picture.medium_id for picture in content.pictures]
    wanted += [film.medium_id for film in content.films if film.medium_id is not None]
    if not wanted:
        return {}
    rows = (
        Medium.objects.filter(public_id__in=wanted)
        .select_related("poster_from")
        .prefetch_related("depictions__consent", "captions", "sizes")
    )
    return {row.public_id: row for row in rows}


def _obstacles(content: Content, known: Mapping[UUID, Medium], *, at: datetime) -> Sequence[Remark]:
    on_channels = {key for channel in content.channels for key in (*channel.picture_ids, channel.film_id)}
    used = [("picture", number, one.medium_id) for number, one in enumerate(content.pictures, start=1)]
    used += [("film", number, one.medium_id) for number, one in enumerate(content.films, start=1) if one.medium_id]
    found = []
    for part, number, medium_id in used:
        medium = known.get(medium_id)
        place = Place(part, "", number)
        if medium is None:
            found.append(Remark(f"{part}_gone", Severity.REFUSE, place))
            continue
        wheres = [ConsentChannel.WEBSITE] + [ConsentChannel.SOCIAL] * (medium_id in on_channels)
        each = [obstacle for where in wheres for obstacle in media.obstacles(medium, at=at, channel=where)]
        # That captions are missing the gate says by itself, with the way to mend it.
        told = dict.fromkeys(str(one) for one in each if one.code != ObstacleCode.NO_CAPTIONS)
        found += [Remark(OBSTACLE, Severity.REFUSE, place, {"obstacle": text}) for text in told]
    return found
