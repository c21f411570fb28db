"""What colleagues are told by e-mail: their choices, what waits to be told, and what has been sent."""

from typing import ClassVar

from django.db import models

from torg.core import ids
from torg.people.models.persons import Person
from torg.people.types import LetterKind, LetterState, NotificationKind, Tell


class NotificationChoice(models.Model):
    """How soon somebody wants to be told of one kind of thing; without a row the kind's usual way holds."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="notification_choices")
    kind = models.CharField(max_length=20, choices=NotificationKind)
    tell = models.CharField(max_length=10, choices=Tell)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_choice_for_each_kind", fields=["person", "kind"]),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.kind} {self.tell}"


class QuietHours(models.Model):
    """When somebody gets no e-mail from us (stilletid), by Norwegian time; it may last past midnight."""

    person = models.OneToOneField(Person, primary_key=True, on_delete=models.CASCADE, related_name="quiet_hours")
    from_time = models.TimeField()
    until_time = models.TimeField()
    has_quiet_weekends = models.BooleanField(default=True)

    def __str__(self) -> str:
        return f"{self.person_id}: {self.from_time:%H:%M}–{self.until_time:%H:%M}"


class Letter(models.Model):
    """One e-mail to one colleague. It is claimed before it is sent, so that a job that runs twice sends it once.

    `period` names what it is for; when the server went silent after it took the letter, the state is UNCONFIRMED and
    nobody sends it again: a reminder that comes twice is worse than one that may not have come.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="letters")
    kind = models.CharField(max_length=10, choices=LetterKind)
    period = models.CharField(max_length=60)
    state = models.CharField(max_length=12, choices=LetterState, default=LetterState.CLAIMED)
    tries = models.PositiveSmallIntegerField(default=1)
    claimed_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_letter_for_each_period", fields=["person", "kind", "period"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.period}"

    @property
    def told_of(self) -> list[str]:
        """What sorts of things it told of, each once."""
        return list(dict.fromkeys(str(one.get_kind_display()) for one in self.notifications.all()))


class Notification(models.Model):
    """One thing to tell a colleague (beskjed). It holds what kind and where to look, never what somebody wrote."""

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=20, choices=NotificationKind)
    path = models.CharField(max_length=200)
    # What it is about, so that the same thing is told once only.
    key = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    letter = models.ForeignKey(Letter, null=True, on_delete=models.SET_NULL, related_name="notifications")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="a_thing_is_told_once", fields=["person", "kind", "key"]),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="notifications_to_send", fields=["made_at"], condition=models.Q(letter=None)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.person_id}"
