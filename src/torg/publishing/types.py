"""What crosses the borders of this room: what an article says, what is published, who allowed it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from uuid import UUID

from torg.media.types import Pins


@dataclass(frozen=True, slots=True)
class Words:
    """One language of an article (språkversjon). `body` is Markdown.

    `confirmed_number` is the version at which somebody last wrote it, or said that it still fits the main text.
    """

    title: str
    lead: str = ""
    body: str = field(default="", repr=False)
    confirmed_number: int = 0


@dataclass(frozen=True, slots=True)
class PictureUse:
    """A picture in an article: either described, in each language, or marked as decoration.

    `is_text_told` says that the article's own text gives what is written in the picture (WCAG 1.4.5).
    `contrast` is the lowest contrast of text that was measured in the picture, where it is known.
    """

    medium_id: UUID
    is_decorative: bool = False
    alts: Mapping[str, str] = field(default_factory=dict)
    holds_text: bool = False
    is_text_told: bool = False
    credit: str = ""
    contrast: float | None = None


@dataclass(frozen=True, slots=True)
class FilmUse:
    """A film or sound in an article, and the languages that it has captions in (undertekster, WCAG 1.2.2).

    It stands in the media library (`medium_id`), or at an address of somebody else's. Of the library's, `pins` says
    which captions, poster and transcript belong to this version, whatever the library has later.
    """

    address: str
    title: str
    caption_languages: tuple[str, ...] = ()
    has_speech: bool = True
    medium_id: UUID | None = None
    pins: Pins = field(default_factory=Pins)


@dataclass(frozen=True, slots=True)
class ChannelWords:
    """What one channel gets: its own text, made from the article, with the link back unless it is left out."""

    connection_id: UUID
    text: str = field(repr=False)
    language: str = "nb"
    has_link: bool = True
    picture_ids: tuple[UUID, ...] = ()
    # The article's own film, shown as a film there; without it, the post leads to it by its link.
    film_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Content:
    """All that people will read of one version of an article; approval is of this, and of nothing else."""

    main_language: str
    texts: Mapping[str, Words]
    pictures: Sequence[PictureUse] = ()
    films: Sequence[FilmUse] = ()
    channels: Sequence[ChannelWords] = ()

    @property
    def main(self) -> Words:
        """The text that the others follow; empty while nobody has begun it."""
        return self.texts.get(self.main_language, Words(""))


@dataclass(frozen=True, slots=True)
class Planning:
    """What an article is for, and when: all but what people read."""

    topic_id: UUID | None = None
    goal_id: UUID | None = None
    group_ids: tuple[UUID, ...] = ()
    unit_id: UUID | None = None
    responsible_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """A time on the wall in Norway: kept as such, so that a change to summer time moves nothing."""

    day: date
    clock: time


@dataclass(frozen=True, slots=True)
class StatementMark:
    """That an article is a numbered statement in an incident (kunngjøring)."""

    incident_id: UUID
    number: int


@dataclass(frozen=True, slots=True)
class Approval:
    """The approval that `publish_now` rests on: by the rules, or a single one that the crisis policy allows."""

    approved_by: UUID
    allowed_by: str = "rule"
    incident_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class PublishedPicture:
    """A picture as the public site shows it."""

    medium_id: UUID
    alt: str
    is_decorative: bool
    credit: str


@dataclass(frozen=True, slots=True)
class PublishedTopic:
    """A topic, named in the language asked for."""

    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class PublishedCorrection:
    """What was corrected in a published article, and when: told, never silent."""

    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class PublishedFilm:
    """A film or sound as the public site shows it: one of the library's (`medium_id`), or at an address elsewhere.

    `pins` are the captions, poster and transcript that were approved with it.
    """

    address: str
    title: str
    caption_languages: tuple[str, ...]
    medium_id: UUID | None = None
    pins: Pins = field(default_factory=Pins)


@dataclass(frozen=True, slots=True)
class Published:
    """One language of a published article, as the public site shows it.

    `languages` leads from each language of the article to its slug, this one included.
    """

    public_id: UUID
    slug: str
    language: str
    languages: Mapping[str, str]
    title: str
    lead: str
    html: str = field(repr=False)
    topic: PublishedTopic | None
    published_at: datetime
    corrected_at: datetime | None
    corrections: tuple[PublishedCorrection, ...]
    picture: PublishedPicture | None
    pictures: tuple[PublishedPicture, ...]
    films: tuple[PublishedFilm, ...]
    is_withdrawn: bool
    scope_id: UUID
    statement: StatementMark | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """A planned article that is on hold."""

    post_id: UUID
    scope_id: UUID
    title: str
    planned_for: datetime | None
    reason_code: str
