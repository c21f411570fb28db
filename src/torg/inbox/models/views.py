"""How people look at the queue: their own views, and who has what open just now."""

from typing import ClassVar

from django.db import models

from torg.core import ids
from torg.inbox.models.enquiries import Enquiry
from torg.inbox.types import AttendanceState
from torg.people.models import Person


class SavedView(models.Model):
    """Somebody's own choice of filters, kept under a name."""

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="saved_views")
    name = models.CharField(max_length=60)
    filters = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="own_views_have_own_names", fields=["person", "name"]),
        ]

    def __str__(self) -> str:
        return self.name


class Attendance(models.Model):
    """That a colleague reads or writes just now. It expires and is removed: presence minutes are not kept."""

    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="attendances")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=8, choices=AttendanceState)
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_attendance_for_each_person", fields=["enquiry", "person"]),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.state}"
