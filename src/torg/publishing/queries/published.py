"""What the public may read: published articles, in the version that was approved."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db.models import F, Prefetch, QuerySet

from torg.publishing import rendering
from torg.publishing.models import Article, ArticleFilm, ArticleState, ArticleVersion, Correction, Topic
from torg.publishing.queries.versions import words_of
from torg.publishing.types import (
    Published,
    PublishedCorrection,
    PublishedFilm,
    PublishedPicture,
    PublishedTopic,
    StatementMark,
)


def published(
    *, at: datetime, language: str | None = None, topic: str | None = None, limit: int | None = None
) -> list[Published]:
    """Published articles, newest first.

    Args:
        at: now.
        language: only articles that have this language, in it; None for each in its main language.
        topic: only articles with the topic of this slug.
        limit: at most so many.
    """
    rows = _standing().filter(state=ArticleState.PUBLISHED, published_at__lte=at).order_by("-published_at", "-id")
    if topic is not None:
        rows = rows.filter(topic__slug=topic)
    if language is not None:
        rows = rows.filter(
            versions__number=F("published_number"), versions__texts__language=language, slugs__language=language
        )
    return [told for row in rows[:limit] for told in _in_languages(row, language or row.main_language)]


def published_one(public_id: UUID, *, language: str | None = None) -> Published | None:
    """One article that is or was published, in this language or its main one; None when it never was.

    A withdrawn one says so by `is_withdrawn`, so that its address can tell why it is empty.
    """
    row = _standing().filter(public_id=public_id, published_at__isnull=False).first()
    return next(_in_languages(row, language or row.main_language), None) if row is not None else None


def pinned_of(medium_id: UUID) -> set[str]:
    """The hashes of captions and posters that articles which are out show with a film."""
    out = ArticleFilm.objects.filter(
        medium_id=medium_id,
        version__article__state=ArticleState.PUBLISHED,
        version__number=F("version__article__published_number"),
    )
    return {sha256 for row in out for sha256 in (*row.captions.values(), row.poster_sha256) if sha256}


def topics() -> list[Topic]:
    """The topics that articles can have now."""
    return list(Topic.objects.filter(ended_at=None).order_by("name_nb"))


def _standing() -> QuerySet[Article]:
    out = ArticleVersion.objects.filter(number=F("article__published_number")).prefetch_related(
        "texts", "pictures", "films"
    )
    return Article.objects.select_related("topic").prefetch_related(
        "slugs",
        Prefetch("versions", queryset=out, to_attr="version_out"),
        Prefetch(
            "versions",
            queryset=ArticleVersion.objects.filter(
                number__lte=F("article__published_number"), correction__isnull=False
            ).select_related("correction"),
            to_attr="versions_corrected",
        ),
    )


def _in_languages(row: Article, language: str) -> Iterator[Published]:
    version: ArticleVersion = vars(row)["version_out"][0]
    slugs = {found.language: found.slug for found in row.slugs.all()}
    texts = {text.language: text for text in version.texts.all()}
    if language not in texts or language not in slugs:
        return
    pictures = _pictures(version, language)
    yield Published(
        public_id=row.public_id,
        slug=slugs[language],
        language=language,
        languages={code: slug for code, slug in slugs.items() if code in texts},
        title=texts[language].title,
        lead=texts[language].lead,
        html=rendering.html_of(words_of(texts[language])),
        topic=PublishedTopic(row.topic.slug, row.topic.name_in(language)) if row.topic else None,
        published_at=row.published_at or version.made_at,
        corrected_at=row.corrected_at,
        corrections=_corrections(row, language),
        picture=pictures[0] if pictures else None,
        pictures=pictures,
        films=tuple(
            PublishedFilm(film.address, film.title, tuple(film.caption_languages), film.medium_id, film.pins)
            for film in sorted(version.films.all(), key=lambda film: film.place)
        ),
        is_withdrawn=row.state == ArticleState.WITHDRAWN,
        scope_id=row.scope_id,
        statement=StatementMark(row.incident_id, row.number) if row.incident_id and row.number else None,
    )


def _pictures(version: ArticleVersion, language: str) -> tuple[PublishedPicture, ...]:
    rows = sorted(version.pictures.all(), key=lambda picture: picture.place)
    return tuple(
        PublishedPicture(
            row.medium_id,
            "" if row.is_decorative else row.alts.get(language) or row.alts.get(version.main_language, ""),
            row.is_decorative,
            row.credit,
        )
        for row in rows
    )


def _corrections(row: Article, language: str) -> tuple[PublishedCorrection, ...]:
    made: list[Correction] = [version.correction for version in vars(row)["versions_corrected"]]
    return tuple(
        PublishedCorrection(one.corrected_at, one.told.get(language) or one.told.get(row.main_language, ""))
        for one in sorted(made, key=lambda one: one.corrected_at)
    )
