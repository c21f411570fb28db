"""What is fetched after a text has been taken in, with no row locked while a platform answers."""

from datetime import datetime, timedelta

from django.db.models import Q

from torg.channels import names
from torg.channels.models import Connection
from torg.core.actors import Actor
from torg.dialogue import commands, media

# Of each channel in one round; the rest waits, so that answers have most of the platform's allowance.
MOST_NAMES = 25
# A platform that did not tell is asked again after so long.
ASK_AGAIN = timedelta(days=30)


def fetch_attachments(*, limit: int, by: Actor, at: datetime) -> int:
    """Fetch at most `limit` attachments that wait, through the checked door; returns how many were taken up.

    Claimed, fetched and noted in transactions of their own: what a crash leaves between is taken up again once the
    claim has grown old.
    """
    claimed = media.claim(limit=limit, at=at)
    for attachment in claimed:
        commands.note_attachment(attachment_id=attachment.pk, outcome=media.get(attachment), by=by, at=at)
    return len(claimed)


def ask_for_names(connection: Connection, *, by: Actor, at: datetime) -> int:
    """Ask for the newest authors' names that are missing; returns how many the platform told."""
    is_due = Q(name_asked_at=None) | Q(name_asked_at__lt=at - ASK_AGAIN)
    nameless = connection.authors.filter(is_due, name=None).exclude(external_id=None).order_by("-pk")[:MOST_NAMES]
    numbers = {author.external_id: author.pk for author in nameless if author.external_id}
    if not numbers:
        return 0
    told = names.names_of(connection, list(numbers), at=at)
    return commands.note_names(names={numbers[key]: name for key, name in told.items()}, by=by, at=at)
