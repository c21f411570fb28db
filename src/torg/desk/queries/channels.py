"""How each channel is, in words for people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from torg.channels import health
from torg.channels.models import Connection, ConnectionState
from torg.channels.queries import TOKEN_WARNING
from torg.people.models import Person
from torg.people.types import Permission
from torg.registry.models import WITHOUT_API, Presence, PresenceKind
from torg.registry.words import Line

# A channel that nobody and nothing has looked at for this long is unwatched.
UNWATCHED_AFTER = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Watched:
    """A channel, what is wrong with it, and whether anyone or anything has looked at it lately."""

    connection: Connection
    problems: Sequence[str]
    is_unwatched: bool
    token_ends_at: datetime | None

    @property
    def in_short(self) -> str:
        """What is wrong in a few words, for a card."""
        if self.connection.state == ConnectionState.NEEDS_RECONNECT:
            return _("access is lost")
        return _("needs a look")

    @property
    def level(self) -> str:
        """The colour that goes with the words."""
        if self.connection.state == ConnectionState.CLOSED:
            return "neutral"
        if self.connection.state == ConnectionState.NEEDS_RECONNECT:
            return "danger"
        return "warning" if self.problems or self.is_unwatched else "success"


def watched(person: Person, *, at: datetime) -> list[Watched]:
    """Every channel that `person` sees, the open ones first; one query."""
    rows = Connection.objects.visible_to(person, at=at).select_related("presence")
    return [look_at(row, at=at) for row in rows.order_by("closed_at", "presence__name", "id")]


def look_at(connection: Connection, *, at: datetime) -> Watched:
    """What a person should know of one channel."""
    ends = [end for end in (connection.token_expires_at, connection.data_access_expires_at) if end]
    ends_at = min(ends, default=None)
    is_open = connection.state != ConnectionState.CLOSED
    seen = [moment for moment in (connection.last_polled_at, connection.last_event_at) if moment]
    return Watched(
        connection=connection,
        problems=_problems(connection, ends_at, at) if is_open else (),
        is_unwatched=is_open and not connection.is_by_hand and (not seen or at - max(seen) > UNWATCHED_AFTER),
        token_ends_at=ends_at,
    )


def _problems(connection: Connection, ends_at: datetime | None, at: datetime) -> list[str]:
    found = []
    if connection.state == ConnectionState.NEEDS_RECONNECT:
        found.append(_("We have lost access. Nothing is sent or fetched until the channel is connected again."))
    if connection.missing_fields:
        found.append(_("The platform does not tell us of everything: a subscription is missing."))
    if connection.missing_scopes:
        found.append(_("Our access does not include everything that we need."))
    if health.is_silent(connection, at=at):
        found.append(_("It is unusually quiet. Look on the platform to see if something has stopped."))
    if connection.state == ConnectionState.ACTIVE and ends_at is not None and ends_at - at < TOKEN_WARNING:
        found.append(_("Our access runs out soon. Connect again before it does."))
    if connection.calls_paused_until is not None and connection.calls_paused_until > at:
        found.append(_("The platform asks us to wait. We go on by ourselves."))
    return found


def presences_without(person: Person, *, at: datetime) -> list[Presence]:
    """Pages that `person` manages, that can be connected, and that nothing is connected to yet."""
    managed = Presence.objects.visible_to(person, at=at, permission=Permission.MANAGE_PRESENCE)
    connected = Connection.objects.exclude(state=ConnectionState.CLOSED).values("presence")
    open_pages = managed.filter(closed_at=None).exclude(kind__in=(*WITHOUT_API, PresenceKind.RESERVED_NAME))
    # A leader's private profile is no business of ours, and connecting it is refused.
    open_pages = open_pages.exclude(details__line=Line.PRIVATE)
    return list(open_pages.exclude(pk__in=connected).order_by("name"))
