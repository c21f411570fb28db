"""Masked texts, written to many rows in one statement."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import connection

ITEMS = (
    "UPDATE dialogue_item AS item SET masked_text = given.masked"
    " FROM unnest(%s::bigint[], %s::text[]) AS given (id, masked) WHERE item.id = given.id"
)
# The time is part of the key, so that only the partitions concerned are touched.
VERSIONS = (
    "UPDATE dialogue_itemversion AS version SET masked_text = given.masked"
    " FROM unnest(%s::bigint[], %s::timestamptz[], %s::text[]) AS given (id, received_at, masked)"
    " WHERE version.id = given.id AND version.received_at = given.received_at"
)


def write_to_items(masked: Mapping[int, str]) -> None:
    """Set the masked text of items, by id."""
    with connection.cursor() as cursor:
        cursor.execute(ITEMS, [list(masked), list(masked.values())])


def write_to_versions(rows: Sequence[tuple[int, datetime, str]]) -> None:
    """Set the masked text of wordings, by id and time; the database derives the search vectors from it."""
    if rows:
        ids, times, texts = zip(*rows, strict=True)
        with connection.cursor() as cursor:
            cursor.execute(VERSIONS, [list(ids), list(times), list(texts)])
