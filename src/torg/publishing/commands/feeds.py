"""Addresses at which people's own calendars read the plan."""

from datetime import datetime

from django.db import transaction

from torg.audit import commands as audit
from torg.core import chance
from torg.people.models import Person
from torg.publishing import events, feeds
from torg.publishing.models import PlanFeed


@transaction.atomic
def open_feed(*, by: Person, at: datetime) -> str:
    """Make the secret part of the address; a former one stops working. It is shown once, and only its hash is kept.

    Raises NotAllowed without the right to publish anywhere.
    """
    feeds.check_can_read(by, at=at)
    from_now = PlanFeed.objects.select_for_update().filter(person=by, ended_at=None)
    from_now.update(ended_at=at)
    key = chance.secret()
    feed = PlanFeed.objects.create(person=by, key_sha256=feeds.hash_of(key), made_at=at)
    audit.record(events.FEED_OPENED, actor=by, scope=None, target=feed, at=at)
    return key


@transaction.atomic
def close_feed(*, by: Person, at: datetime) -> int:
    """Close one's address; returns how many were open."""
    closed = PlanFeed.objects.filter(person=by, ended_at=None).update(ended_at=at)
    audit.record(events.FEED_CLOSED, actor=by, scope=None, target=None, at=at)
    return closed
