"""Members of closed and secret groups, and the reviews of them."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q

from torg.core import ids
from torg.oversight.types import Membership
from torg.people.models import Employee, Person
from torg.people.scoping import ScopedQuerySet
from torg.registry.models import Presence


class GroupMember(models.Model):
    """Somebody who is in a group (medlem). In a closed group only those who are there on duty; never the parents.

    `employee` is empty, and `told_as` holds what was told, for one who is not on the list of employees.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    scope_id = models.UUIDField(db_index=True)
    presence = models.ForeignKey(Presence, on_delete=models.PROTECT, related_name="members")
    employee = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="memberships")
    told_as = models.CharField(max_length=150, blank=True)
    since_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    added_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    ended_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="one_running_membership",
                fields=["presence", "employee"],
                condition=Q(ended_at=None, employee__isnull=False),
            ),
            models.UniqueConstraint(
                name="one_running_stranger",
                fields=["presence", "told_as"],
                condition=Q(ended_at=None, employee=None),
            ),
            models.CheckConstraint(
                name="a_member_is_an_employee_or_told_of", condition=Q(employee__isnull=False) | ~Q(told_as="")
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def name(self) -> str:
        """The employee's name, else what was told."""
        return self.employee.name if self.employee else self.told_as

    def standing(self, on: date) -> Membership:
        """Whether the member works here on a day."""
        if self.employee is None:
            return Membership.UNKNOWN
        return Membership.LEFT if self.employee.has_left(on) else Membership.EMPLOYED


class GroupReview(models.Model):
    """A look at a closed or secret group (gjennomgang, strategy C8): who is in it, and what is talked of there."""

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    scope_id = models.UUIDField(db_index=True)
    presence = models.ForeignKey(Presence, on_delete=models.PROTECT, related_name="group_reviews")
    reviewed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField()
    has_checked_members = models.BooleanField()
    # That neither persons nor cases are discussed, and nothing sensitive is shared.
    is_free_of_cases = models.BooleanField()
    note = models.TextField(blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="what_a_review_found_wrong_is_written",
                condition=Q(has_checked_members=True, is_free_of_cases=True) | ~Q(note=""),
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)
