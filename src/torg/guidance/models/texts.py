"""The municipality's own wording of a text of the guidance."""

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from torg.core import ids
from torg.people.models import Person


class OwnTexts(models.QuerySet[Any]):
    """Wordings, of which the newest holds."""

    def in_force(self, day: date) -> Self:
        """For each key and language the one that holds on `day`; an empty one means that ours holds again."""
        begun = self.filter(from_on__lte=day)
        return begun.order_by("key", "language", "-from_on", "-id").distinct("key", "language")


class OwnText(models.Model):
    """The municipality's own wording instead of ours, from a day on. Rows are never changed: a new one takes over."""

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    key = models.SlugField(max_length=60)
    language = models.CharField(max_length=2)
    title = models.CharField(max_length=120, blank=True)
    body = models.TextField(blank=True)
    from_on = models.DateField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    objects = OwnTexts.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="own_text_has_title_and_body_or_neither", condition=~(Q(title="") ^ Q(body=""))
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="own_texts_by_key", fields=["key", "language", "-from_on", "-id"]),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.language} from {self.from_on}"
