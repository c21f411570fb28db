"""What somebody who is away has left to the stand-in."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext as _

from torg.core import ids
from torg.core.errors import InvalidTransition
from torg.people.models.roles import StandIn
from torg.people.types import EntrustedState

_S = EntrustedState
NEXT_STATES: dict[EntrustedState, set[EntrustedState]] = {
    _S.PLANNED: {_S.GIVEN, _S.MISSED},
    _S.GIVEN: {_S.RETURNED, _S.KEPT, _S.MISSED},
    _S.MISSED: set(),
    _S.RETURNED: set(),
    _S.KEPT: set(),
}


class EntrustedWork(models.Model):
    """One piece of open work that goes to the stand-in while somebody is away (overlatt arbeid).

    `kind` names who knows what it is (`settings.OPEN_WORK`), `ref` is its public id there.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    stand_in = models.ForeignKey(StandIn, on_delete=models.CASCADE, related_name="entrusted")
    kind = models.CharField(max_length=20)
    ref = models.UUIDField()
    scope_id = models.UUIDField(null=True, db_index=True)
    state = models.CharField(max_length=10, choices=EntrustedState, default=EntrustedState.PLANNED)
    planned_at = models.DateTimeField()
    moved_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="work_is_entrusted_once_for_an_absence", fields=["stand_in", "kind", "ref"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.ref}"

    def move_to(self, state: EntrustedState, *, at: datetime) -> None:
        """Take the next step; raises InvalidTransition for one that does not follow."""
        now = EntrustedState(self.state)
        if state not in NEXT_STATES[now]:
            raise InvalidTransition(
                _("This was “%(now)s” already. Load the page again to see what happened.") % {"now": now.label}
            )
        self.state, self.moved_at = state, at
        self.save(update_fields=["state", "moved_at"])
