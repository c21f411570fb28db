"""What people write beneath: our own posts and visitors'."""

from typing import ClassVar

from django.db import models

from torg.channels.models import Connection
from torg.core import ids
from torg.dialogue.models.author import Author
from torg.dialogue.models.states import PlatformState
from torg.people.scoping import ScopedQuerySet


class Post(models.Model):
    """A post on one of our pages (innlegg). Known by id alone (`is_placeholder`) until the platform tells more."""

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    scope_id = models.UUIDField(db_index=True)
    connection = models.ForeignKey(Connection, on_delete=models.PROTECT, related_name="posts")
    external_id = models.CharField(max_length=200)
    author = models.ForeignKey(Author, null=True, on_delete=models.PROTECT, related_name="posts")
    is_own = models.BooleanField(default=False)
    is_placeholder = models.BooleanField(default=False)
    text = models.TextField(default="", blank=True)
    title = models.TextField(default="", blank=True)
    permalink = models.TextField(default="", blank=True)
    posted_at = models.DateTimeField()
    received_at = models.DateTimeField()
    # When the text and the state were last known to be so; what is older never overwrites what is newer.
    text_at = models.DateTimeField(null=True)
    platform_state = models.CharField(max_length=20, choices=PlatformState, default=PlatformState.VISIBLE)
    state_at = models.DateTimeField(null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_post_per_external_id", fields=["connection", "external_id"]),
        ]

    def __str__(self) -> str:
        return str(self.public_id)
