"""Published articles for tests of the site, put straight into the rows that publishing keeps."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.utils.text import slugify

from torg.core import ids
from torg.core.actors import Operator
from torg.media.models import Medium
from torg.media.queries import pins_of
from torg.publishing.models import (
    Article,
    ArticleFilm,
    ArticlePicture,
    ArticleSlug,
    ArticleState,
    ArticleText,
    ArticleVersion,
    Correction,
    Topic,
)
from torg.site import commands, rendering
from torg.site.types import Part

BODY = "## Når\n\nFra **mandag** av. [Les om tidene](https://nordvik.example/hall)\n\n<script>alert(1)</script>"


def stand(*, at: datetime) -> None:
    """Let the site stand by its first page; what is shown on it draws the pages that it changes."""
    commands.publish_page(path=rendering.TOP, part=Part(b""), by=Operator("test"), at=at)


def article(title="Hallen åpner", *, at: datetime, languages=("nb",), topic: str = "", lead="Kl. 10.") -> UUID:
    """One article that is published; returns its public id."""
    row = Article.objects.create(
        scope_id=ids.new(),
        state=ArticleState.PUBLISHED,
        title=title,
        main_language=languages[0],
        topic=topic_of(topic) if topic else None,
        made_at=at,
        newest_number=1,
        published_number=1,
        published_at=at,
    )
    version = ArticleVersion.objects.create(article=row, number=1, main_language=languages[0], made_at=at)
    for language in languages:
        told = f"{title} ({language})" if language != languages[0] else title
        ArticleText.objects.create(
            version=version, language=language, title=told, lead=lead, body=BODY, confirmed_number=1
        )
        ArticleSlug.objects.create(article=row, language=language, slug=f"{slugify(title)}-{row.pk}")
    return row.public_id


def topic_of(slug: str) -> Topic:
    """A topic, made the first time."""
    names = {f"name_{code}": slug.capitalize() for code in ("nb", "nn", "en")}
    return Topic.objects.get_or_create(slug=slug, defaults=names)[0]


def correct(article_id: UUID, told: str, *, at: datetime) -> None:
    """A second version is out, with what was corrected."""
    row = Article.objects.get(public_id=article_id)
    version = ArticleVersion.objects.create(article=row, number=2, main_language=row.main_language, made_at=at)
    ArticleText.objects.create(version=version, language="nb", title=row.title, body="Rettet.", confirmed_number=2)
    Correction.objects.create(version=version, told={"nb": told}, corrected_at=at)
    row.newest_number = row.published_number = 2
    row.corrected_at = at
    row.save()


def withdraw(article_id: UUID, *, at: datetime) -> None:
    """It is no longer out."""
    Article.objects.filter(public_id=article_id).update(state=ArticleState.WITHDRAWN, withdrawn_at=at)


def picture(article_id: UUID, medium_id: UUID, alt: str) -> None:
    """A picture of the version that is out."""
    version = ArticleVersion.objects.get(article__public_id=article_id)
    ArticlePicture.objects.create(version=version, medium_id=medium_id, place=0, alts={"nb": alt}, credit="Ola Prøve")


def film(article_id: UUID, medium_id: UUID, title: str) -> None:
    """A film of the library in the version that is out."""
    version = ArticleVersion.objects.get(article__public_id=article_id)
    pins = pins_of(Medium.objects.get(public_id=medium_id))
    ArticleFilm.objects.create(version=version, medium_id=medium_id, place=0, title=title, **asdict(pins))
