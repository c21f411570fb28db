"""What the database itself promises about versions and deliveries."""

import pytest
from django.db import InternalError, ProgrammingError, connection, transaction

REFUSED = (InternalError, ProgrammingError)


@pytest.fixture
def version(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO dialogue_itemversion (item_id, scope_id, number, is_original, text, content_hash, posted_at,"
            " received_at) VALUES (1, gen_random_uuid(), 1, true, 'Åpent i dag', '', now(), now()) RETURNING id"
        )
        return cursor.fetchone()[0]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE dialogue_itemversion SET text = 'x'",
        "DELETE FROM dialogue_itemversion",
        "TRUNCATE dialogue_itemversion",
        "UPDATE channels_rawdelivery SET body = ''",
        "DELETE FROM channels_rawdelivery",
    ],
)
def test_what_has_arrived_cannot_be_changed(version, change):
    with pytest.raises(REFUSED), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


def test_the_mask_of_a_version_can_be_written_and_search_follows_it(version):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE dialogue_itemversion SET masked_text = 'Åpent ▇▇▇'")
        cursor.execute("SELECT search::text, search_full::text FROM dialogue_itemversion WHERE id = %s", [version])
        search, full = cursor.fetchone()

    assert "åp" in search and "dag" not in search
    assert "dag" in full
