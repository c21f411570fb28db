"""Acts toward the outside, each with a state that a person can see."""

from django.contrib.postgres.indexes import HashIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from torg.core import ids
from torg.core.errors import InvalidTransition
from torg.outbox.types import Sent


class ActState(models.TextChoices):
    """Where an act stands; the labels are shown to people."""

    PLANNED = "PLANNED", _("Waiting to be sent")
    SENDING = "SENDING", _("Being sent")
    CONFIRMED = "CONFIRMED", _("Sent")
    UNCONFIRMED = "UNCONFIRMED", _("Not confirmed")
    REFUSED = "REFUSED", _("Refused")
    FAILED = "FAILED", _("Failed")
    WITHDRAWN = "WITHDRAWN", _("Withdrawn")


NEXT_STATES = {
    ActState.PLANNED: {ActState.SENDING, ActState.WITHDRAWN, ActState.FAILED},
    # Back to PLANNED only when the platform says that nothing took effect.
    ActState.SENDING: {
        ActState.CONFIRMED,
        ActState.UNCONFIRMED,
        ActState.REFUSED,
        ActState.FAILED,
        ActState.PLANNED,
    },
    ActState.UNCONFIRMED: {ActState.CONFIRMED, ActState.FAILED},
    # To WITHDRAWN when a person gives it up.
    ActState.REFUSED: {ActState.PLANNED, ActState.WITHDRAWN},
    # To UNCONFIRMED when nobody knows whether the failed attempt took effect: look before repeating.
    ActState.FAILED: {ActState.PLANNED, ActState.UNCONFIRMED, ActState.WITHDRAWN},
    ActState.CONFIRMED: set(),
    ActState.WITHDRAWN: set(),
}

LIVE = (ActState.PLANNED, ActState.SENDING, ActState.UNCONFIRMED)
STOPPED = (ActState.REFUSED, ActState.FAILED, ActState.WITHDRAWN)
IN_THE_AIR = (ActState.SENDING, ActState.UNCONFIRMED)


class OutboxAct(models.Model):
    """One act toward a platform or an archive (utgående handling); it happens once, or somebody knows why not."""

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    scope_id = models.UUIDField(db_index=True)
    handler = models.CharField(max_length=60)
    kind = models.CharField(max_length=40)
    serial_key = models.CharField(max_length=200)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    payload = models.JSONField()
    place = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=12, choices=ActState, default=ActState.PLANNED)
    attempts = models.PositiveIntegerField(default=0)
    # When the worker turns to it next: to send, or to look. Null when it waits for a person.
    next_attempt_at = models.DateTimeField(null=True)
    after = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="followers")
    # As long as the platform makes them: an id that is cut off leads nowhere.
    external_id = models.TextField(blank=True)
    permalink = models.TextField(blank=True)
    error_class = models.CharField(max_length=40, blank=True)
    error_code = models.CharField(max_length=60, blank=True)
    error_reason = models.TextField(blank=True)
    next_step = models.CharField(max_length=20, blank=True)
    planned_at = models.DateTimeField()
    sending_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    # Empty while the subject's owner still has to hear of the present state.
    owner_told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="outbox_state_is_known", condition=Q(state__in=ActState.values)),
            # Two workers cannot have acts of the same line in the air, whatever they each believe.
            models.UniqueConstraint(
                name="outbox_one_in_the_air_per_line", fields=["serial_key"], condition=Q(state__in=IN_THE_AIR)
            ),
            models.UniqueConstraint(
                name="outbox_same_act_planned_once",
                fields=["subject_kind", "subject_id", "kind"],
                condition=Q(state__in=LIVE),
            ),
            models.CheckConstraint(name="outbox_not_after_itself", condition=Q(after=None) | ~Q(after=F("id"))),
            models.CheckConstraint(
                name="outbox_confirmed_is_finished",
                condition=~Q(state=ActState.CONFIRMED) | Q(finished_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["next_attempt_at"], name="outbox_due", condition=Q(state__in=LIVE)),
            models.Index(fields=["serial_key", "id"], name="outbox_line", condition=Q(state__in=LIVE)),
            models.Index(fields=["subject_kind", "subject_id"], name="outbox_subject"),
            HashIndex(fields=["external_id"], name="outbox_external", condition=~Q(external_id="")),
            models.Index(
                fields=["id"],
                name="outbox_owner_waits",
                condition=Q(owner_told_at=None) & ~Q(state__in=(ActState.PLANNED, ActState.SENDING)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"

    def as_sent(self) -> Sent:
        """This act as its handler and its subject's owner see it."""
        return Sent(**{name: getattr(self, name) for name in Sent.__slots__})

    def move_to(self, state: ActState) -> None:
        """Take the next state; raises InvalidTransition when there is no way there from this one."""
        now = ActState(self.state)
        if state not in NEXT_STATES[now]:
            raise InvalidTransition(
                gettext("What is “%(now)s” cannot become “%(next)s”.") % {"now": now.label, "next": state.label}
            )
        self.state = state
        self.owner_told_at = None
