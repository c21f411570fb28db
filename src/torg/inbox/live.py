"""Tell open browsers that something has changed: ids only, sent when the transaction commits."""

import json
from collections import Counter
from collections.abc import Iterable
from uuid import UUID

from django.db import connection

from torg.inbox.models import Enquiry

CHANNEL = "torg_live"


def tell(enquiry: Enquiry) -> None:
    """One enquiry has changed."""
    _notify({"scope": str(enquiry.scope_id), "kind": "enquiry", "id": str(enquiry.public_id)})


def tell_many(scope_ids: Iterable[UUID]) -> None:
    """Many have changed: one word for each page, with how many."""
    for scope_id, count in Counter(scope_ids).items():
        _notify({"scope": str(scope_id), "kind": "enquiries", "count": count})


def _notify(payload: dict[str, str | int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, json.dumps(payload)])
