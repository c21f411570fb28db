"""A comment, reply, message or mention, and every wording it has had."""

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex, HashIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from torg.channels.models import Connection
from torg.core import ids
from torg.dialogue.models.author import Author
from torg.dialogue.models.post import Post
from torg.dialogue.models.states import PlatformState
from torg.dialogue.models.thread import Thread
from torg.people.scoping import ScopedQuerySet


class ItemKind(models.TextChoices):
    """What sort of text it is."""

    COMMENT = "COMMENT", _("Comment")
    REPLY = "REPLY", _("Reply")
    MESSAGE = "MESSAGE", _("Message")
    MENTION = "MENTION", _("Mention")


def own_number() -> Func:
    """The last part of a platform's id: Facebook names a comment `post_comment`, and links hold the second only."""
    return Func(F("external_id"), Value("_"), Value(-1), function="split_part", output_field=models.TextField())


class Item(models.Model):
    """One thing that somebody wrote (ytring). Not partitioned, so that the platform's id is unique for good.

    Three times: `posted_at` says the platform (never later than `received_at`), `received_at` is ours, `handled_at`
    is when somebody here was done with it. `text` is the current wording and is shown through its mask only;
    `masked_text` is empty until triage has looked. A placeholder stands for something that others refer to and
    that has not reached us.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    scope_id = models.UUIDField()
    connection = models.ForeignKey(Connection, on_delete=models.PROTECT, related_name="+", db_index=False)
    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="items", db_index=False)
    post = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="items")
    kind = models.CharField(max_length=10, choices=ItemKind)
    external_id = models.CharField(max_length=300)
    parent_external_id = models.CharField(max_length=300, default="", blank=True)
    author = models.ForeignKey(Author, null=True, on_delete=models.PROTECT, related_name="items", db_index=False)
    is_own = models.BooleanField(default=False)
    is_history = models.BooleanField(default=False)
    is_placeholder = models.BooleanField(default=False)
    posted_at = models.DateTimeField()
    received_at = models.DateTimeField()
    handled_at = models.DateTimeField(null=True)
    platform_state = models.CharField(max_length=20, choices=PlatformState, default=PlatformState.VISIBLE)
    state_at = models.DateTimeField(null=True)
    # The person took the message back: its text is kept, and shown to nobody without a reason.
    is_unsent = models.BooleanField(default=False)
    version_count = models.PositiveSmallIntegerField(default=0)
    text = models.TextField(default="", blank=True)
    masked_text = models.TextField(null=True)
    permalink = models.TextField(default="", blank=True)
    delivery_id = models.UUIDField()
    echo_app_id = models.CharField(max_length=100, default="", blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_item_per_external_id", fields=["connection", "kind", "external_id"]),
            # A comment can prove to be a reply, and the other way; it is one thing either way.
            models.UniqueConstraint(
                name="one_comment_per_external_id",
                fields=["connection", "external_id"],
                condition=Q(kind__in=["COMMENT", "REPLY"]),
            ),
            models.CheckConstraint(name="posted_before_received", condition=Q(posted_at__lte=F("received_at"))),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="items_of_thread", fields=["thread", "posted_at", "id"]),
            models.Index(name="items_of_author", fields=["author", "-posted_at"]),
            models.Index(name="items_by_scope_and_time", fields=["scope_id", "-received_at", "-id"]),
            # By what stands in a link that somebody sends us.
            HashIndex(name="items_by_permalink", fields=["permalink"], condition=~Q(permalink="")),
            models.Index(own_number(), name="items_by_own_number", condition=Q(kind__in=["COMMENT", "REPLY"])),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class ItemVersion(models.Model):
    """One wording of an item. The text is append-only; partitioned by `received_at`, found by `item_id`.

    `number` counts in order of arrival; in order of writing they stand by `is_original` first, then `posted_at`.
    Triage writes `masked_text`, once, and the database derives both search vectors: `search` from the masked text,
    `search_full` from the full text, and only where the two differ, so that it holds nothing else.
    """

    id = models.BigAutoField(primary_key=True)
    item_id = models.BigIntegerField()
    scope_id = models.UUIDField()
    number = models.PositiveSmallIntegerField()
    is_original = models.BooleanField()
    text = models.TextField()
    masked_text = models.TextField(null=True)
    search = models.GeneratedField(
        expression=SearchVector("masked_text", config="norwegian"), output_field=SearchVectorField(), db_persist=True
    )
    search_full = models.GeneratedField(
        expression=models.Case(
            models.When(~Q(masked_text=F("text")), then=SearchVector("text", config="norwegian")), default=None
        ),
        output_field=SearchVectorField(),
        db_persist=True,
    )
    content_hash = models.BinaryField()
    posted_at = models.DateTimeField()
    received_at = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="versions_of_item", fields=["item_id"]),
            models.Index(name="versions_by_time", fields=["-received_at", "-id"]),
            GinIndex(name="versions_search", fields=["search"], condition=Q(search__isnull=False)),
            GinIndex(name="versions_search_full", fields=["search_full"], condition=Q(search_full__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} version {self.number}"
