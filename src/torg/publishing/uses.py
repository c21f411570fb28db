"""Where pictures, films and sound of the library stand in articles, for the library's take-downs."""

from collections.abc import Collection, Iterator
from uuid import UUID

from django.db.models import F, Q

from torg.media.models import Medium
from torg.media.types import Use
from torg.publishing.models import Article, ArticleFilm, ArticlePicture, ArticleState, ChannelText, PostState

KIND = "publishing.article"
STANDING = (ArticleState.PUBLISHED, ArticleState.PLANNED, ArticleState.APPROVED, ArticleState.WAITING)
THERE = (PostState.ON_ITS_WAY, PostState.UNCONFIRMED, PostState.PUBLISHED, PostState.DELETING)


def uses_of(*, medium_ids: list[int]) -> list[Use]:
    """Articles with one of the media: in the version that people read or would read, or in a post that still stands."""
    keys = dict(Medium.objects.filter(pk__in=medium_ids).values_list("public_id", "pk"))
    shown = {
        (row.medium_id, row.version.article): tuple(row.alts.items()) if isinstance(row, ArticlePicture) else ()
        for row in _rows(keys)
        if row.version.number == _shown_number(row.version.article)
    }
    posted: dict[tuple[UUID, Article], tuple[tuple[str, str], ...]] = dict.fromkeys(_posted(keys), ())
    return [
        Use(
            medium_id=keys[medium_id],
            kind=KIND,
            public_id=article.public_id,
            scope_id=article.scope_id,
            title=article.title,
            address=f"/publishing/articles/{article.public_id}/",
            alts=alts,
        )
        for (medium_id, article), alts in (posted | shown).items()
    ]


def _posted(keys: Collection[UUID]) -> Iterator[tuple[UUID, Article]]:
    """A post keeps what it was made from, though the article has been corrected or withdrawn."""
    texts = ChannelText.objects.filter(
        Q(film_id__in=keys) | Q(picture_ids__overlap=list(keys)),
        version__article__posts__connection=F("connection"),
        version__article__posts__number=F("version__number"),
        version__article__posts__state__in=THERE,
    )
    for text in texts.select_related("version__article"):
        yield from ((key, text.version.article) for key in keys if key in text.picture_ids or key == text.film_id)


def _rows(keys: Collection[UUID]) -> Iterator[ArticlePicture | ArticleFilm]:
    standing = {"medium_id__in": keys, "version__article__state__in": STANDING}
    for model in (ArticlePicture, ArticleFilm):
        yield from model.objects.filter(**standing).select_related("version__article").order_by("id")


def _shown_number(article: Article) -> int:
    return article.published_number or article.newest_number
