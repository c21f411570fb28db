"""A municipality of many years, made set-wise in SQL: items, wordings, threads, enquiries and findings.

Sixty pages of very different size, three years, one item in seven answering another, three enquiries in a hundred open.
Words are spread as in real texts: a few stand nearly everywhere, most are rare; one stands in three items only.
"""

from datetime import UTC, datetime
from typing import Any

from benchmarks import measuring

AT = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
FIRST_MONTH = datetime(2023, 3, 1, tzinfo=UTC)
MONTHS = 38
PAGES = 60
AUTHORS_OF_A_PAGE = 500
RAREST = "bjørkesopp"
COMMONEST = "kommunen"
FREQUENT = "svømmehallen"

# Words by rank; the rank of a drawn word falls off as in running text.
WORDS = """
CREATE TEMP TABLE word AS SELECT n, CASE n WHEN 1 THEN 'kommunen' WHEN 2 THEN 'vegen' WHEN 3 THEN 'skolen'
    WHEN 40 THEN 'svømmehallen' ELSE
    (ARRAY['brøyt','skol','veg','barn','gat','bygg','plan','park','bass','tur','fest','fjell','elv','by','mark','kai'])
        [1 + n % 16] || (ARRAY['e','a','o','u','y','ø','å','i'])[1 + n / 16 % 8]
    || (ARRAY['l','r','s','t','n','m','k','d','v','p'])[1 + n / 128 % 10]
    || (ARRAY['e','a','o','u','y','ø'])[1 + n / 1280 % 6] || (ARRAY['st','nd','rk','lv'])[1 + n / 7680 % 4] END AS word
FROM generate_series(1, 30000) n;
CREATE TEMP TABLE piece AS SELECT p AS number, string_agg(word, ' ') AS text
FROM generate_series(1, 40000) p
CROSS JOIN LATERAL (SELECT floor(power(30000::float, random()) + p * 0)::int AS n FROM generate_series(1, 6)) drawn
JOIN word USING (n) GROUP BY p;
CREATE UNIQUE INDEX ON piece (number);
ANALYZE piece;
"""
# What one number becomes, always the same: its page, its time, its place in the whole.
DRAWN = """
CREATE TEMP TABLE drawn AS SELECT n,
    1 + floor({pages} * power((hashint8(t) + 2147483648.0) / 4294967296.0, 2))::int AS page,
    t, n <= {threads} AS begins,
    timestamptz '{first}' + (timestamptz '{last}' - timestamptz '{first}') * (n::float / {items}) AS at,
    1 + floor(random() * 40000)::int AS a, 1 + floor(random() * 40000)::int AS b, 1 + floor(random() * 40000)::int AS c
FROM (SELECT n, 1 + (n - 1) % {threads} AS t FROM generate_series(1, {items}) n) numbered;
CREATE UNIQUE INDEX ON drawn (n);
ANALYZE drawn;
"""
AUTHORS = """
INSERT INTO dialogue_author (id, public_id, connection_id, external_id, name, first_seen_at)
SELECT (page - 1) * {authors} + a, gen_random_uuid(), connection_id, 'filled-' || a, 'Person ' || a, '{first}'
FROM page CROSS JOIN generate_series(1, {authors}) a;
"""
THREADS = """
INSERT INTO dialogue_thread (id, public_id, scope_id, connection_id, kind, root_external_id, author_id, started_at,
    last_item_at, last_inbound_at, item_count)
SELECT d.n, gen_random_uuid(), scope_id, connection_id, 'BRANCH', 'filled-' || d.n,
    (d.page - 1) * {authors} + 1 + d.n % {authors}, at, at, at, 1 FROM drawn d JOIN page USING (page) WHERE begins;
"""
ITEMS = """
INSERT INTO dialogue_item (id, public_id, scope_id, connection_id, thread_id, kind, external_id, parent_external_id,
    author_id, is_own, is_history, is_placeholder, posted_at, received_at, platform_state, is_unsent, version_count,
    text, masked_text, permalink, delivery_id, echo_app_id)
SELECT n, gen_random_uuid(), scope_id, connection_id, t, CASE WHEN begins THEN 'COMMENT' ELSE 'REPLY' END,
    'filled-' || n, CASE WHEN begins THEN '' ELSE 'filled-' || t END, (d.page - 1) * {authors} + 1 + n % {authors},
    false, false, false, at, at, 'VISIBLE', false, 1, told, told, '', gen_random_uuid(), ''
FROM drawn d JOIN page USING (page) JOIN piece a ON a.number = d.a JOIN piece b ON b.number = d.b
JOIN piece c ON c.number = d.c
CROSS JOIN LATERAL (SELECT a.text || ' ' || b.text || ' ' || c.text
    || CASE WHEN n IN (5, {items} / 2, {items} - 7) THEN ' {rarest}' ELSE '' END AS told) wording;
"""
VERSIONS = """
INSERT INTO dialogue_itemversion (id, item_id, scope_id, number, is_original, text, masked_text, content_hash,
    posted_at, received_at)
SELECT id, id, scope_id, 1, true, text, masked_text, sha256(convert_to(text, 'UTF8')), posted_at, received_at
FROM dialogue_item WHERE external_id LIKE 'filled-%' ORDER BY id;
"""
FINDINGS = """
INSERT INTO triage_itemassessment (item_id, scope_id, version_number, detectors_version, urgency, is_question,
    is_sensitive, is_danger, language, assessed_at)
SELECT id, scope_id, 1, 'filled', 0, id % 3 = 0, false, false, 'nb', received_at FROM dialogue_item
WHERE external_id LIKE 'filled-%';
INSERT INTO triage_finding (item_id, scope_id, version_number, kind, code, params, start, "end", score, is_sensitive,
    detector, detector_version, is_current, found_at)
SELECT id, scope_id, 1, found, lower(found), '{{}}', 0, length(text), 0.9, false, lower(found), '1', true, received_at
FROM dialogue_item CROSS JOIN (VALUES ('LANGUAGE'), ('QUESTION')) AS k(found)
WHERE external_id LIKE 'filled-%' AND (found = 'LANGUAGE' OR id % 3 = 0);
"""
ENQUIRIES = """
INSERT INTO inbox_enquiry (public_id, scope_id, thread_id, state, waiting_for, assignee_id, unit_id,
    first_unanswered_at, due_at, urgency, is_sensitive, is_danger, is_question, is_complex, needs_case_handling,
    language, platform, band, rank_at, snoozed_until, closed_at, closed_because, opened_at, last_activity_at,
    deadline_problem, version, changes)
SELECT gen_random_uuid(), scope_id, t.id, state, CASE WHEN NOT is_open THEN 'THEM' WHEN t.id % 700 = 0 THEN 'APPROVAL'
        ELSE 'US' END,
    CASE WHEN is_open AND t.id % 5 = 0 THEN {person} END, CASE WHEN t.id % 4 = 0 THEN {unit} END,
    CASE WHEN is_open THEN started_at END, CASE WHEN is_open AND asks THEN due END, CASE WHEN asks THEN 20 ELSE 0 END,
    t.id % 300 = 0, t.id % 50000 = 0, asks, false, false, 'nb', 'facebook',
    CASE WHEN t.id % 50000 = 0 THEN 'A' WHEN is_open AND asks THEN 'C' ELSE 'D' END,
    CASE WHEN is_open AND asks THEN due ELSE started_at END,
    CASE WHEN state = 'SNOOZED' THEN timestamptz '{last}' + interval '3 days' END,
    CASE WHEN state = 'CLOSED' THEN started_at + interval '5 hours' END,
    CASE WHEN state = 'CLOSED' THEN 'ANSWERED' ELSE '' END, started_at, last_item_at, '', 1, ''
FROM dialogue_thread t
CROSS JOIN LATERAL (SELECT t.id % 33 = 0 AS is_open, t.id % 3 = 0 AS asks,
    timestamptz '{last}' + (hashint8(t.id) % 200) * interval '1 hour' AS due,
    CASE WHEN t.id % 33 = 0 THEN 'OPEN' WHEN t.id % 211 = 0 THEN 'SNOOZED' ELSE 'CLOSED' END AS state) made
WHERE root_external_id LIKE 'filled-%';
"""
NUMBERS = """
SELECT setval(pg_get_serial_sequence(name, 'id'), {items} + 1000000)
FROM unnest(ARRAY['dialogue_author', 'dialogue_thread', 'dialogue_item', 'dialogue_itemversion']) AS name
"""
STEPS = (WORDS, DRAWN, AUTHORS, THREADS, ITEMS, VERSIONS, FINDINGS, ENQUIRIES, NUMBERS)


def fill(server: Any, items: int) -> Any:
    """Fill the database with `items` items; returns the person who may see all of it."""
    from django.db import connection

    from torg.config.processes.postgres import APP, OWNER

    measuring.use(server.dsn(measuring.DATABASE, role=OWNER))
    _make_months()
    person = _make_people()
    threads = max(items * 6 // 7, 1)
    given = {
        "items": items,
        "threads": threads,
        "pages": PAGES,
        "authors": AUTHORS_OF_A_PAGE,
        "first": FIRST_MONTH.isoformat(),
        "last": AT.isoformat(),
        "rarest": RAREST,
        "person": person.pk,
        "unit": person.unit_id,
    }
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE page AS SELECT row_number() OVER (ORDER BY id)::int AS page, id AS connection_id,"
            " scope_id FROM channels_connection"
        )
        for step in STEPS:
            cursor.execute(step if step is WORDS else step.format(**given))
        cursor.execute("VACUUM (ANALYZE)")
    measuring.use(server.dsn(measuring.DATABASE, role=APP))
    return person


def _make_months() -> None:
    from torg.core.tables import make_partitions

    make_partitions("dialogue_itemversion", at=FIRST_MONTH, ahead=MONTHS)


def _make_people() -> Any:
    """Sixty pages, one unit, and somebody who sees all of them."""
    from torg.channels.models import Connection
    from torg.people.models import Person, RoleAssignment, Scope, Unit
    from torg.people.types import Role
    from torg.registry.models import Presence, PresenceKind

    unit = Unit.objects.create(name="Servicetorget")
    for number in range(Connection.objects.count(), PAGES):
        scope = Scope.objects.create(name=f"Side {number}")
        page = Presence.objects.create(
            scope=scope, kind=PresenceKind.MAIN_PAGE, name=f"Side {number}", unit=unit, opened_at=FIRST_MONTH
        )
        Connection.objects.create(
            scope_id=scope.id, presence=page, platform="facebook", external_id=f"{100 + number}", opened_at=FIRST_MONTH
        )
    person = Person.objects.create(name="Kari Eksempel", email="kari@example.org", unit=unit)
    RoleAssignment.objects.create(person=person, role=Role.OFFICER, from_at=FIRST_MONTH)
    return person
