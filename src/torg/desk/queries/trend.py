"""The week behind us, per day and for the whole: what came, and what was answered in time. Never per person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q
from django.db.models.functions import TruncDate
from django.utils import timezone

from torg.inbox.models import Clock
from torg.inbox.types import Outcome
from torg.people import queries as people
from torg.people.models import Person
from torg.people.types import Permission

DAYS = 7
# The chart's own units; the page scales it.
HEIGHT = 96
WIDTH = 44
BAR = 28


@dataclass(frozen=True, slots=True)
class Part:
    """One stretch of a bar."""

    kind: str
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Day:
    """What was asked on one day, by what became of it, and where its bar stands."""

    on: date
    in_time: int
    late: int
    waiting: int
    x: int
    parts: Sequence[Part]

    @property
    def all(self) -> int:
        return self.in_time + self.late + self.waiting

    @property
    def middle(self) -> int:
        """Where the day's name is written."""
        return self.x + BAR // 2

    @property
    def top(self) -> float:
        """Where the number above the bar is written."""
        return min((part.y for part in self.parts), default=HEIGHT) - 6


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days, and their sum."""

    days: Sequence[Day]
    width: int = WIDTH * DAYS

    @property
    def all(self) -> int:
        return sum(day.all for day in self.days)

    @property
    def in_time(self) -> int:
        return sum(day.in_time for day in self.days)

    @property
    def late(self) -> int:
        return sum(day.late for day in self.days)

    @property
    def waiting(self) -> int:
        return sum(day.waiting for day in self.days)


def week(person: Person, *, at: datetime) -> Week:
    """Questions of the last seven days on the pages that `person` sees; one query."""
    last = timezone.localtime(at).date()
    first = last - timedelta(days=DAYS - 1)
    begins = timezone.make_aware(datetime.combine(first, datetime.min.time()))
    scopes = people.scopes_for(person, Permission.READ, at=at).values("id")
    clocks = Clock.objects.filter(scope_id__in=scopes, started_at__gte=begins, started_at__lte=at)
    late = Q(outcome=Outcome.MISSED) | Q(outcome=Outcome.RUNNING, due_at__lt=at)
    rows = (
        clocks.exclude(outcome__in=(Outcome.WITHDRAWN, Outcome.DROPPED))
        .annotate(on=TruncDate("started_at"))
        .values("on")
        .annotate(
            in_time=Count("id", filter=Q(outcome=Outcome.MET)),
            late=Count("id", filter=late),
            waiting=Count("id", filter=Q(outcome=Outcome.RUNNING, due_at__gte=at)),
        )
    )
    found = {row["on"]: (row["in_time"], row["late"], row["waiting"]) for row in rows}
    most = max((sum(each) for each in found.values()), default=0) or 1
    days = [first + timedelta(days=number) for number in range(DAYS)]
    return Week([_day(on, found.get(on, (0, 0, 0)), most, number * WIDTH) for number, on in enumerate(days)])


def _day(on: date, counts: tuple[int, int, int], most: int, x: int) -> Day:
    parts, y = [], float(HEIGHT)
    for kind, count in zip(("in-time", "waiting", "late"), (counts[0], counts[2], counts[1]), strict=True):
        if count:
            height = round((HEIGHT - 18) * count / most, 1)
            y = round(y - height, 1)
            parts.append(Part(kind, y, height))
    return Day(on, *counts, x=x + (WIDTH - BAR) // 2, parts=parts)
