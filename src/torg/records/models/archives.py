"""The archive core that we deliver to, and each delivery with its receipt."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from torg.core import ids
from torg.core.errors import InvalidTransition
from torg.people.scoping import ScopedQuerySet
from torg.records.codes import ArchiveState, ArchiveWay, DeliveryKind, DeliveryState
from torg.records.models.entries import JournalEntry

_S = DeliveryState
NEXT_STATES = {
    _S.WAITING: {_S.HANDED_OVER, _S.RECEIVED, _S.DELIVERED, _S.REFUSED, _S.UNCERTAIN},
    _S.HANDED_OVER: {_S.RECEIVED, _S.DELIVERED, _S.REFUSED, _S.WAITING},
    _S.RECEIVED: {_S.DELIVERED, _S.REFUSED, _S.WAITING},
    _S.UNCERTAIN: {_S.WAITING, _S.HANDED_OVER, _S.RECEIVED, _S.DELIVERED, _S.REFUSED},
    # A late receipt is still the truth.
    _S.REFUSED: {_S.WAITING, _S.GIVEN_UP, _S.DELIVERED},
    _S.GIVEN_UP: {_S.WAITING, _S.DELIVERED},
    _S.DELIVERED: set(),
}
ON_ITS_WAY = (_S.WAITING, _S.HANDED_OVER, _S.RECEIVED, _S.UNCERTAIN)


class ArchiveCore(models.Model):
    """The archive core of the municipality (arkivkjerne); earlier ones stay as a record. None: we stand alone.

    `system` is our name in its keys, which never changes. `address` is the root of the interface, or the name of a
    folder under the operator's; `options` holds what is no secret; `secrets` is encrypted. What was journaled up to
    and with `closed_until` belongs to a closed period (avsluttet periode): it is neither delivered nor corrected.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    name = models.CharField(max_length=100)
    way = models.CharField(max_length=10, choices=ArchiveWay)
    system = models.CharField(max_length=40)
    address = models.CharField(max_length=300)
    series = models.CharField(max_length=100, blank=True)
    options = models.JSONField(default=dict)
    secrets = models.BinaryField(default=bytes)
    state = models.CharField(max_length=10, choices=ArchiveState, default=ArchiveState.ACTIVE)
    problem = models.TextField(blank=True)
    paused_until = models.DateTimeField(null=True)
    closed_until = models.DateField(null=True)
    checked_at = models.DateTimeField(null=True)
    compared_at = models.DateTimeField(null=True)
    # What the last comparison found: `missing_there` as entries' public ids, `unknown_here` as keys.
    compared = models.JSONField(default=dict)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                models.Value(1), name="one_archive_core_in_force", condition=~Q(state=ArchiveState.CLOSED)
            ),
            models.CheckConstraint(
                name="archive_core_closed_with_time",
                condition=Q(state=ArchiveState.CLOSED, closed_at__isnull=False, secrets=b"")
                | (~Q(state=ArchiveState.CLOSED) & Q(closed_at=None)),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def is_paused(self, at: datetime) -> bool:
        """Whether it was away a moment ago, so that others need not find out again."""
        return self.paused_until is not None and self.paused_until > at


class Delivery(models.Model):
    """One registration, or one correction of it, on its way into the archive (avlevering til arkivkjernen).

    `key` finds it there again and is the same for ever; `message_id` is new when a person has mended what was
    refused. Delivered means that the archive gave an id: the database holds that. `archive_reason` is the archive's
    own words.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    scope_id = models.UUIDField(db_index=True)
    core = models.ForeignKey(ArchiveCore, on_delete=models.PROTECT, related_name="deliveries")
    entry = models.ForeignKey(JournalEntry, on_delete=models.PROTECT, related_name="deliveries")
    kind = models.CharField(max_length=10, choices=DeliveryKind, default=DeliveryKind.CREATE)
    key = models.CharField(max_length=80)
    message_id = models.UUIDField(unique=True, default=ids.new)
    state = models.CharField(max_length=12, choices=DeliveryState, default=DeliveryState.WAITING)
    archive_code = models.CharField(max_length=100, blank=True)
    archive_reason = models.TextField(blank=True)
    system_id = models.CharField(max_length=100, blank=True)
    # The newest change in the changelog that a correction carries.
    up_to_change = models.BigIntegerField(default=0)
    planned_at = models.DateTimeField()
    handed_over_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    # How often a fault of the archive's own has been met with another message.
    repeats = models.PositiveSmallIntegerField(default=0)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="one_delivery_of_each_entry", fields=["core", "key"], condition=Q(kind=DeliveryKind.CREATE)
            ),
            models.UniqueConstraint(
                name="one_correction_at_a_time",
                fields=["entry"],
                condition=Q(kind=DeliveryKind.CORRECT, state__in=ON_ITS_WAY),
            ),
            models.CheckConstraint(
                name="delivered_means_an_id_from_the_archive",
                condition=~Q(state=DeliveryState.DELIVERED) | (~Q(system_id="") & Q(settled_at__isnull=False)),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                name="deliveries_unsettled",
                fields=["state", "planned_at"],
                condition=~Q(state__in=(DeliveryState.DELIVERED, DeliveryState.GIVEN_UP)),
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    def move_to(self, state: DeliveryState) -> None:
        """Take the next step; raises InvalidTransition for one that does not follow."""
        now = DeliveryState(self.state)
        if state not in NEXT_STATES[now]:
            raise InvalidTransition(
                _("A delivery that is “%(now)s” cannot become “%(then)s”.") % {"now": now.label, "then": state.label}
            )
        self.state = state
