"""Comments on our own site, as they stand there."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as now_translated
from django.utils.translation import gettext_lazy as _

from torg.core import ids
from torg.core.errors import InvalidTransition
from torg.people.scoping import ScopedQuerySet


class CommentState(models.TextChoices):
    """Whether people see it."""

    HELD = "HELD", _("Waits for one of us")
    SHOWN = "SHOWN", _("Shown")
    HIDDEN = "HIDDEN", _("Hidden")
    REMOVED = "REMOVED", _("Removed")
    TAKEN_BACK = "TAKEN_BACK", _("Taken back by whoever wrote it")


_GONE = {CommentState.REMOVED, CommentState.TAKEN_BACK}
# What is changed by whoever wrote it waits to be looked through once more.
NEXT_STATES = {
    CommentState.HELD: {CommentState.SHOWN, CommentState.HIDDEN} | _GONE,
    CommentState.SHOWN: {CommentState.HELD, CommentState.HIDDEN} | _GONE,
    CommentState.HIDDEN: {CommentState.SHOWN} | _GONE,
    CommentState.REMOVED: set(),
    CommentState.TAKEN_BACK: set(),
}


class Comment(models.Model):
    """What somebody wrote under an article, or our answer to it (kommentar).

    This is the platform's side: what stands on the page. Evidence, deadlines and decisions stand where those of all
    channels do. Of what is removed nothing is left here but that it was; `address` is an encrypted e-mail address.
    The first comment of a branch has the writer's secret link: its digest, and the link itself encrypted.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    scope_id = models.UUIDField(db_index=True)
    article_id = models.UUIDField()
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="answers")
    is_own = models.BooleanField(default=False)
    is_edited = models.BooleanField(default=False)
    name = models.CharField(max_length=80, blank=True)
    text = models.TextField(blank=True)
    address = models.BinaryField(default=b"")
    language = models.CharField(max_length=2, default="nb")
    link_digest = models.CharField(max_length=64, blank=True)
    link_sealed = models.BinaryField(default=b"")
    state = models.CharField(max_length=10, choices=CommentState, default=CommentState.HELD)
    # False until the same comment has come in as a delivery: nothing is shown that has not been looked through.
    is_taken_in = models.BooleanField(default=False)
    written_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="own_comment_is_an_answer", condition=Q(is_own=False) | ~Q(parent=None)),
            models.CheckConstraint(
                name="removed_comment_is_empty",
                condition=~Q(state__in=["REMOVED", "TAKEN_BACK"]) | Q(text="", name="", address=b""),
            ),
            models.UniqueConstraint(name="comment_link_is_one", fields=["link_digest"], condition=~Q(link_digest="")),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="comments_of_article", fields=["article_id", "written_at"]),
            models.Index(name="comments_by_change", fields=["changed_at", "id"]),
            models.Index(name="comments_to_take_in", fields=["id"], condition=Q(is_taken_in=False)),
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def is_gone(self) -> bool:
        """Whether its words are no longer here."""
        return self.state in _GONE

    @property
    def can_be_changed(self) -> bool:
        """Whether whoever wrote it may give it other words: not what we have decided about."""
        return self.state in {CommentState.HELD, CommentState.SHOWN}

    def move_to(self, state: CommentState, *, at: datetime) -> None:
        """Let it have another state; raises InvalidTransition. Of what is gone the words go too."""
        now = CommentState(self.state)
        if state == now:
            return
        if state not in NEXT_STATES[now]:
            told = {"now": now.label, "wanted": state.label}
            raise InvalidTransition(now_translated("A comment that is “%(now)s” cannot become “%(wanted)s”.") % told)
        self.state, self.changed_at = state, at
        if state in _GONE:
            self.text, self.name, self.address = "", "", b""
        self.save(update_fields=["state", "changed_at", "text", "name", "address"])
