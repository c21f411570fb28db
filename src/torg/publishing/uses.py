"""Where pictures, films and sound of the library stand in articles, for the library's take-downs."""

from collections.abc import Collection, Iterator
from uuid import UUID

from torg.media.models import Medium
from torg.media.types import Use
from torg.publishing.models import Article, ArticleFilm, ArticlePicture, ArticleState

KIND = "publishing.article"
STANDING = (ArticleState.PUBLISHED, ArticleState.PLANNED, ArticleState.APPROVED, ArticleState.WAITING)


def uses_of(*, medium_ids: list[int]) -> list[Use]:
    """Articles that are out or on their way with one of the media, in the version that people read or would read."""
    keys = dict(Medium.objects.filter(pk__in=medium_ids).values_list("public_id", "pk"))
    return [
        Use(
            medium_id=keys[row.medium_id],
            kind=KIND,
            public_id=row.version.article.public_id,
            scope_id=row.version.article.scope_id,
            title=row.version.article.title,
            address=f"/publishing/articles/{row.version.article.public_id}/",
            alts=tuple(row.alts.items()) if isinstance(row, ArticlePicture) else (),
        )
        for row in _rows(keys)
        if row.version.number == _shown_number(row.version.article)
    ]


def _rows(keys: Collection[UUID]) -> Iterator[ArticlePicture | ArticleFilm]:
    standing = {"medium_id__in": keys, "version__article__state__in": STANDING}
    for model in (ArticlePicture, ArticleFilm):
        yield from model.objects.filter(**standing).select_related("version__article").order_by("id")


def _shown_number(article: Article) -> int:
    return article.published_number or article.newest_number
