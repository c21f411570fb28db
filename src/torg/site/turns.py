"""Changes of the site come one at a time: taken first, this lock lets no two of them wait for each other."""

from django.db import connection

# So that numbers of changes become visible in order.
LOCK = 0x746F7267


def take() -> None:
    """Wait for our turn, and have it until the transaction ends. Before anything else of the site is locked."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
