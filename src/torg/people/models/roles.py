"""Scopes, dated roles in them, and stand-ins."""

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from torg.core import ids
from torg.people.models.dated import InForce
from torg.people.models.persons import Person
from torg.people.types import Role


class Scope(models.Model):
    """What a role reaches: one page, group or profile. Its id says nothing; `name` is handed down by the registry."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    name = models.CharField(max_length=120, blank=True)
    is_secret = models.BooleanField(default=False)

    def __str__(self) -> str:
        return str(self.id)


class Agreed(InForce):
    """Role assignments: one that lets a person agree to deletions holds only once a second person has agreed to it."""

    def in_force(self, at: datetime) -> Self:
        """Those that have begun, not ended, and do not wait for a second person."""
        return super().in_force(at).filter(is_waiting=False)

    def waiting(self) -> Self:
        """Those that wait for a second person."""
        return self.filter(is_waiting=True, until_at=None)


class RoleAssignment(models.Model):
    """A role that a person has, in one scope or (scope empty) in all that are not secret, from and until a date.

    The officer's and the deputy's unscoped role reaches secret scopes too (strategy C9). Whoever gives the right
    to agree to deletions does not do so alone (strategy B3): the row waits until someone else has agreed.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="roles")
    role = models.CharField(max_length=20, choices=Role)
    scope = models.ForeignKey(Scope, null=True, blank=True, on_delete=models.PROTECT, related_name="roles")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)
    given_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="roles_given")
    agreed_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="roles_agreed")
    is_waiting = models.BooleanField(default=False)

    objects = Agreed.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="two_people_give_the_right_to_agree", condition=~Q(agreed_by=F("given_by"))),
            models.CheckConstraint(
                name="role_ends_after_it_begins", condition=Q(until_at=None) | Q(until_at__gt=F("from_at"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.role}"


class StandIns(InForce):
    """Stand-ins; one lends the right to agree to deletions only once a second person has agreed to it."""

    def agreed(self) -> Self:
        """Those that lend the right to agree to deletions too."""
        return self.exclude(agreed_at=None)


class StandIn(models.Model):
    """Somebody who has another's roles while that person is away (stedfortreder).

    The right to agree to deletions among them waits until somebody else has agreed (strategy B3): `agreed_at` is set
    then, or at once when an operator at the server names the stand-in, and it covers the roles held at that moment.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    absent = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="absences")
    stand_in = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="stands_in_for")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()
    named_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    agreed_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField(null=True, blank=True)

    objects = StandIns.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="absence_ends_after_it_begins", condition=Q(until_at__gt=F("from_at"))),
            models.CheckConstraint(name="nobody_stands_in_for_oneself", condition=~Q(absent=F("stand_in"))),
            models.CheckConstraint(
                name="a_third_agrees_to_a_stand_in",
                condition=Q(agreed_by=None)
                | ~Q(agreed_by=F("absent")) & ~Q(agreed_by=F("stand_in")) & ~Q(agreed_by=F("named_by")),
            ),
            models.CheckConstraint(
                name="one_person_alone_lends_no_agreement",
                condition=Q(agreed_at=None, agreed_by=None)
                | Q(agreed_at__isnull=False) & (Q(agreed_by__isnull=False) | Q(named_by=None)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stand_in_id} for {self.absent_id}"
