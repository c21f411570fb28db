"""What hangs on posts and items: attachments, reactions, changes of state; and what we did not understand."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from torg.channels.models import Connection
from torg.core import ids
from torg.dialogue.models.item import Item
from torg.dialogue.models.post import Post
from torg.dialogue.models.states import PlatformState
from torg.people.scoping import ScopedQuerySet


class AttachmentState(models.TextChoices):
    """How far we have come with it."""

    PENDING = "PENDING", _("Waiting to be fetched")
    STORED = "STORED", _("Kept here")
    NOTED = "NOTED", _("Seen and described, not kept")
    WITHHELD = "WITHHELD", _("Withheld by the platform")
    REFUSED = "REFUSED", _("Not fetched, for safety")
    FAILED = "FAILED", _("Could not be fetched")


NEXT_ATTACHMENT_STATES = {
    AttachmentState.PENDING: {
        AttachmentState.STORED,
        AttachmentState.NOTED,
        AttachmentState.REFUSED,
        AttachmentState.FAILED,
    },
    AttachmentState.FAILED: {AttachmentState.PENDING},
    AttachmentState.STORED: set(),
    AttachmentState.NOTED: set(),
    AttachmentState.WITHHELD: set(),
    AttachmentState.REFUSED: set(),
}


class Attachment(models.Model):
    """A picture, film, file or link that came with an item (vedlegg).

    Fetched at once, since the platforms' addresses die. Kept when the connection `keeps_media`; else its hash, size
    and type are noted and the bytes let go. `claimed_at` is when a job took it up: no row is locked while bytes are
    on their way, and a claim that has grown old was left by a job that died.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    scope_id = models.UUIDField()
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="attachments")
    kind = models.CharField(max_length=40)
    url = models.TextField(default="", blank=True)
    url_digest = models.BinaryField()
    title = models.TextField(default="", blank=True)
    state = models.CharField(max_length=10, choices=AttachmentState, default=AttachmentState.PENDING)
    reason = models.CharField(max_length=200, default="", blank=True)
    sha256 = models.CharField(max_length=64, null=True)
    media_type = models.CharField(max_length=120, default="", blank=True)
    size = models.BigIntegerField(null=True)
    received_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_attachment_per_address", fields=["item", "kind", "url_digest"]),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="attachments_waiting", fields=["id"], condition=Q(state="PENDING")),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class Reaction(models.Model):
    """How many gave a post or an item one type of reaction."""

    connection = models.ForeignKey(Connection, on_delete=models.PROTECT, related_name="+")
    target_external_id = models.CharField(max_length=300)
    type = models.CharField(max_length=40)
    count = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_count_per_reaction", fields=["connection", "target_external_id", "type"]),
        ]

    def __str__(self) -> str:
        return f"{self.type}: {self.count}"


class ReactionMark(models.Model):
    """That somebody has reacted, so that a repeated delivery is not counted twice.

    Holds a keyed digest in place of the person's id: who liked what is none of the municipality's business.
    """

    connection = models.ForeignKey(Connection, on_delete=models.PROTECT, related_name="+", db_index=False)
    target_external_id = models.CharField(max_length=300)
    actor_digest = models.BinaryField()
    type = models.CharField(max_length=40)
    is_withdrawn = models.BooleanField(default=False)
    occurred_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="one_reaction_per_actor", fields=["connection", "target_external_id", "actor_digest"]
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class StateChange(models.Model):
    """That an item or a post changed state on the platform, and whether it happened through us."""

    scope_id = models.UUIDField()
    item = models.ForeignKey(Item, null=True, on_delete=models.PROTECT, related_name="state_changes")
    post = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="state_changes")
    from_state = models.CharField(max_length=20, choices=PlatformState)
    to_state = models.CharField(max_length=20, choices=PlatformState)
    by_us = models.BooleanField()
    at = models.DateTimeField()
    received_at = models.DateTimeField()
    delivery_id = models.UUIDField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="state_change_of_one_thing",
                condition=Q(item=None, post__isnull=False) | Q(item__isnull=False, post=None),
            ),
            models.UniqueConstraint(name="one_state_change_of_item", fields=["item", "to_state", "at"]),
            models.UniqueConstraint(name="one_state_change_of_post", fields=["post", "to_state", "at"]),
        ]

    def __str__(self) -> str:
        return f"{self.from_state} → {self.to_state}"


class UnknownEvent(models.Model):
    """An event that we did not understand: counted and shown on the channel's page; the bytes lie in the delivery."""

    connection = models.ForeignKey(Connection, on_delete=models.PROTECT, related_name="unknown_events")
    scope_id = models.UUIDField()
    delivery_id = models.UUIDField()
    kind = models.CharField(max_length=20)
    verb = models.CharField(max_length=100, blank=True)
    external_id = models.CharField(max_length=300, default="", blank=True)
    received_at = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="unknown_event_once", fields=["delivery_id", "kind", "verb", "external_id"]),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="unknown_events_newest", fields=["connection", "-received_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.verb}"
