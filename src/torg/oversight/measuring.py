"""How a duty stands in a week, worked out from what happened; knows no database and no clock on the wall.

The same facts at the same moment give the same figures. What happened after `at` is not looked at.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from torg.core.calendar import CalendarProblem, WorkingCalendar
from torg.oversight.types import DutyCode, Standing

ONE_DAY = timedelta(days=1)
ONE_WEEK = timedelta(weeks=1)
HOUR = 3600


@dataclass(frozen=True, slots=True)
class Week:
    """A week from Monday to Sunday, as the people of the place count it."""

    monday: date
    zone: ZoneInfo

    @classmethod
    def of(cls, moment: datetime, zone: ZoneInfo) -> "Week":
        """The week that a moment lies in."""
        day = moment.astimezone(zone).date()
        return cls(day - timedelta(days=day.weekday()), zone)

    @property
    def starts_at(self) -> datetime:
        """Midnight before Monday."""
        return datetime.combine(self.monday, time(), self.zone)

    @property
    def ends_at(self) -> datetime:
        """Midnight after Sunday."""
        return datetime.combine(self.monday + ONE_WEEK, time(), self.zone)

    @property
    def number(self) -> int:
        """Its number in the year (ISO 8601)."""
        return self.monday.isocalendar().week

    @property
    def days(self) -> list[date]:
        """Its seven days."""
        return [self.monday + ONE_DAY * each for each in range(7)]

    def before(self, weeks: int) -> "Week":
        """The week that lies so many weeks back."""
        return Week(self.monday - ONE_WEEK * weeks, self.zone)

    def holds(self, moment: datetime) -> bool:
        """Whether a moment lies in it."""
        return self.starts_at <= moment < self.ends_at


@dataclass(frozen=True, slots=True)
class Terms:
    """What is asked: see `DutyRule` for what the numbers mean."""

    duty: DutyCode
    amount: int = 1
    remind_hours: int = 4


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its deadline; `is_met` is None while nobody has answered, False when it was too late."""

    due_at: datetime
    is_met: bool | None


@dataclass(frozen=True, slots=True)
class Held:
    """That somebody had something from, and until, a moment: access, an office."""

    person: int
    from_at: datetime
    until_at: datetime | None = None

    def holds(self, at: datetime) -> bool:
        """Whether it held at a moment."""
        return self.from_at <= at and (self.until_at is None or at < self.until_at)


@dataclass(frozen=True, slots=True)
class Away:
    """That somebody was away in a period, and who stood in."""

    person: int
    stand_in: int
    from_at: datetime
    until_at: datetime

    def holds(self, at: datetime) -> bool:
        """Whether it was so at a moment."""
        return self.from_at <= at < self.until_at


@dataclass(frozen=True, slots=True)
class Facts:
    """What happened on one presence, and who held which office then."""

    opened_at: datetime
    closed_at: datetime | None = None
    sees_posts: bool = True
    posts: tuple[datetime, ...] = ()
    asked: tuple[Asked, ...] = ()
    rounds: tuple[datetime, ...] = ()
    access: tuple[Held, ...] = ()
    offices: tuple[Held, ...] = ()
    away: tuple[Away, ...] = ()
    rules_seen: tuple[tuple[datetime, bool], ...] = ()
    reviews: tuple[datetime, ...] = ()


@dataclass(frozen=True, slots=True)
class Measure:
    """How a duty stood: so much was done of so much that was due, and by when the rest must be."""

    duty: DutyCode
    standing: Standing
    done: int = 0
    wanted: int = 0
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """When one looks, at which week, by which hours."""

    at: datetime
    week: Week
    calendar: WorkingCalendar

    @property
    def until(self) -> datetime:
        """As far as one can see of the week."""
        return min(self.at, self.week.ends_at)

    @property
    def is_over(self) -> bool:
        """Whether the week lies behind."""
        return self.at >= self.week.ends_at

    def is_near(self, due_at: datetime, hours: int) -> bool:
        """Whether less than so many open hours are left."""
        return self.calendar.used(self.at, due_at) <= hours * HOUR


def measure(terms: Terms, facts: Facts, moment: Moment) -> Measure:
    """How a duty stands. A week in which the presence was not open throughout is not measured."""
    week = moment.week
    was_open = facts.opened_at < week.starts_at and (facts.closed_at is None or facts.closed_at >= moment.until)
    if week.starts_at > moment.at or (not was_open and terms.duty in WHOLE_WEEKS) or facts.opened_at > moment.until:
        return Measure(terms.duty, Standing.UNMEASURED)
    if facts.closed_at is not None and facts.closed_at < moment.until:
        return Measure(terms.duty, Standing.UNMEASURED)
    return _WAYS[terms.duty](terms, facts, moment)


def posts(terms: Terms, facts: Facts, moment: Moment) -> Measure:
    """Our own posts in the week; they are due when its last working day closes."""
    if not facts.sees_posts:
        return Measure(DutyCode.POSTS, Standing.UNMEASURED)
    made = sum(moment.week.starts_at <= posted < moment.week.ends_at and posted <= moment.at for posted in facts.posts)
    working = [day for day in moment.week.days if moment.calendar.is_working_day(day)]
    if not working:
        return Measure(DutyCode.POSTS, Standing.IDLE, done=made)
    if made >= terms.amount:
        return Measure(DutyCode.POSTS, Standing.MET, made, terms.amount)
    if moment.is_over:
        return Measure(DutyCode.POSTS, Standing.BREACHED, made, terms.amount)
    due_at = closing(moment.calendar, working[-1])
    standing = Standing.SOON if moment.is_near(due_at, terms.remind_hours) else Standing.RUNNING
    return Measure(DutyCode.POSTS, standing, made, terms.amount, due_at)


def answers(terms: Terms, facts: Facts, moment: Moment) -> Measure:
    """Questions whose deadline fell in the week, and those of them answered by then."""
    due = [asked for asked in facts.asked if moment.week.holds(asked.due_at)]
    met = sum(asked.is_met is True for asked in due)
    late = sum(asked.is_met is False or (asked.is_met is None and asked.due_at < moment.at) for asked in due)
    waiting = [asked.due_at for asked in due if asked.is_met is None and asked.due_at >= moment.at]
    next_due = min(waiting, default=None)
    if late:
        return Measure(DutyCode.ANSWERS, Standing.BREACHED, met, met + late)
    if next_due is not None:
        standing = Standing.SOON if moment.is_near(next_due, terms.remind_hours) else Standing.RUNNING
        return Measure(DutyCode.ANSWERS, standing, met, met + len(waiting), next_due)
    return Measure(DutyCode.ANSWERS, Standing.MET if met else Standing.IDLE, met, met)


def rounds(terms: Terms, facts: Facts, moment: Moment) -> Measure:
    """Working days on which the last look lay no further back than it may."""
    calendar, watched, wanted = moment.calendar, 0, 0
    for day in moment.week.days:
        if not calendar.is_working_day(day):
            continue
        closes = closing(calendar, day)
        if closes <= moment.at and closes > facts.opened_at:
            wanted += 1
            watched += calendar.add_working_days(_last_look(facts, closes), terms.amount) > closes
    due_at = calendar.add_working_days(_last_look(facts, moment.until), terms.amount)
    if watched < wanted or (not moment.is_over and due_at <= moment.at):
        return Measure(DutyCode.ROUNDS, Standing.BREACHED, watched, wanted, due_at)
    if moment.is_over:
        return Measure(DutyCode.ROUNDS, Standing.MET if wanted else Standing.IDLE, watched, wanted)
    standing = Standing.SOON if moment.is_near(due_at, terms.remind_hours) else Standing.MET
    return Measure(DutyCode.ROUNDS, standing, watched, wanted, due_at)


def officer(terms: Terms, facts: Facts, moment: Moment) -> Measure:
    """Whether an officer, deputy or dated stand-in has access; it is near to be lost when all of them are away."""
    when = moment.until
    held = {office.person for office in facts.offices if office.holds(when)}
    away = {one.person for one in facts.away if one.holds(when)}
    held |= {one.stand_in for one in facts.away if one.holds(when) and one.person in held}
    having = held & {access.person for access in facts.access if access.holds(when)}
    if not having:
        return Measure(DutyCode.OFFICER, Standing.BREACHED, 0, 1)
    return Measure(DutyCode.OFFICER, Standing.MET if having - away else Standing.SOON, 1, 1)


def rules(terms: Terms, facts: Facts, moment: Moment) -> Measure:
    """Whether the rules for discussion were linked when somebody last looked for them."""
    seen = [(when, is_linked) for when, is_linked in facts.rules_seen if when <= moment.until]
    if not seen:
        return Measure(DutyCode.RULES, Standing.UNMEASURED, 0, 1)
    _when, is_linked = max(seen)
    return Measure(DutyCode.RULES, Standing.MET if is_linked else Standing.BREACHED, int(is_linked), 1)


def review(terms: Terms, facts: Facts, moment: Moment) -> Measure:
    """Whether the last review, or the opening, lies no further back than it may."""
    last = max((when for when in facts.reviews if when <= moment.until), default=facts.opened_at)
    due_at = last + ONE_DAY * terms.amount
    if due_at <= moment.until:
        return Measure(DutyCode.REVIEW, Standing.BREACHED, 0, 1, due_at)
    is_near = due_at - moment.until <= timedelta(hours=terms.remind_hours)
    return Measure(DutyCode.REVIEW, Standing.SOON if is_near else Standing.MET, 1, 1, due_at)


def closing(calendar: WorkingCalendar, day: date) -> datetime:
    """When a working day closes."""
    return calendar.add_working_days(datetime.combine(day, time(), calendar.zone) - timedelta(seconds=1), 1)


def measured(all_terms: Sequence[Terms], facts: Facts, moment: Moment | None) -> Mapping[DutyCode, Measure]:
    """Every duty of a presence; where no hours are set (`moment` is None) nothing can be measured."""
    found = {}
    for terms in all_terms:
        try:
            found[terms.duty] = measure(terms, facts, moment) if moment else Measure(terms.duty, Standing.UNMEASURED)
        except CalendarProblem:
            # Hours that never open: nothing is ever due by them.
            found[terms.duty] = Measure(terms.duty, Standing.UNMEASURED)
    return found


def _last_look(facts: Facts, before: datetime) -> datetime:
    return max((seen for seen in facts.rounds if seen <= before), default=facts.opened_at)


WHOLE_WEEKS = frozenset({DutyCode.POSTS})
_WAYS: Mapping[DutyCode, Callable[[Terms, Facts, Moment], Measure]] = {
    DutyCode.POSTS: posts,
    DutyCode.ANSWERS: answers,
    DutyCode.ROUNDS: rounds,
    DutyCode.OFFICER: officer,
    DutyCode.RULES: rules,
    DutyCode.REVIEW: review,
}
