"""Where a presence came from, what it became, and what was taken out before it closed."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from torg.core import ids
from torg.people.models import Person
from torg.people.scoping import ScopedQuerySet
from torg.registry.models.presence import Presence
from torg.registry.words import Because, ExportState, Followers, Kept, SuccessionKind

NEXT_EXPORT_STATES = {
    ExportState.ORDERED: {ExportState.READY, ExportState.FAILED},
    ExportState.READY: {ExportState.EXPIRED},
    ExportState.FAILED: set(),
    ExportState.EXPIRED: set(),
}


class Succession(models.Model):
    """That one presence goes on in another, or under another name (forgjenger og etterfølger). Append-only.

    Renamed is the same presence, with the name that it had; in the other kinds the two differ.
    """

    from_presence = models.ForeignKey(Presence, on_delete=models.PROTECT, related_name="successors")
    to_presence = models.ForeignKey(Presence, on_delete=models.PROTECT, related_name="predecessors")
    kind = models.CharField(max_length=10, choices=SuccessionKind)
    because = models.CharField(max_length=25, choices=Because, default=Because.ORDINARY)
    former_name = models.CharField(max_length=120, blank=True)
    recorded_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="renamed_is_the_same_presence",
                condition=Q(kind="RENAMED", from_presence=F("to_presence")) & ~Q(former_name="")
                | ~Q(kind="RENAMED") & ~Q(from_presence=F("to_presence")),
            ),
            models.UniqueConstraint(
                name="one_succession_of_a_kind",
                fields=["from_presence", "to_presence", "kind"],
                condition=~Q(kind="RENAMED"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_presence_id} → {self.to_presence_id}"


class PresenceExport(models.Model):
    """What is registered of a presence and what was written there, as one file that expires (uttrekk)."""

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    scope_id = models.UUIDField(db_index=True)
    presence = models.ForeignKey(Presence, on_delete=models.PROTECT, related_name="exports")
    state = models.CharField(max_length=10, choices=ExportState, default=ExportState.ORDERED)
    ordered_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    ordered_at = models.DateTimeField()
    # Those who ordered it while it was being made, and got the same one.
    also_for = models.ManyToManyField(Person, related_name="+")
    made_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.BigIntegerField(null=True)
    threads = models.PositiveIntegerField(default=0)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="one_export_being_made", fields=["presence"], condition=Q(state=ExportState.ORDERED)
            ),
            models.CheckConstraint(
                name="export_made_with_its_sum",
                condition=Q(state__in=("READY", "EXPIRED"), made_at__isnull=False) & ~Q(sha256="")
                | Q(state__in=("ORDERED", "FAILED"), sha256=""),
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class Closure(models.Model):
    """That a presence is closed or merged: what became of its followers and its records (stenging). Append-only."""

    presence = models.OneToOneField(Presence, on_delete=models.PROTECT, related_name="closure")
    scope_id = models.UUIDField(db_index=True)
    export = models.ForeignKey(PresenceExport, on_delete=models.PROTECT, related_name="+")
    followers = models.CharField(max_length=5, choices=Followers)
    kept = models.CharField(max_length=11, choices=Kept)
    remark = models.TextField(blank=True)
    closed_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"of {self.presence_id}"
