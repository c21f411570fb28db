"""The rows of the log, their places in the tree, signed checkpoints, time stamps, and what is kept sealed."""

from django.db import models


class AuditEvent(models.Model):
    """One thing that somebody or some rule did (hendelse i sporingsloggen); append-only, by month.

    `number` only orders rows for sealing and is shown to nobody. The database sets `number` and `leaf`.
    """

    id = models.UUIDField(primary_key=True)
    number = models.BigIntegerField()
    at = models.DateTimeField()
    name = models.CharField(max_length=80)
    actor_kind = models.CharField(max_length=10)
    actor_ref = models.CharField(max_length=80)
    scope_id = models.UUIDField(null=True)
    target_kind = models.CharField(max_length=60, blank=True)
    target_id = models.CharField(max_length=64, blank=True)
    parent = models.UUIDField(null=True)
    facts = models.JSONField(default=dict)
    leaf = models.BinaryField()

    class Meta:
        db_table = "audit_event"
        indexes = [
            models.Index(fields=["scope_id", "at"], name="audit_event_scope"),
            models.Index(fields=["target_id", "at"], name="audit_event_target"),
            models.Index(fields=["actor_ref", "at"], name="audit_event_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.id}"


class SealedDetail(models.Model):
    """What happened in a secret scope, readable with that scope; the log itself holds a salted commitment to it."""

    event_id = models.UUIDField(primary_key=True)
    scope_id = models.UUIDField(db_index=True)
    at = models.DateTimeField()
    salt = models.BinaryField()
    # The exact text that was committed to; a JSON column would lose it.
    details = models.TextField()

    class Meta:
        db_table = "audit_sealed_detail"

    def __str__(self) -> str:
        return f"sealed {self.event_id}"


class LeafPosition(models.Model):
    """Which leaf of the tree an event became when it was sealed."""

    position = models.BigIntegerField(primary_key=True)
    event_id = models.UUIDField(unique=True)
    leaf = models.BinaryField()

    class Meta:
        db_table = "audit_leaf_position"

    def __str__(self) -> str:
        return f"{self.position} {self.event_id}"


class Checkpoint(models.Model):
    """A signed statement of how large the tree was and what its root was."""

    size = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    root = models.BinaryField()
    note = models.TextField()
    # The right edge of the tree, from which it grows on; and the transaction below which all rows are sealed.
    frontier = models.BinaryField()
    watermark = models.DecimalField(max_digits=20, decimal_places=0)

    class Meta:
        db_table = "audit_checkpoint"

    def __str__(self) -> str:
        return f"checkpoint {self.size}"


class TimeStamp(models.Model):
    """What an outside time-stamp authority (RFC 3161) says of when a checkpoint existed."""

    size = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    authority = models.URLField()
    token = models.BinaryField()

    class Meta:
        db_table = "audit_time_stamp"

    def __str__(self) -> str:
        return f"time stamp {self.size}"
