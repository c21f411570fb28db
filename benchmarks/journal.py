"""How fast are the journal's pages and its search when there are a million entries?

Each page is asked for many times, and what the program waits for the database is counted. The limit, measured in turn
with them: the least that any page costs, fifty entries read by their numbers.

    PYTHONPATH=src:. python -m benchmarks.journal
    PYTHONPATH=src:. python -m benchmarks.journal --entries 1000000
"""

import argparse
from datetime import date
from functools import partial
from typing import Any

from benchmarks import measuring
from benchmarks.filling import AT
from benchmarks.queue import Measured

TARGET = 50
PAGES, ENTRIES_OF_A_CASE = 60, 5
# One of them in every title, another in every tenth, a third in every thousandth.
COMMONEST, FREQUENT, RARE = "henvendelse", "barnehage", "rentekompensasjon"
SEARCHES = {
    "commonest word": COMMONEST,
    "a frequent word": FREQUENT,
    "a rare word": RARE,
    "two words, commonest and rare": f"{COMMONEST} {RARE}",
    "two words, frequent and rare": f"{FREQUENT} {RARE}",
    "a word that nobody wrote": "xylofonist",
}
CASES = """
INSERT INTO records_casefile (public_id, scope_id, year, number, title, public_title, status, classification,
    classification_title, opened_on, made_at, made_by, closed_by)
SELECT gen_random_uuid(), scopes.ids[1 + n %% %(pages)s], 2026, n, 'Sak ' || n, 'Sak ' || n, 'B', '000', '',
    %(last)s::date - (%(cases)s - n) * 1000 / %(cases)s, %(at)s, 'operator:benchmark', ''
FROM generate_series(1, %(cases)s) n, (SELECT array_agg(id ORDER BY id) ids FROM people_scope) scopes
"""
CAPTURE = """
INSERT INTO records_capture (public_id, scope_id, subject_kind, subject_id, sha256, form, reason, taken_at, taken_by)
SELECT gen_random_uuid(), id, 'dialogue.thread', gen_random_uuid(), repeat('0', 64), 'snapshot/1', 'JOURNALED', %(at)s,
    'operator:benchmark' FROM people_scope LIMIT 1
"""
ENTRIES = """
INSERT INTO records_journalentry (public_id, scope_id, case_file_id, entry_type, status, journal_year, journal_number,
    post_number, title, public_title, channel, subject_kind, subject_id, capture_id, journal_on, document_on,
    received_at, made_at, made_by, archived_by, awaits_follow_up)
SELECT gen_random_uuid(), cases.scope_id, cases.id, 'I', 'J', 2026, cases.number * %(each)s + part, part,
    'Henvendelse på Facebook: nummer ' || cases.number
        || CASE WHEN cases.number %% 10 = 0 THEN ' om barnehage' ELSE ' om veg' END
        || CASE WHEN cases.number %% 1000 = 7 THEN ' og rentekompensasjon' ELSE '' END,
    'Henvendelse på Facebook', 'facebook', 'dialogue.thread', gen_random_uuid(), capture.id, cases.opened_on,
    cases.opened_on, %(at)s, %(at)s, 'operator:benchmark', '', cases.number %% 100 = 0
FROM records_casefile cases, generate_series(1, %(each)s) part, (SELECT id FROM records_capture LIMIT 1) capture
ORDER BY cases.number, part
"""


def fill(entries: int) -> Any:
    """Case files with five entries each on sixty pages; returns the archivist of them all."""
    from django.db import connection

    from torg.people.models import Person, RoleAssignment, Scope
    from torg.people.types import Role

    Scope.objects.bulk_create(Scope(name=f"Side {number}") for number in range(PAGES))
    archivist = Person.objects.create(name="Are Arkivar", email="are@eksempel.example")
    RoleAssignment.objects.create(person=archivist, role=Role.ARCHIVIST, from_at=AT)
    cases = max(entries // ENTRIES_OF_A_CASE, 1)
    given = {"pages": PAGES, "cases": cases, "each": ENTRIES_OF_A_CASE, "at": AT, "last": date(2026, 12, 31)}
    with connection.cursor() as cursor:
        for statement in (CASES, CAPTURE, ENTRIES):
            cursor.execute(statement, given)
    return archivist


def vacuum(server: Any) -> None:
    """As the owner, and as it is done by itself over the years in which entries are journaled."""
    import psycopg

    from torg.config.processes.postgres import OWNER

    with psycopg.connect(server.dsn(measuring.DATABASE, role=OWNER), autocommit=True) as connection:
        connection.execute("VACUUM (ANALYZE)")


def pages(person: Any) -> list[Measured]:
    """The least that a page costs, the newest page, one far back, and searches."""
    from torg.records import queries
    from torg.records.models import JournalEntry

    numbers = list(JournalEntry.objects.order_by("id").values_list("id", flat=True)[:50])
    middle = JournalEntry.objects.order_by("id")[JournalEntry.objects.count() // 2]
    back = f"{middle.journal_on:%Y-%m-%d}_{middle.pk}"
    asked = [
        Measured("limit: fifty entries by number", lambda: list(JournalEntry.objects.filter(pk__in=numbers))),
        Measured("the newest page", lambda: queries.journal_page(person, at=AT), TARGET),
        Measured("a page far back", lambda: queries.journal_page(person, at=AT, after=back), TARGET),
    ]
    for name, words in SEARCHES.items():
        search = partial(queries.journal_page, person, at=AT, words=words)
        asked.append(Measured(f"search, {name}", search, TARGET))
    return asked


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entries", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=40, help="times that each page is asked for, in turn")
    given = parser.parse_args()
    with measuring.database() as server:
        person = fill(given.entries)
        vacuum(server)
        from django.db import connection

        backend = measuring.Backend(connection)
        asked = pages(person)
        for each in asked:
            each.ask()
        for _ in range(given.rounds):
            for each in asked:
                each.once(backend)
    print(f"{given.entries:,} entries, {given.rounds} rounds")
    for each in asked:
        print(each.told())


if __name__ == "__main__":
    main()
