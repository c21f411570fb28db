"""Clocks kept in step with their facts: which rule and hours hold, and what is written down."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from torg.core.calendar import CalendarProblem, WorkingCalendar
from torg.inbox import bulk
from torg.inbox.deadlines import Fact, Terms, Wait, fold
from torg.inbox.models import Clock, ClockFact, DeadlineRule, Enquiry
from torg.inbox.types import FactKind, Outcome
from torg.people.models import CalendarKind, CalendarRow

WRITTEN = ["reason", "rule", "within", "definition", "unit", "started_at", "known_at", "due_at", "outcome"]
WRITTEN += ["stopped_at", "stopped_by", "used_seconds"]


class Rules:
    """All rules and hours at one moment, read once for a whole batch."""

    def __init__(self, *, at: datetime) -> None:
        self._rules = list(DeadlineRule.objects.order_by("-from_at"))
        rows = CalendarRow.objects.in_force(at).filter(kind=CalendarKind.ANSWERING).order_by("from_at")
        self._hours = {row.unit_id: row.definition for row in rows}
        self._calendars: dict[int | None, WorkingCalendar] = {}

    def for_scope(self, scope_id: object) -> "ScopeRules":
        """The rulebook of one page."""
        return ScopeRules(self, scope_id)

    def rule(self, scope_id: object, *, unit_id: int | None, asked_at: datetime) -> DeadlineRule | None:
        """The narrowest rule in force when it was asked: for the page, else the unit, else all."""
        held = [rule for rule in self._rules if _holds(rule, asked_at)]
        page = next((rule for rule in held if rule.scope_id == scope_id), None)
        unit = next((rule for rule in held if unit_id is not None and rule.unit_id == unit_id), None)
        everybody = next((rule for rule in held if rule.scope_id is None and rule.unit_id is None), None)
        return page or unit or everybody

    def hours(self, unit_id: int | None) -> tuple[WorkingCalendar, Mapping[str, Any]]:
        """The unit's own answering hours, else everybody's; raises CalendarProblem when nobody has set any."""
        owner = unit_id if unit_id in self._hours else None
        if owner not in self._hours:
            raise CalendarProblem(_("No answering hours are set, so no deadline can be worked out."))
        if owner not in self._calendars:
            self._calendars[owner] = WorkingCalendar.from_json(self._hours[owner])
        return self._calendars[owner], self._hours[owner]


class ScopeRules:
    """`deadlines.Rulebook` for one page; keeps the problem with the hours, where there is one, for the screen."""

    def __init__(self, rules: Rules, scope_id: object) -> None:
        self._rules, self._scope_id = rules, scope_id
        self.problem = ""

    def terms(self, *, unit_id: int | None, asked_at: datetime) -> Terms | None:
        rule = self._rules.rule(self._scope_id, unit_id=unit_id, asked_at=asked_at)
        if rule is None or rule.within.lstrip("0") in {"", "m", "h", "d"}:
            return None
        try:
            calendar, definition = self._rules.hours(unit_id)
        except CalendarProblem as problem:
            # What people write must never be lost for want of opening hours: no clock, and the screen says so.
            self.problem = str(problem)[:200]
            return None
        return Terms(rule.within, calendar, definition, rule.pk, rule.counts_closed_time)

    def asks(self, *, is_question: bool, unit_id: int | None, at: datetime) -> bool:
        """Whether an item starts a clock at all."""
        rule = self._rules.rule(self._scope_id, unit_id=unit_id, asked_at=at)
        return is_question or (rule is not None and rule.applies_to_all)


def settle(enquiries: Sequence[Enquiry], *, at: datetime, rules: Rules | None = None) -> list[Clock]:
    """Bring the clocks of `enquiries` into step with their facts; returns the clocks that changed.

    The enquiries' own `due_at`, `first_unanswered_at` and place in the queue are set, not saved: the caller does.
    """
    rules = rules or Rules(at=at)
    facts = _by_enquiry(ClockFact.objects.filter(enquiry__in=enquiries))
    stored = _by_enquiry(Clock.objects.filter(enquiry__in=enquiries).order_by("number"))
    made: list[Clock] = []
    changed: list[Clock] = []
    for enquiry in enquiries:
        waits = _settle_one(enquiry, facts[enquiry.pk], stored[enquiry.pk], rules)
        before = {clock.number: clock for clock in stored[enquiry.pk]}
        for wait in waits:
            clock = before.get(wait.number) or Clock(enquiry=enquiry, scope_id=enquiry.scope_id, number=wait.number)
            if _write(clock, wait):
                (changed if clock.pk else made).append(clock)
    # Changed first: one clock must have ended before the next one runs.
    bulk.update(changed, WRITTEN)
    bulk.number(made)
    bulk.insert(made)
    return changed + made


def _settle_one(enquiry: Enquiry, rows: Sequence[ClockFact], stored: Sequence[Clock], rules: Rules) -> Sequence[Wait]:
    rulebook = rules.for_scope(enquiry.scope_id)
    kept = {clock.number: _terms_of(clock) for clock in stored if clock.outcome != Outcome.RUNNING}
    folded = fold([_fact(row) for row in rows], rulebook, unit_id=_first_unit(enquiry, rows), kept=kept)
    running = folded.waits[-1] if folded.waits and folded.waits[-1].outcome == Outcome.RUNNING else None
    enquiry.due_at = running.due_at if running else None
    enquiry.first_unanswered_at = folded.unanswered_since
    enquiry.deadline_problem = rulebook.problem
    enquiry.place()
    return folded.waits


def _write(clock: Clock, wait: Wait) -> bool:
    """Write a wait into its row; whether anything was different."""
    ended = wait.outcome != Outcome.RUNNING
    values: dict[str, Any] = {
        "reason": wait.reason,
        "rule_id": wait.terms.rule_id,
        "within": wait.terms.within,
        "definition": dict(wait.terms.definition) if ended else None,
        "unit_id": wait.unit_id,
        "started_at": wait.started_at,
        "known_at": wait.known_at,
        "due_at": wait.due_at,
        "outcome": wait.outcome,
        "stopped_at": wait.stopped_at,
        "stopped_by": wait.stopped_by or "",
        "used_seconds": wait.used_seconds,
    }
    changed = [name for name, value in values.items() if getattr(clock, name) != value]
    for name in changed:
        setattr(clock, name, values[name])
    return bool(changed) or clock.pk is None


def _terms_of(clock: Clock) -> Terms:
    definition = clock.definition or {}
    counts = bool(clock.rule_id and clock.rule and clock.rule.counts_closed_time)
    return Terms(clock.within, WorkingCalendar.from_json(definition), definition, clock.rule_id, counts)


def _fact(row: ClockFact) -> Fact:
    kind = FactKind(row.kind)
    return Fact(kind, row.at, row.known_at, row.item_id, row.unit_id, row.start_at, row.due_at)


def _first_unit(enquiry: Enquiry, rows: Iterable[ClockFact]) -> int | None:
    """The unit before the first move: each ASKED fact names the unit that had the enquiry then."""
    asked = sorted((row for row in rows if row.kind == FactKind.ASKED), key=lambda row: row.at)
    return asked[0].unit_id if asked else enquiry.unit_id


def _by_enquiry(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.enquiry_id].append(row)
    return found


def _holds(rule: DeadlineRule, at: datetime) -> bool:
    return rule.from_at <= at and (rule.until_at is None or rule.until_at > at)
