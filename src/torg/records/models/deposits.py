"""Deposit packages that were made, with what our own tests said of each."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _

from torg.core import ids
from torg.core.errors import InvalidTransition
from torg.people.models import Person
from torg.records.preservation_codes import DepositState

NEXT_STATES = {
    DepositState.WAITING: {DepositState.WRITTEN, DepositState.FAULTY, DepositState.FAILED},
    DepositState.WRITTEN: set(),
    DepositState.FAULTY: set(),
    DepositState.FAILED: set(),
}


class Deposit(models.Model):
    """One deposit package (arkivuttrekk) of the case files that were finished in a period, both days included.

    `folder` is where it lies on the server. `counts` are the package's own; `left_out` is how many case files of the
    period were still open. `tests` are those of the checker that did not pass, with what they found; `tests_run` is
    how many there were. The digests are SHA-256 in hex.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    starts_on = models.DateField()
    ends_on = models.DateField()
    state = models.CharField(max_length=8, choices=DepositState, default=DepositState.WAITING)
    is_packed = models.BooleanField(default=False)
    folder = models.CharField(max_length=500)
    counts = models.JSONField(default=dict)
    left_out = models.PositiveIntegerField(default=0)
    tests = models.JSONField(default=list)
    tests_run = models.PositiveSmallIntegerField(default=0)
    listing_sha256 = models.CharField(max_length=64, blank=True)
    tar_sha256 = models.CharField(max_length=64, blank=True)
    problem = models.TextField(blank=True)
    ordered_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    made_by = models.CharField(max_length=120)
    ordered_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="deposit_ends_after_it_begins", condition=Q(ends_on__gte=F("starts_on"))),
            models.UniqueConstraint(
                models.Value(1), name="one_deposit_is_made_at_a_time", condition=Q(state=DepositState.WAITING)
            ),
            models.CheckConstraint(
                name="deposit_finished_with_time",
                condition=Q(state=DepositState.WAITING, finished_at=None)
                | (~Q(state=DepositState.WAITING) & Q(finished_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    def move_to(self, state: DepositState) -> None:
        """Take the next step; raises InvalidTransition for one that does not follow."""
        if state not in NEXT_STATES[DepositState(self.state)]:
            raise InvalidTransition(_("This package is finished. Make a new one."))
        self.state = state
