<<<<<<< HEAD
"""How fast are the queue's first page and a search when there are a million items?

Each page is asked for many times. Two figures for each: what the program waited for the database, and the processor
time that the database used, which does not grow when others load the machine. The limit, measured in turn with them:
the least that any page costs, fifty enquiries read by their numbers.

    PYTHONPATH=src:. python -m benchmarks.queue
=======
"""How fast do the queue and the search answer in a large inbox, and with how many queries?

The items are made set-wise in the database, one enquiry for every third, so that a million take minutes. The limit,
measured in turn with the product: the least that a page can be, fifty rows by primary key. In the database the first
page should stay under 10 ms and a search under 50 ms (p95), with at most 12 queries a page.

    PYTHONPATH=src:. python -m benchmarks.queue --items 20000
>>>>>>> whole
    PYTHONPATH=src:. python -m benchmarks.queue --items 1000000
"""

import argparse
<<<<<<< HEAD
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from benchmarks import filling, measuring
from benchmarks.filling import AT, COMMONEST, FREQUENT, RAREST

TARGET_PAGE, TARGET_SEARCH, TARGET_QUERIES = 10, 50, 12
SEARCHES = {
    "rarest word": RAREST,
    "commonest word": COMMONEST,
    "a frequent word": FREQUENT,
    "two words, commonest and frequent": f"{COMMONEST} {FREQUENT}",
    "two words, rarest and commonest": f"{RAREST} {COMMONEST}",
    "a word that nobody wrote": "xylofonist",
}


@dataclass
class Measured:
    """One kind of page: milliseconds of each request, and its queries."""

    name: str
    ask: Callable[[], object]
    target: int | None = None
    waited: list[float] = field(default_factory=list)
    used: list[float] = field(default_factory=list)
    queries: int = 0

    def once(self, backend: measuring.Backend) -> None:
        """Ask for it once, and count."""
        from django.db import connection

        waited, queries = 0.0, 0

        def timed(execute: Any, *given: Any) -> Any:
            nonlocal waited, queries
            began = time.perf_counter()
            try:
                return execute(*given)
            finally:
                waited, queries = waited + time.perf_counter() - began, queries + 1

        before = backend.seconds()
        with connection.execute_wrapper(timed):
            self.ask()
        self.used.append((backend.seconds() - before) * 1000)
        self.waited.append(waited * 1000)
        self.queries = max(self.queries, queries)

    def told(self) -> str:
        """One line of figures."""
        wall, cpu = measuring.at_95(self.waited), measuring.at_95(self.used)
        line = f"  {self.name:42} {self.queries:2} queries, waited p95 {wall:6.1f} ms, database used p95 {cpu:5.1f} ms"
        if self.target is None:
            return line
        met = wall < self.target and self.queries <= TARGET_QUERIES
        return f"{line} (target {self.target} ms: {'met' if met else 'not met'})"


def pages(person: Any) -> list[Measured]:
    """The least that a page costs, every view, the counts beside them, and searches."""
    from torg.inbox.models import Enquiry
    from torg.inbox.queries import queue
    from torg.inbox.queries.filters import Filters, View

    numbers = list(Enquiry.objects.filter(state="OPEN").order_by("id").values_list("id", flat=True)[:50])
    asked = [Measured("limit: fifty enquiries by number", lambda: list(Enquiry.objects.filter(pk__in=numbers)))]
    for view in View:
        asked.append(Measured(f"view {view}", lambda view=view: queue.page(person, Filters(view), at=AT), TARGET_PAGE))
    asked.append(Measured("counts of all views", lambda: queue.counts(person, at=AT)))
    for name, words in SEARCHES.items():
        filters = Filters(View.ALL, text=words)
        ask = lambda filters=filters: queue.page(person, filters, at=AT)  # noqa: E731
        asked.append(Measured(f"search, {name}", ask, TARGET_SEARCH))
    return asked


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--items", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=40, help="times that each page is asked for, in turn")
    given = parser.parse_args()
    with measuring.database() as server:
        person = filling.fill(server, given.items)
        from django.db import connection

        backend = measuring.Backend(connection)
        asked = pages(person)
        for each in asked:
            each.ask()
        for _ in range(given.rounds):
            for each in asked:
                each.once(backend)
    print(f"{given.items:,} items, {given.rounds} rounds")
    for each in asked:
        print(each.told())


if __name__ == "__main__":
    main()
=======
import statistics
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from benchmarks import measuring

AT = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
ROUNDS = 5
CALLS = 40
WORDS_OF_A_TEXT = 18
VOCABULARY = 4_000
COMMONEST, RARE, RAREST = "ord1", "ord300", "enestående"
MOST_QUERIES = 12
PAGE_MS, SEARCH_MS = 10, 50

# %(items)s items in %(threads)s threads; words by their rank, each about as often as such a word is in a language.
FILL = """
INSERT INTO dialogue_author (public_id, connection_id, external_id, name, first_seen_at)
SELECT gen_random_uuid(), %(connection)s, 'a' || n, 'Innbygger ' || n, %(at)s FROM generate_series(1, 5000) n;
INSERT INTO dialogue_post (public_id, scope_id, connection_id, external_id, is_own, is_placeholder, text, title,
    permalink, posted_at, received_at, platform_state)
SELECT gen_random_uuid(), %(scope)s, %(connection)s, 'p' || n, true, false, 'Innlegg ' || n, '', '', %(at)s, %(at)s,
    'VISIBLE' FROM generate_series(1, 1000) n;
INSERT INTO dialogue_thread (public_id, scope_id, connection_id, post_id, kind, root_external_id, author_id,
    started_at, last_item_at, last_inbound_at, item_count)
SELECT gen_random_uuid(), %(scope)s, %(connection)s,
    (SELECT min(id) FROM dialogue_post) + n %% 1000, 'BRANCH', 't' || n,
    (SELECT min(id) FROM dialogue_author) + n %% 5000,
    %(at)s - n * interval '20 seconds', %(at)s - n * interval '20 seconds', %(at)s - n * interval '20 seconds', 3
FROM generate_series(1, %(threads)s) n;
INSERT INTO dialogue_item (public_id, scope_id, connection_id, thread_id, post_id, kind, external_id,
    parent_external_id, author_id, is_own, is_history, is_placeholder, posted_at, received_at, platform_state,
    is_unsent, version_count, text, masked_text, permalink, delivery_id, echo_app_id)
SELECT gen_random_uuid(), %(scope)s, %(connection)s, t.id, t.post_id, CASE WHEN n = 0 THEN 'COMMENT' ELSE 'REPLY' END,
    t.root_external_id || '_' || n, '', t.author_id, n = 2, false, false, t.started_at, t.started_at, 'VISIBLE',
    false, 1, w.text, w.text, '', gen_random_uuid(), ''
FROM dialogue_thread t, generate_series(0, 2) n, LATERAL (
    SELECT string_agg('ord' || floor(power(%(vocabulary)s, random()))::int, ' ') AS text
    FROM generate_series(1, %(words)s + 0 * t.id + 0 * n)
) w;
UPDATE dialogue_item SET text = text || ' ' || %(rarest)s, masked_text = text || ' ' || %(rarest)s
    WHERE id = (SELECT max(id) / 2 FROM dialogue_item);
INSERT INTO dialogue_itemversion (item_id, scope_id, number, is_original, text, masked_text, content_hash, posted_at,
    received_at)
SELECT id, scope_id, 1, true, text, masked_text, decode(md5(text), 'hex'), posted_at, received_at FROM dialogue_item;
INSERT INTO inbox_enquiry (public_id, scope_id, thread_id, state, waiting_for, first_unanswered_at, due_at, urgency,
    is_sensitive, is_danger, is_question, is_complex, needs_case_handling, language, platform, band, rank_at, opened_at,
    last_activity_at, deadline_problem, version, changes, closed_because, closed_at)
SELECT gen_random_uuid(), scope_id, id, o.state, 'US', started_at, started_at + interval '2 hours', 40,
    id %% 50 = 0, false, id %% 2 = 0, false, false, 'nb', 'facebook', '2', started_at, started_at, last_item_at, '', 1,
    '',
    CASE o.state WHEN 'CLOSED' THEN 'ANSWERED' ELSE '' END, CASE o.state WHEN 'CLOSED' THEN started_at END
FROM dialogue_thread, LATERAL (SELECT CASE WHEN id %% 20 = 0 THEN 'OPEN' ELSE 'CLOSED' END AS state) o;
ANALYZE;
"""
LIMIT = "SELECT * FROM dialogue_item WHERE id = ANY(%s)"


def fill(server: object, items: int) -> object:
    """One page with so many items on it, and its officer."""
    import psycopg
    from tests import factories

    from torg.channels.models import Connection
    from torg.config.processes.postgres import OWNER

    page = factories.presence("Eksempelvik", at=AT)
    connection = Connection.objects.create(
        scope_id=page.scope_id, presence=page, platform="facebook", external_id="100", opened_at=AT
    )
    values = {
        "connection": connection.pk,
        "scope": page.scope_id,
        "at": AT,
        "threads": max(items // 3, 1),
        "vocabulary": VOCABULARY,
        "words": WORDS_OF_A_TEXT,
        "rarest": RAREST,
    }
    with psycopg.connect(server.dsn(measuring.DATABASE, role=OWNER), cursor_factory=psycopg.ClientCursor) as owner:
        owner.execute(FILL, values)
    return factories.officer(at=AT)


def questions(officer: object) -> dict[str, tuple[int, Callable[[], object]]]:
    """What is asked, with the milliseconds that it should stay under."""
    from torg.inbox import queries

    def page(**filters: object) -> Callable[[], object]:
        return lambda: queries.page(officer, queries.Filters(**filters), at=AT)

    views = {f"view {view.label}": (PAGE_MS, page(view=view)) for view in queries.View}
    searches = {"commonest word": COMMONEST, "rarest word": RAREST, "two words": f"{COMMONEST} {RARE}"}
    return views | {
        f"search {name}": (SEARCH_MS, page(view=queries.View.ALL, text=text)) for name, text in searches.items()
    }


def timed(ask: Callable[[], object]) -> float:
    """The 95th percentile of some calls, in milliseconds."""
    took = []
    for _call in range(CALLS):
        began = time.perf_counter()
        ask()
        took.append((time.perf_counter() - began) * 1000)
    return statistics.quantiles(took, n=20)[-1]


def in_database(ask: Callable[[], object]) -> tuple[float, int]:
    """Milliseconds that one call spends waiting for the database (p95), and its number of queries."""
    from django.db import connection

    spent: list[float] = []
    count = 0

    def measured(execute, sql, params, many, context):
        nonlocal count
        count += 1
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            spent[-1] += (time.perf_counter() - began) * 1000

    with connection.execute_wrapper(measured):
        for _call in range(CALLS):
            spent.append(0.0)
            ask()
    return statistics.quantiles(spent, n=20)[-1], count // CALLS


def least() -> None:
    """Fifty rows by primary key."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(LIMIT, [list(range(1, 51))])
        cursor.fetchall()


def compare(name: str, most: int, ask: Callable[[], object]) -> bool:
    """Product and limit in turn; whether the product stays under what it should."""
    ask()
    ours: list[float] = []
    theirs: list[float] = []
    queries = 0
    for _round in range(ROUNDS):
        found, queries = in_database(ask)
        ours.append(found)
        theirs.append(timed(least))
    is_kept = statistics.median(ours) <= most and queries <= MOST_QUERIES
    print(f"{'✓' if is_kept else '✗'} {name}: {figures(ours)}, {queries} queries (should be under {most} ms)")
    print(f"    {measuring.ratio(ours, theirs)}")
    return is_kept


def figures(found: Sequence[float]) -> str:
    """Median and spread of the rounds' 95th percentiles."""
    return f"p95 {statistics.median(found):.1f} ms in the database (from {min(found):.1f} to {max(found):.1f})"


def main() -> int:
    """Print each question's figures; exit status 1 when one is too slow."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--items", type=int, default=20_000)
    given = parser.parse_args()
    with measuring.database() as server:
        began = time.perf_counter()
        officer = fill(server, given.items)
        print(f"{given.items:,} items made in {time.perf_counter() - began:.0f} s; {ROUNDS} rounds of {CALLS} calls")
        kept = [compare(name, most, ask) for name, (most, ask) in questions(officer).items()]
    return 0 if all(kept) else 1


if __name__ == "__main__":
    raise SystemExit(main())
>>>>>>> whole
