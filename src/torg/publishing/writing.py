"""Writes a version of an article down, with what is worked out on the way."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from torg.core.actors import Actor
from torg.core.errors import Invalid, NotFound
from torg.media.models import Medium
from torg.media.queries import languages_heard, pins_of
from torg.media.types import Pins
from torg.people.acting import person_or_none
from torg.publishing import loading
from torg.publishing.models import (
    Article,
    ArticleFilm,
    ArticlePicture,
    ArticleSlug,
    ArticleText,
    ArticleVersion,
    ChannelText,
)
from torg.publishing.types import Content, FilmUse, PictureUse, Words

SPELT = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "đ": "d", "ŋ": "n", "ŧ": "t", "ß": "ss"})
LONGEST_SLUG = 60
LONGEST_TITLE = 200
LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z]{2})?")


def resolve(article: Article, content: Content, *, before: Content | None, by: Actor, at: datetime) -> Content:
    """The content as it would be written: trimmed, each language with its version, pictures as the library knows them.

    Raises Invalid, and NotFound for pictures that `by` does not see.
    """
    _check(content)
    number = article.newest_number + 1
    known = _pictures(content.pictures, by=by, at=at)
    played = _played(content.films, by=by, at=at)
    return replace(
        content,
        texts={
            code: _words(words, before.texts.get(code) if before else None, number)
            for code, words in content.texts.items()
        },
        pictures=tuple(_picture(picture, known[picture.medium_id]) for picture in content.pictures),
        films=tuple(_film(film, played) for film in content.films),
        channels=tuple(replace(channel, text=channel.text.strip()) for channel in content.channels),
    )


def write(article: Article, content: Content, *, by: Actor, at: datetime) -> ArticleVersion:
    """Write resolved content as the next version of a locked article; raises NotFound for channels not within reach."""
    version = ArticleVersion.objects.create(
        article=article,
        number=article.newest_number + 1,
        main_language=content.main_language,
        made_by=person_or_none(by),
        made_at=at,
    )
    ArticleText.objects.bulk_create(
        ArticleText(
            version=version,
            language=language,
            title=words.title,
            lead=words.lead,
            body=words.body,
            confirmed_number=words.confirmed_number,
        )
        for language, words in content.texts.items()
    )
    ArticlePicture.objects.bulk_create(
        ArticlePicture(
            version=version,
            medium_id=picture.medium_id,
            place=place,
            is_decorative=picture.is_decorative,
            alts=dict(picture.alts),
            is_text_told=picture.is_text_told,
            holds_text=picture.holds_text,
            credit=picture.credit,
            contrast=picture.contrast,
        )
        for place, picture in enumerate(content.pictures, start=1)
    )
    ArticleFilm.objects.bulk_create(
        ArticleFilm(
            version=version,
            place=place,
            address=film.address,
            medium_id=film.medium_id,
            title=film.title,
            caption_languages=list(film.caption_languages),
            has_speech=film.has_speech,
            captions=dict(film.pins.captions),
            poster_sha256=film.pins.poster_sha256,
            poster_alt=film.pins.poster_alt,
            transcript=film.pins.transcript,
        )
        for place, film in enumerate(content.films, start=1)
    )
    ChannelText.objects.bulk_create(
        ChannelText(
            version=version,
            connection=loading.connection_to_publish_on(channel.connection_id, by=by, at=at),
            language=channel.language,
            text=channel.text,
            has_link=channel.has_link,
            picture_ids=list(channel.picture_ids),
            film_id=channel.film_id,
        )
        for channel in content.channels
    )
    return version


def make_slugs(article: Article, version: ArticleVersion) -> None:
    """An address for each language that has none yet; those that are there stay, also when titles change."""
    there = set(article.slugs.values_list("language", flat=True))
    for text in version.texts.all():
        if text.language not in there:
            ArticleSlug.objects.create(article=article, language=text.language, slug=_free_slug(text))


def slug_of(title: str) -> str:
    """A title as the end of an address: small letters, figures and hyphens."""
    spelt = unicodedata.normalize("NFKD", title.lower().translate(SPELT)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", spelt)[:LONGEST_SLUG].strip("-") or "artikkel"


def _check(content: Content) -> None:
    if not content.main.title.strip():
        raise Invalid(_("Write a title in the main language."), field="title")
    for language, words in content.texts.items():
        if not LANGUAGE.fullmatch(language):
            raise Invalid(_("Choose a language from the list."), field="language")
        if len(words.title.strip()) > LONGEST_TITLE:
            raise Invalid(_("The title may have at most %d characters.") % LONGEST_TITLE, field="title")
    if len({channel.connection_id for channel in content.channels}) < len(content.channels):
        raise Invalid(_("A channel can have one post of an article."), field="channels")


def _words(words: Words, was: Words | None, number: int) -> Words:
    """A text belongs to this version when it was changed or confirmed now, else to the one that it belonged to."""
    trimmed = Words(words.title.strip(), words.lead.strip(), words.body.strip(), number)
    if was is None or replace(was, confirmed_number=number) != trimmed:
        return trimmed
    return replace(trimmed, confirmed_number=min(max(was.confirmed_number, words.confirmed_number), number))


def _picture(picture: PictureUse, medium: Medium) -> PictureUse:
    # What the library knows counts, whatever the writer says.
    return replace(
        picture,
        alts={code: alt.strip() for code, alt in picture.alts.items() if alt.strip()},
        holds_text=medium.holds_text,
        credit=medium.credit,
        contrast=medium.contrast / 100 if medium.contrast is not None else None,
    )


def _film(film: FilmUse, known: Mapping[UUID, Medium]) -> FilmUse:
    """Of a film in the library it is known which captions it has, and whether anything is heard in it.

    A version that is written takes what the library has then; later it stays as it was approved.
    """
    if film.medium_id is None:
        return replace(film, title=film.title.strip(), pins=Pins())
    medium = known[film.medium_id]
    return replace(
        film,
        address="",
        title=film.title.strip() or medium.title,
        caption_languages=languages_heard(medium),
        has_speech=medium.is_film and not medium.is_silent,
        pins=pins_of(medium),
    )


def _pictures(pictures: Sequence[PictureUse], *, by: Actor, at: datetime) -> Mapping[UUID, Medium]:
    known = _media({picture.medium_id for picture in pictures}, by=by, at=at)
    if not all(row.is_picture for row in known.values()):
        raise NotFound(_("There is no such picture in the library."))
    return known


def _played(films: Sequence[FilmUse], *, by: Actor, at: datetime) -> Mapping[UUID, Medium]:
    known = _media({film.medium_id for film in films if film.medium_id is not None}, by=by, at=at)
    if any(row.is_picture for row in known.values()):
        raise NotFound(_("There is no such film in the library."))
    return known


def _media(wanted: set[UUID], *, by: Actor, at: datetime) -> Mapping[UUID, Medium]:
    if not wanted:
        return {}
    rows = Medium.objects.visible_to(by, at=at).filter(public_id__in=wanted).prefetch_related("captions")
    known = {row.public_id: row for row in rows}
    if wanted - known.keys():
        raise NotFound(_("There is no such picture in the library."))
    return known


def _free_slug(text: ArticleText) -> str:
    wanted = slug_of(text.title)
    taken = set(
        ArticleSlug.objects.filter(language=text.language, slug__startswith=wanted).values_list("slug", flat=True)
    )
    numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return wanted if wanted not in taken else next(slug for slug in numbered if slug not in taken)
