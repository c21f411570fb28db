"""How an article will look: on the site, and on each channel with its counts. Networks may show it otherwise."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from uuid import UUID

from django.utils.safestring import SafeString

from torg.channels.models import Connection
from torg.media import captioning, copies, languages
from torg.media import queries as media
from torg.media.models import Medium
from torg.media.shapes import SHAPES, Box
from torg.media.types import Pins
from torg.publishing import checking, going_out, rendering
from torg.publishing.channel_shapes import shape_for
from torg.publishing.gate.words import UNITS
from torg.publishing.limits import count
from torg.publishing.limits.counting import FILMS, LINK_APART, WITHOUT_LINKS
from torg.publishing.models import Article, ArticleVersion
from torg.publishing.queries.versions import content_of
from torg.publishing.types import Content, FilmUse


@dataclass(frozen=True, slots=True)
class Crop:
    """The part of a picture that a channel gets, which is what `media.copies` will cut, and what is said of it."""

    medium: Medium
    box: Box
    alt: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the article, and what is said of it; nothing is said of decoration."""

    medium: Medium
    alt: str
    is_decorative: bool


@dataclass(frozen=True, slots=True)
class Page:
    """One language as the site will show it."""

    language: str
    title: str
    lead: str
    html: SafeString
    pictures: Sequence[Picture]
    films: Sequence["Film"]


@dataclass(frozen=True, slots=True)
class Film:
    """A film or sound in the article; `medium` where it is the library's own."""

    title: str
    captions: Sequence["Spoken"]
    medium: Medium | None
    pins: Pins


@dataclass(frozen=True, slots=True)
class Spoken:
    """What is said in a film, in one language, as it is in this version; no lines where the film is elsewhere."""

    language: str
    lines: Sequence[str]

    @property
    def name(self) -> str:
        return languages.name_of(self.language)


@dataclass(frozen=True, slots=True)
class Used:
    """How much of a limit a post uses, in words."""

    used: int
    most: int
    unit: str
    is_over: bool


@dataclass(frozen=True, slots=True)
class PostPreview:
    """A post as its channel will show it: text, link card, pictures with what is said of them."""

    name: str
    platform: str
    language: str
    paragraphs: Sequence[str]
    link: str
    card_title: str
    pictures: Sequence[Crop]
    counts: Sequence[Used]
    film: Film | None = None
    longest_film: int = 0


def pages(version: ArticleVersion) -> list[Page]:
    """Each language; the HTML has passed the list of what is allowed."""
    content = content_of(version)
    films, known = _films(content), _pictures({picture.medium_id for picture in content.pictures})
    pictures = [(known[one.medium_id], one) for one in content.pictures if one.medium_id in known]
    return [
        Page(
            code,
            words.title,
            words.lead,
            SafeString(rendering.html_of(words)),
            [Picture(medium, used.alts.get(code, ""), used.is_decorative) for medium, used in pictures],
            films,
        )
        for code, words in content.texts.items()
    ]


def posts(article: Article, version: ArticleVersion) -> list[PostPreview]:
    """Each post of the version."""
    content, link = content_of(version), checking.link_to(article)
    alts = {picture.medium_id: picture.alts for picture in content.pictures}
    pictures = _pictures({key for channel in content.channels for key in channel.picture_ids})
    films = {film.medium.public_id: film for film in _films(content) if film.medium}
    connections: dict[UUID, Connection] = {
        row.connection.public_id: row.connection for row in version.channel_texts.all()
    }
    made = []
    for channel in content.channels:
        connection = connections[channel.connection_id]
        shown = link if channel.has_link and connection.platform not in WITHOUT_LINKS else ""
        has_card = bool(shown) and connection.platform in LINK_APART and not channel.picture_ids
        has_card = has_card and channel.film_id is None
        counts = count(connection.platform, channel.text, link=shown, pictures=len(channel.picture_ids))
        made.append(
            PostPreview(
                name=connection.name or connection.platform_name,
                platform=connection.platform_name,
                language=channel.language,
                paragraphs=[part for part in channel.text.split("\n") if part.strip()],
                link=shown,
                card_title=content.texts.get(channel.language, content.main).title if has_card else "",
                pictures=[
                    _crop(pictures[key], connection.platform, alts.get(key, {}).get(channel.language, ""))
                    for key in channel.picture_ids
                    if key in pictures
                ],
                counts=[Used(one.used, one.most, str(UNITS[one.unit]), one.is_over) for one in counts],
                film=films.get(channel.film_id) if channel.film_id else None,
                longest_film=FILMS.get(connection.platform, 0),
            )
        )
    return made


def kept(article: Article, version: ArticleVersion) -> Mapping[int, str]:
    """What posts that stand go on showing though this version has something else there: "film" or "pictures"."""
    stands, found = going_out.made_from(article), {}
    for text in version.channel_texts.all():
        stood = stands.get(text.connection_id)
        if stood and stood.film_id != text.film_id and stood.film_id:
            found[text.connection_id] = "film"
        elif stood and (stood.picture_ids != text.picture_ids or stood.film_id != text.film_id):
            found[text.connection_id] = "pictures"
    return found


def _pictures(wanted: Set[UUID]) -> Mapping[UUID, Medium]:
    rows = Medium.objects.filter(public_id__in=wanted).prefetch_related("shape_focuses") if wanted else ()
    return {row.public_id: row for row in rows if row.is_picture}


def _films(content: Content) -> list[Film]:
    wanted = [film.medium_id for film in content.films if film.medium_id is not None]
    rows = Medium.objects.filter(public_id__in=wanted).prefetch_related("captions", "sizes") if wanted else ()
    known = {row.public_id: row for row in rows}
    return [_film(film, known.get(film.medium_id) if film.medium_id else None) for film in content.films]


def _film(film: FilmUse, medium: Medium | None) -> Film:
    rows = media.captions_of(medium, film.pins) if medium else []
    spoken = [Spoken(row.language, [cue.text for cue in captioning.read(row.vtt.encode())]) for row in rows]
    elsewhere = [Spoken(code, []) for code in film.caption_languages] if medium is None else []
    return Film(film.title, spoken or elsewhere, medium, film.pins)


def _crop(medium: Medium, platform: str, alt: str) -> Crop:
    return Crop(medium, copies.box_in(medium, SHAPES[shape_for(platform)][0]), alt)
