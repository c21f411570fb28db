"""What must be ended when somebody leaves, and access in an emergency."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _

from torg.core import ids
from torg.core.errors import InvalidTransition
from torg.oversight.models.groups import GroupMember
from torg.oversight.types import EmergencyState, TaskKind
from torg.people.models import Person, RoleAssignment
from torg.people.scoping import ScopedQuerySet
from torg.registry.models import Administration, Presence

NEXT_STATES = {
    EmergencyState.ASKED: {EmergencyState.GRANTED, EmergencyState.REFUSED, EmergencyState.LAPSED},
    EmergencyState.GRANTED: {EmergencyState.ENDED},
    EmergencyState.REFUSED: set(),
    EmergencyState.LAPSED: set(),
    EmergencyState.ENDED: set(),
}


class AccessTask(models.Model):
    """One access of somebody who has left, to be ended by a person (oppgave ved fratredelse); it stays until done.

    What it is about is one of an administration on a platform, a membership of a group, a role or the log-in here.
    `scope_id` is empty for what concerns the whole municipality.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    scope_id = models.UUIDField(null=True, blank=True, db_index=True)
    kind = models.CharField(max_length=10, choices=TaskKind)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="access_tasks")
    administration = models.OneToOneField(
        Administration, null=True, blank=True, on_delete=models.PROTECT, related_name="access_task"
    )
    member = models.OneToOneField(
        GroupMember, null=True, blank=True, on_delete=models.PROTECT, related_name="access_task"
    )
    assignment = models.OneToOneField(
        RoleAssignment, null=True, blank=True, on_delete=models.PROTECT, related_name="access_task"
    )
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="an_access_task_has_its_object",
                condition=Q(kind=TaskKind.PLATFORM, administration__isnull=False)
                | Q(kind=TaskKind.GROUP, member__isnull=False)
                | Q(kind=TaskKind.ROLE, assignment__isnull=False)
                | Q(kind=TaskKind.LOGIN, person__isnull=False),
            ),
            models.CheckConstraint(
                name="done_task_says_by_whom",
                condition=Q(done_at=None, done_by=None) | Q(done_at__isnull=False, done_by__isnull=False),
            ),
            models.UniqueConstraint(
                name="one_log_in_task_at_a_time",
                fields=["person"],
                condition=Q(kind=TaskKind.LOGIN, done_at=None),
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class EmergencyAccess(models.Model):
    """Access that somebody gets for some hours when whoever has it cannot be reached (nødtilgang); two stand behind it.

    `presence` is empty for all pages that are not secret. It gives the role of page administrator and ends by itself.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    scope_id = models.UUIDField(null=True, blank=True, db_index=True)
    presence = models.ForeignKey(Presence, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="emergency_accesses")
    reason = models.TextField()
    hours = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=EmergencyState, default=EmergencyState.ASKED)
    asked_at = models.DateTimeField()
    answered_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    assignment = models.OneToOneField(
        RoleAssignment, null=True, blank=True, on_delete=models.PROTECT, related_name="emergency"
    )
    until_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "emergency accesses"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="two_people_in_an_emergency", condition=~Q(answered_by=F("person"))),
            models.CheckConstraint(
                name="emergency_access_is_given_by_somebody",
                condition=~Q(state__in=["GRANTED", "ENDED"])
                | Q(answered_by__isnull=False, assignment__isnull=False, until_at__isnull=False),
            ),
            models.CheckConstraint(name="an_emergency_is_short", condition=Q(hours__gte=1, hours__lte=24)),
            models.UniqueConstraint(
                name="one_emergency_each", fields=["person"], condition=Q(state__in=["ASKED", "GRANTED"])
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    def move_to(self, state: EmergencyState, *, at: datetime) -> None:
        """Go on to another state. Raises InvalidTransition."""
        now = EmergencyState(self.state)
        if state not in NEXT_STATES[now]:
            raise InvalidTransition(_("This has been answered already, or is over."))
        self.state = state
        if not NEXT_STATES[state]:
            self.ended_at = at
