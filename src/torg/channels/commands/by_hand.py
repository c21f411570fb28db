"""Writing down by hand what was written in a place that has no API."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.audit import commands as audit
from torg.channels import events, policies, polling, processing
from torg.channels.models import BY_HAND, Connection, Source
from torg.channels.types import Written, WrittenDown
from torg.connectors.channels.hand.written import event_of
from torg.core import ids
from torg.core.actors import Actor
from torg.core.errors import Invalid
from torg.registry import policies as registry
from torg.registry import queries as presences
from torg.registry.models import Presence

LONGEST = 20_000


@transaction.atomic
def write_down(*, presence_id: UUID, written: Written, by: Actor, at: datetime) -> WrittenDown:
    """Write down what somebody saw (innhenting for hånd): it is stored as a delivery, and taken in at once.

    The presence gets a channel of its own for this the first time. Raises NotFound, NotAllowed for those who only
    read, InvalidTransition for what is closed or a person's private profile, Invalid without text or for a time to
    come.
    """
    presence = presences.presence_or_absent(by, presence_id, at=at, lock=True)
    policies.check_can_handle(by, presence.scope_id, at=at)
    registry.check_can_connect(presence)
    _check(written, at)
    connection = _connection_of(presence, at=at)
    event = event_of(written, account_id=connection.external_id, key=str(ids.new()))
    delivery = polling.store_read(connection, [event], at=at, source=Source.HAND)
    processing.take_in_now(delivery, at=at)
    facts = {"delivery": str(delivery.id)}
    audit.record(events.WRITTEN_DOWN, actor=by, scope=presence.scope_id, target=connection, at=at, facts=facts)
    return WrittenDown(delivery.id, connection.id, event.external_id or "")


def _connection_of(presence: Presence, *, at: datetime) -> Connection:
    """The channel by hand of the presence, which the caller has locked."""
    connection, _is_new = Connection.objects.get_or_create(
        platform=BY_HAND,
        external_id=str(presence.public_id),
        defaults={"scope_id": presence.scope_id, "presence": presence, "name": presence.name, "opened_at": at},
    )
    return connection


def _check(written: Written, at: datetime) -> None:
    if not written.text.strip():
        raise Invalid(_("Write what was written, word for word."), field="text")
    if len(written.text) > LONGEST:
        raise Invalid(_("This is too long. Write it down in parts."), field="text")
    if written.written_at > at:
        raise Invalid(_("This time has not come yet."), field="written_at")
