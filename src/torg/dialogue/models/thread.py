"""What somebody has to see through: one branch of comments, or one private dialogue."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from torg.channels.models import Connection
from torg.core import ids
from torg.dialogue.models.author import Author
from torg.dialogue.models.post import Post
from torg.people.scoping import ScopedQuerySet


class ThreadKind(models.TextChoices):
    """Where the conversation takes place."""

    BRANCH = "BRANCH", _("Comments")
    PRIVATE = "PRIVATE", _("Private messages")
    MENTION = "MENTION", _("Mention")


class Thread(models.Model):
    """One branch under a top comment, one private dialogue, or one mention (henvendelse); never a whole post.

    `root_external_id` is the top comment, the other party, or what mentions us. `last_inbound_at` is when somebody
    other than us last wrote, by the platform's time. A thread that proved to be a part of another points to it in
    `merged_into` and has no items left.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    scope_id = models.UUIDField(db_index=True)
    connection = models.ForeignKey(Connection, on_delete=models.PROTECT, related_name="threads")
    post = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="threads")
    kind = models.CharField(max_length=10, choices=ThreadKind)
    root_external_id = models.CharField(max_length=200)
    author = models.ForeignKey(Author, null=True, on_delete=models.PROTECT, related_name="threads")
    started_at = models.DateTimeField()
    last_item_at = models.DateTimeField()
    last_inbound_at = models.DateTimeField(null=True)
    item_count = models.PositiveIntegerField(default=0)
    # Watermarks of a private dialogue: the other party has got, and read, everything up to here.
    delivered_up_to_at = models.DateTimeField(null=True)
    read_up_to_at = models.DateTimeField(null=True)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_thread_per_root", fields=["connection", "kind", "root_external_id"]),
        ]

    def __str__(self) -> str:
        return str(self.public_id)
