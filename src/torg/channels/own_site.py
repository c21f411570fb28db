"""Our own site as a channel: its connection, and what is written there kept as a raw delivery like any other."""

import hashlib
from datetime import datetime

from django.db import connection as database

from torg.channels import credentials, writing
from torg.channels.models import Connection, ConnectionState
from torg.channels.spool import Delivery
from torg.connectors.board import OWN_SITE, Standing, Story
from torg.connectors.channels.ownsite import delivery
from torg.core import ids

_INSERT = writing.INSERT.replace("%b", "%s")


def connection() -> Connection | None:
    """The connection of our own site, while people may write there."""
    return Connection.objects.filter(platform=OWN_SITE, state=ConnectionState.ACTIVE).first()


def tell_of_comment(site: Connection, verb: str, comment: Standing, *, at: datetime) -> None:
    """Keep that a comment was written (`add`), changed, hidden, shown or removed; in the caller's transaction."""
    _keep(site, delivery.of_comment(site.external_id, verb, comment), at=at)


def tell_of_story(site: Connection, verb: str, story: Story, *, at: datetime) -> None:
    """Keep that an article which people may comment on was published (`add`) or changed (`edit`)."""
    _keep(site, delivery.of_story(site.external_id, verb, story), at=at)


def _keep(site: Connection, body: bytes, *, at: datetime) -> None:
    signed = delivery.sign(body, secret=credentials.unseal(site.secrets).app_secret)
    digest = hashlib.sha256(repr(sorted(signed.items())).encode()).digest()
    row = Delivery(id=ids.new(), platform=OWN_SITE, received_at=at, body=body, headers_digest=digest)
    with database.cursor() as cursor:
        cursor.execute(_INSERT, writing.columns([row]))
