"""How fast are the queue's first page and a search when there are a million items?

Each page is asked for many times. Two figures for each: what the program waited for the database, and the processor
time that the database used, which does not grow when others load the machine. The limit, measured in turn with them:
the least that any page costs, fifty enquiries read by their numbers.

    PYTHONPATH=src:. python -m benchmarks.queue
    PYTHONPATH=src:. python -m benchmarks.queue --items 1000000
"""

import argparse
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
