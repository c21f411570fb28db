"""The deadline clock as a pure fold: from what happened to the waits that follow, without database and wall clock."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

from torg.core.calendar import WorkingCalendar, parse_span
from torg.inbox.types import ClockReason, FactKind, Outcome

Key = int | str


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that happened; `at` when, `known_at` when we knew it (for an answer: when it was written)."""

    kind: FactKind
    at: datetime
    known_at: datetime
    item_id: int | None = None
    unit_id: int | None = None
    start_at: datetime | None = None
    due_at: datetime | None = None

    @property
    def moment(self) -> datetime:
        """When it counts from: a platform time in the future is held to when we got it."""
        return min(self.at, self.known_at) if self.kind == FactKind.ASKED else self.at


@dataclass(frozen=True, slots=True)
class Terms:
    """What a wait is measured by: how long, in which hours."""

    within: str
    calendar: WorkingCalendar
    definition: Mapping[str, object] = field(default_factory=dict, compare=False, repr=False)
    rule_id: int | None = None
    counts_closed_time: bool = False


class Rulebook(Protocol):
    """Finds the terms that hold for a question."""

    def terms(self, *, unit_id: int | None, asked_at: datetime) -> Terms | None:
        """The terms, or None where no deadline is set."""


@dataclass(frozen=True, slots=True)
class Wait:
    """One wait from its start to its end, as the facts have it."""

    number: int
    reason: ClockReason
    key: Key
    unit_id: int | None
    terms: Terms
    started_at: datetime
    known_at: datetime
    due_at: datetime
    outcome: Outcome = Outcome.RUNNING
    stopped_at: datetime | None = None
    stopped_by: FactKind | None = None
    used_seconds: int | None = None


@dataclass(frozen=True, slots=True)
class Folded:
    """All waits of an enquiry, and since when somebody has been without an answer."""

    waits: tuple[Wait, ...]
    unanswered_since: datetime | None


# At the same instant a question comes before its answer.
_ORDER = {kind: place for place, kind in enumerate(FactKind)}


def fold(
    facts: Iterable[Fact], rulebook: Rulebook, *, unit_id: int | None, kept: Mapping[int, Terms] | None = None
) -> Folded:
    """Work out the waits. The same facts give the same waits, in whatever order they became known.

    Args:
        facts: all of an enquiry's facts.
        rulebook: finds the terms of each new wait.
        unit_id: the unit that had the enquiry from the start.
        kept: the terms of waits that have ended, by number: a later change of hours does not change the past.
    """
    machine = _Machine(rulebook, unit_id, kept or {})
    in_order = sorted(facts, key=lambda fact: (fact.moment, _ORDER[fact.kind], fact.known_at))
    # An echo of an answer that we sent ourselves was no answer outside.
    ours = {fact.item_id for fact in in_order if fact.kind == FactKind.ANSWERED and fact.item_id is not None}
    for fact in in_order:
        if fact.kind == FactKind.OUTSIDE and fact.item_id in ours:
            continue
        machine.take(fact)
    return Folded(waits=tuple(machine.waits), unanswered_since=machine.unanswered_since())


class _Machine:
    """The state between two facts: what is unanswered, and which wait runs."""

    def __init__(self, rulebook: Rulebook, unit_id: int | None, kept: Mapping[int, Terms]) -> None:
        self.waits: list[Wait] = []
        self._rulebook, self._unit_id, self._kept = rulebook, unit_id, kept
        self._open: dict[Key, tuple[datetime, datetime]] = {}
        self._shelved: dict[Key, tuple[datetime, datetime]] = {}
        self._is_closed = False
        self._gone: set[int] = set()

    def unanswered_since(self) -> datetime | None:
        return min((start for start, _ in self._open.values()), default=None)

    def take(self, fact: Fact) -> None:
        getattr(self, f"_{fact.kind.lower()}")(fact)

    def _asked(self, fact: Fact) -> None:
        if fact.item_id in self._gone:
            return
        reason = ClockReason.REOPENED if self._is_closed else ClockReason.ASKED
        self._is_closed, self._shelved = False, {}
        self._open[fact.item_id or f"at {fact.at}"] = (fact.moment, fact.known_at)
        self._start_next(reason)

    def _answered(self, fact: Fact) -> None:
        # It answers what was known when it was written, not what came in while it was on its way.
        self._answer(fact, [key for key, (_, known_at) in self._open.items() if known_at <= fact.known_at])

    def _offline(self, fact: Fact) -> None:
        self._answered(fact)

    def _outside(self, fact: Fact) -> None:
        self._answer(fact, list(self._open))

    def _answer(self, fact: Fact, keys: list[Key]) -> None:
        for key in keys:
            del self._open[key]
        running = self._running()
        if running and running.key not in self._open:
            outcome = Outcome.MET if fact.at <= running.due_at else Outcome.MISSED
            self._stop(fact, outcome)
            self._start_next(ClockReason.ASKED)

    def _interim(self, fact: Fact) -> None:
        self._answered(fact)
        if self._running() is None and fact.due_at is not None:
            self._open["interim"] = (fact.at, fact.known_at)
            self._start("interim", ClockReason.INTERIM, due_at=fact.due_at)

    def _withdrawn(self, fact: Fact) -> None:
        if fact.item_id is None:
            return
        # A deletion can be dated before the question that it deletes, when two clocks differ.
        self._gone.add(fact.item_id)
        self._shelved.pop(fact.item_id, None)
        self._open.pop(fact.item_id, None)
        running = self._running()
        if running and running.key == fact.item_id:
            self._stop(fact, Outcome.WITHDRAWN)
            self._start_next(ClockReason.NEXT)

    def _closed(self, fact: Fact) -> None:
        self._shelved, self._open, self._is_closed = self._open, {}, True
        self._stop(fact, Outcome.DROPPED)

    def _reopened(self, fact: Fact) -> None:
        # Whoever was never answered has waited all along: closing and opening again wins no time.
        self._open = {**self._shelved, **self._open} or {"reopened": (fact.at, fact.known_at)}
        self._shelved, self._is_closed = {}, False
        self._start_next(ClockReason.REOPENED)

    def _moved(self, fact: Fact) -> None:
        self._unit_id = fact.unit_id
        running = self._running()
        if running:
            self._stop(fact, Outcome.DROPPED)
            self._start(running.key, ClockReason.MOVED, due_at=self._promised(running))

    def _merged_in(self, fact: Fact) -> None:
        start = fact.start_at or fact.at
        running = self._running()
        self._is_closed, self._shelved = False, {}
        self._open[f"merged {fact.at}"] = (start, fact.known_at)
        if running is None or start < running.started_at:
            self._stop(fact, Outcome.DROPPED)
            self._start_next(ClockReason.MERGED)

    def _merged_away(self, fact: Fact) -> None:
        self._open, self._is_closed = {}, True
        self._stop(fact, Outcome.DROPPED)

    def _running(self) -> Wait | None:
        return self.waits[-1] if self.waits and self.waits[-1].outcome == Outcome.RUNNING else None

    def _promised(self, wait: Wait) -> datetime | None:
        return wait.due_at if wait.reason == ClockReason.INTERIM else None

    def _start_next(self, reason: ClockReason) -> None:
        """Start a clock for whoever has waited longest, where none runs."""
        if self._open and self._running() is None:
            self._start(min(self._open, key=lambda key: self._open[key]), reason)

    def _start(self, key: Key, reason: ClockReason, *, due_at: datetime | None = None) -> None:
        started_at, known_at = self._open[key]
        number = len(self.waits) + 1
        terms = self._kept.get(number) or self._rulebook.terms(unit_id=self._unit_id, asked_at=started_at)
        if terms is None:
            return
        due_at = due_at or terms.calendar.due(started_at, parse_span(terms.within)).due
        self.waits.append(Wait(number, reason, key, self._unit_id, terms, started_at, known_at, due_at))

    def _stop(self, fact: Fact, outcome: Outcome) -> None:
        running = self._running()
        if running is None:
            return
        stopped_at = max(fact.at, running.started_at)
        self.waits[-1] = replace(
            running,
            outcome=outcome,
            stopped_at=stopped_at,
            stopped_by=fact.kind,
            used_seconds=used_seconds(running.terms, running.started_at, stopped_at),
        )


def used_seconds(terms: Terms, start: datetime, end: datetime) -> int:
    """Working time between two moments, never below nothing; all of the time where the rule counts closed hours."""
    if end <= start:
        return 0
    used = terms.calendar.used(start, end)
    if used == 0 and terms.counts_closed_time:
        return int((end - start).total_seconds())
    return used
