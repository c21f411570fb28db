"""Watch rounds: who looked in on a page, when, and what was found."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from torg.core import ids
from torg.oversight.types import Found
from torg.people.models import Person
from torg.people.scoping import ScopedQuerySet
from torg.registry.models import Presence


class WatchRound(models.Model):
    """That somebody looks in on a presence (tilsyn, strategy B7); it counts when it is finished.

    `has_rules` is whether the rules for discussion were seen to be linked; empty when nobody looked for them.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    scope_id = models.UUIDField(db_index=True)
    presence = models.ForeignKey(Presence, on_delete=models.PROTECT, related_name="watch_rounds")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="watch_rounds")
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    found = models.CharField(max_length=10, choices=Found, blank=True)
    note = models.TextField(blank=True)
    has_rules = models.BooleanField(null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="one_running_round_each", fields=["presence", "by"], condition=Q(finished_at=None)
            ),
            models.CheckConstraint(
                name="a_finished_round_says_what_it_found",
                condition=Q(finished_at=None, found="") | Q(finished_at__gte=F("started_at")) & ~Q(found=""),
            ),
            models.CheckConstraint(
                name="what_others_must_do_is_written", condition=~Q(found=Found.HANDED_ON) | ~Q(note="")
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="rounds_of_a_presence", fields=["presence", "-finished_at"]),
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    def finish(self, *, found: Found, note: str, has_rules: bool | None, at: datetime) -> None:
        """Say what was found."""
        self.finished_at, self.found, self.note, self.has_rules = at, found, note, has_rules
        self.save(update_fields=["finished_at", "found", "note", "has_rules"])
