"""Tasks: a medium that must come down from somewhere, and when."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from torg.core import ids
from torg.core.errors import InvalidTransition
from torg.media.models.media import Medium
from torg.media.types import TakeDownReason, TakeDownState
from torg.people.scoping import ScopedQuerySet

_S = TakeDownState
NEXT_STATES: dict[TakeDownState, set[TakeDownState]] = {
    _S.OPEN: {_S.DONE, _S.KEPT},
    _S.DONE: set(),
    _S.KEPT: set(),
}
# The task to look where the product cannot: in print, and in what was posted past it.
ELSEWHERE = "elsewhere"


class TakeDown(models.Model):
    """That a medium must come down from one place before `due_at` (fjerning). Its scope is that of the place.

    `use_kind` and `use_id` say where; `elsewhere` where only people can look. The archive's own copy stays, restricted.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    scope_id = models.UUIDField(db_index=True)
    medium = models.ForeignKey(Medium, on_delete=models.PROTECT, related_name="take_downs")
    reason = models.CharField(max_length=20, choices=TakeDownReason)
    use_kind = models.CharField(max_length=60)
    use_id = models.UUIDField()
    title = models.CharField(max_length=300)
    address = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=4, choices=TakeDownState, default=TakeDownState.OPEN)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=120, blank=True)
    because = models.TextField(blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="one_open_task_for_each_place", fields=["medium", "use_kind", "use_id"], condition=Q(state="OPEN")
            ),
            models.CheckConstraint(
                name="take_down_done_by_somebody",
                condition=Q(state="OPEN", done_at=None)
                | (~Q(state="OPEN") & Q(done_at__isnull=False) & ~Q(done_by="")),
            ),
            models.CheckConstraint(name="what_stays_has_a_reason", condition=~Q(state="KEPT") | ~Q(because="")),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="take_downs_open", fields=["due_at"], condition=Q(state="OPEN")),
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    def move_to(self, state: TakeDownState) -> None:
        """Take the next step; raises InvalidTransition for one that does not follow."""
        now = TakeDownState(self.state)
        if state not in NEXT_STATES[now]:
            raise InvalidTransition(_("Somebody has done this already. Load the page again."))
        self.state = state
