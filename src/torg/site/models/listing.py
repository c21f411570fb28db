"""What lists and search know of the pages."""

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Case, Q, When


def _vector(config: str) -> models.expressions.CombinedExpression:
    return (
        SearchVector("title", config=config, weight="A")
        + SearchVector("lead", config=config, weight="B")
        + SearchVector("text", config=config, weight="D")
    )


class Listing(models.Model):
    """A page of the public site in plain words: what lists show of it, and what search finds it by.

    One language of an article has `article_id` and the times; other pages have neither.
    """

    path = models.CharField(max_length=300, unique=True)
    language = models.CharField(max_length=5)
    title = models.TextField()
    lead = models.TextField(blank=True)
    text = models.TextField(blank=True)
    article_id = models.UUIDField(null=True, db_index=True)
    topic_slug = models.CharField(max_length=60, blank=True)
    topic_name = models.CharField(max_length=120, blank=True)
    published_at = models.DateTimeField(null=True)
    corrected_at = models.DateTimeField(null=True)
    # One stemmer serves both forms of Norwegian.
    search = models.GeneratedField(
        expression=Case(When(language="en", then=_vector("english")), default=_vector("norwegian")),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="listed_article_has_a_time",
                condition=Q(article_id=None, published_at=None)
                | Q(article_id__isnull=False, published_at__isnull=False),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            GinIndex(name="pages_search", fields=["search"]),
            models.Index(name="articles_listed", fields=["language", "-published_at", "-id"]),
        ]

    def __str__(self) -> str:
        return self.path
