"""The words of what was captured, so that it can be found."""

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Q

from torg.people.scoping import ScopedQuerySet
from torg.records.models.captures import Capture


class CaptureText(models.Model):
    """All texts of a capture, masked; and in full where the two differ, for those who may open what is masked.

    Made from the capture after it was taken, and erased with its file: the capture itself is what is kept.
    """

    capture = models.OneToOneField(Capture, primary_key=True, on_delete=models.PROTECT, related_name="text")
    scope_id = models.UUIDField()
    taken_at = models.DateTimeField()
    title = models.CharField(max_length=300, blank=True)
    masked = models.TextField(blank=True)
    full = models.TextField(null=True)
    search = models.GeneratedField(
        expression=SearchVector("masked", config="norwegian"), output_field=SearchVectorField(), db_persist=True
    )
    search_full = models.GeneratedField(
        expression=SearchVector("full", config="norwegian"), output_field=SearchVectorField(), db_persist=True
    )

    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="capture_texts_by_time", fields=["-taken_at", "-capture"]),
            GinIndex(name="capture_texts_search", fields=["search"]),
            GinIndex(name="capture_texts_search_full", fields=["search_full"], condition=Q(full__isnull=False)),
        ]

    def __str__(self) -> str:
        return str(self.capture_id)
