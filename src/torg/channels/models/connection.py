"""A connection to one account on one platform, and how far its polls have read."""

from typing import ClassVar

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from torg.connectors.board import OWN_SITE
from torg.core import ids
from torg.people.scoping import ScopedQuerySet
from torg.registry.models import Presence

# The platform of places without an API. They are neither polled nor checked, and their silence means nothing.
BY_HAND = "hand"
_NAMES: dict[str, Promise] = {BY_HAND: _("Written down by hand"), OWN_SITE: _("Our own site")}


class ConnectionState(models.TextChoices):
    """Whether we can act on the account."""

    ACTIVE = "ACTIVE", _("Connected")
    NEEDS_RECONNECT = "NEEDS_RECONNECT", _("Must be connected again")
    CLOSED = "CLOSED", pgettext_lazy("channel", "Closed")


NEXT_STATES = {
    ConnectionState.ACTIVE: {ConnectionState.NEEDS_RECONNECT, ConnectionState.CLOSED},
    ConnectionState.NEEDS_RECONNECT: {ConnectionState.ACTIVE, ConnectionState.CLOSED},
    ConnectionState.CLOSED: {ConnectionState.ACTIVE},
}


class Connection(models.Model):
    """Our access to one account on a platform (kanal). Never deleted: a closed one stays as a record.

    `external_id` is the platform's own id of the account, by which a reconnect finds its connection again.
    `secrets` is encrypted; only `torg.channels.credentials` reads it.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    scope_id = models.UUIDField(db_index=True)
    presence = models.ForeignKey(Presence, on_delete=models.PROTECT, related_name="connections")
    platform = models.CharField(max_length=20)
    external_id = models.CharField(max_length=200)
    name = models.CharField(max_length=200, blank=True)
    app_id = models.CharField(max_length=100, blank=True)
    secrets = models.BinaryField(default=bytes)
    state = models.CharField(max_length=20, choices=ConnectionState, default=ConnectionState.ACTIVE)
    problem = models.CharField(max_length=200, blank=True)
    capabilities = models.JSONField(default=dict)
    granted_scopes = models.JSONField(default=list)
    missing_scopes = models.JSONField(default=list)
    subscribed_fields = models.JSONField(default=list)
    missing_fields = models.JSONField(default=list)
    subscription_verified_at = models.DateTimeField(null=True, blank=True)
    last_event_at = models.DateTimeField(null=True, blank=True)
    last_polled_at = models.DateTimeField(null=True, blank=True)
    token_expires_at = models.DateTimeField(null=True, blank=True)
    data_access_expires_at = models.DateTimeField(null=True, blank=True)
    # How long it may be quiet before we say so, worked out from its own history; empty while history is too short.
    silence_after = models.DurationField(null=True, blank=True)
    calls_paused_until = models.DateTimeField(null=True, blank=True)
    # Platforms' terms and the duty to keep records pull apart here: the municipality decides, per connection.
    keeps_media = models.BooleanField(default=False)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_connection_per_account", fields=["platform", "external_id"]),
            models.CheckConstraint(
                name="connection_closed_with_time",
                condition=models.Q(state="CLOSED", closed_at__isnull=False)
                | (~models.Q(state="CLOSED") & models.Q(closed_at=None)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.platform} {self.external_id}"

    @property
    def platform_name(self) -> str:
        """What people call the platform."""
        return str(_NAMES.get(self.platform, self.platform.capitalize()))

    @property
    def is_by_hand(self) -> bool:
        """Whether there is no API behind it: people write down what they see there."""
        return self.platform == BY_HAND


class PollCursor(models.Model):
    """How far the poll of one type of object has read; each type has its own, so that none hides another."""

    connection = models.ForeignKey(Connection, on_delete=models.PROTECT, related_name="cursors")
    object_type = models.CharField(max_length=40)
    since = models.DateTimeField(null=True, blank=True)
    token = models.TextField(blank=True)
    is_history = models.BooleanField(default=False)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="one_cursor_per_object_type", fields=["connection", "object_type", "is_history"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.connection_id} {self.object_type}"


class ActivityHour(models.Model):
    """How many events a connection had in one hour: what is normal for it, and so when its silence is not."""

    connection = models.ForeignKey(Connection, on_delete=models.PROTECT, related_name="activity", db_index=False)
    hour_at = models.DateTimeField()
    events = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_count_per_hour", fields=["connection", "hour_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.connection_id} {self.hour_at:%Y-%m-%d %H}"
