"""The guide that grows out of answered questions."""

from typing import ClassVar

from django.db import models

from torg.core import ids
from torg.guidance.models.advice import AdviceQuestion
from torg.guidance.types import Topic
from torg.people.models import Person


class GuideEntry(models.Model):
    """A question and its answer for all colleagues (oppslag i veilederen), edited, without names."""

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    topic = models.CharField(max_length=14, choices=Topic)
    language = models.CharField(max_length=2, default="nb")
    title = models.CharField(max_length=160)
    body = models.TextField()
    # From which question it came; one question gives one entry. It is shown to those who advise only.
    question = models.OneToOneField(AdviceQuestion, null=True, on_delete=models.PROTECT, related_name="entry")
    edited_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    edited_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "guide entries"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="guide_entry_says_something", condition=~models.Q(title="") & ~models.Q(body="")
            ),
        ]

    def __str__(self) -> str:
        return self.title
