"""One article's post on one channel, and the ground on which it may be deleted there."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from torg.channels.models import Connection
from torg.core import ids
from torg.core.errors import InvalidTransition
from torg.people.models import Person
from torg.people.scoping import ScopedQuerySet
from torg.publishing.models.article import Article


class PostState(models.TextChoices):
    """Where a post stands on its channel."""

    ON_ITS_WAY = "ON_ITS_WAY", _("On its way")
    PUBLISHED = "PUBLISHED", _("Published")
    UNCONFIRMED = "UNCONFIRMED", _("Not confirmed")
    STOPPED = "STOPPED", pgettext_lazy("post", "Did not go out")
    GIVEN_UP = "GIVEN_UP", _("Given up")
    DELETING = "DELETING", _("Being deleted")
    DELETED = "DELETED", pgettext_lazy("post", "Deleted")


NEXT_STATES = {
    PostState.ON_ITS_WAY: {PostState.PUBLISHED, PostState.UNCONFIRMED, PostState.STOPPED, PostState.GIVEN_UP},
    PostState.UNCONFIRMED: {PostState.PUBLISHED, PostState.STOPPED},
    PostState.STOPPED: {PostState.ON_ITS_WAY, PostState.PUBLISHED, PostState.UNCONFIRMED, PostState.GIVEN_UP},
    PostState.PUBLISHED: {PostState.DELETING},
    # Back to PUBLISHED when the platform refused: it still stands there.
    PostState.DELETING: {PostState.DELETED, PostState.PUBLISHED},
    PostState.GIVEN_UP: set(),
    PostState.DELETED: set(),
}


class ChannelPost(models.Model):
    """What an article became on one channel (innlegg): one per article and channel, whatever happens."""

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    scope_id = models.UUIDField(db_index=True)
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="posts")
    connection = models.ForeignKey(Connection, on_delete=models.PROTECT, related_name="channel_posts")
    # The version that it was made from. Words can be changed later; its pictures and its film stay those.
    number = models.PositiveIntegerField()
    language = models.CharField(max_length=5)
    state = models.CharField(max_length=12, choices=PostState, default=PostState.ON_ITS_WAY)
    act_id = models.UUIDField(null=True, blank=True)
    external_id = models.TextField(blank=True)
    permalink = models.TextField(blank=True)
    # A film that is shown there as a film, and what the platform calls it from when its upload began.
    film_id = models.UUIDField(null=True, blank=True)
    film_handle = models.TextField(blank=True)
    planned_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_post_per_article_and_channel", fields=["article", "connection"]),
            models.CheckConstraint(name="post_state_is_known", condition=Q(state__in=PostState.values)),
            models.CheckConstraint(
                name="post_out_is_known_by_the_platforms_id",
                condition=~Q(state__in=("PUBLISHED", "DELETING", "DELETED")) | ~Q(external_id=""),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["published_at"], name="post_out", condition=Q(state="PUBLISHED")),
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def is_in_the_air(self) -> bool:
        """Whether it may still land: on its way, or sent without a known end."""
        return self.state in {PostState.ON_ITS_WAY, PostState.UNCONFIRMED}

    @property
    def awaited_deletion(self) -> "PostWithdrawal | None":
        """The decision to delete it once it has landed, made while nobody knew the platform's id of it."""
        return self.withdrawals.filter(external_id="").first()

    def move_to(self, state: PostState) -> None:
        """Take the next state; raises InvalidTransition when there is no way there from this one."""
        now = PostState(self.state)
        if state not in NEXT_STATES[now]:
            raise InvalidTransition(
                gettext("What is “%(now)s” cannot become “%(next)s”.") % {"now": now.label, "next": state.label}
            )
        self.state = state


class PostWithdrawal(models.Model):
    """That somebody has decided to delete our own post on its platform, and why (tilbaketrekking).

    The ground without which the database lets no deletion of an own post leave. One without the platform's id was made
    while the post was in the air; it becomes a ground of its own, with the id, when the post has landed.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    post = models.ForeignKey(ChannelPost, on_delete=models.PROTECT, related_name="withdrawals")
    external_id = models.TextField()
    reason = models.TextField()
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="withdrawal_says_why", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return str(self.public_id)
