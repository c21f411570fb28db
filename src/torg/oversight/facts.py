"""What happened on the presences, read from the rooms where it happened; in as few statements as there are sources."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject, Lower

from torg.channels.models import BY_HAND, Connection
from torg.core.calendar import CalendarProblem, WorkingCalendar
from torg.dialogue.models import Post
from torg.inbox import deadlines
from torg.inbox.models import ClockFact
from torg.inbox.types import FactKind, Outcome
from torg.oversight.advising import WEEKS
from torg.oversight.measuring import Asked, Away, Facts, Held, Moment, Terms, Week
from torg.oversight.models import DutyRule, GroupMember, GroupReview, WatchRound
from torg.oversight.types import DutyCode
from torg.people.models import CalendarKind, CalendarRow, Person, RoleAssignment, StandIn
from torg.people.types import Role
from torg.registry.models import TAKEN_FOR, AccessReading, Administration, PlatformAccess, Presence, ProfileCheck

EDITORS = (Role.OFFICER, Role.DEPUTY)
# A question can wait through a holiday before the week in which it was due.
ASKED_BEFORE = timedelta(weeks=4)


@dataclass(frozen=True, slots=True)
class House:
    """What is the same for every presence: the hours, the rules, and who held which office."""

    at: datetime
    hours: "Hours"
    rules: Sequence[DutyRule]
    roles: Sequence[RoleAssignment]
    away: tuple[Away, ...]

    @property
    def weeks(self) -> list[Week]:
        """The weeks that are looked back upon, the running one first."""
        this = Week.of(self.at, self.hours.zone)
        return [this.before(back) for back in range(WEEKS)]

    def rules_for(self, presence: Presence, week: Week) -> list[DutyRule]:
        """The rules that held for a presence on the Monday of a week."""
        return [
            rule
            for rule in self.rules
            if rule.kind == presence.kind
            and rule.from_on <= week.monday
            and (rule.until_on is None or week.monday < rule.until_on)
        ]

    def moment(self, presence: Presence, week: Week) -> Moment | None:
        """When one looks at a presence: by its unit's hours, else everybody's; None where nobody has set any."""
        try:
            calendar = self.hours.of(presence.unit_id, CalendarKind.OPENING, at=min(self.at, week.ends_at))
        except CalendarProblem:
            return None
        return Moment(self.at, week, calendar)

    def offices(self, scope_id: UUID) -> tuple[Held, ...]:
        """Who was officer or deputy for a scope."""
        here = [role for role in self.roles if role.scope_id in (None, scope_id)]
        return tuple(Held(role.person_id, role.from_at, role.until_at) for role in here)


class Hours:
    """Opening and answering hours as they were, read once."""

    def __init__(self, rows: Iterable[CalendarRow]) -> None:
        self._rows = list(rows)
        self._read: dict[int, WorkingCalendar] = {}

    @property
    def zone(self) -> ZoneInfo:
        """Where the clocks of the place stand."""
        return ZoneInfo(settings.TIME_ZONE)

    def of(self, unit_id: int | None, kind: CalendarKind, *, at: datetime) -> WorkingCalendar:
        """The unit's own hours at a moment, else everybody's; the other kind where that one is not set.

        Raises CalendarProblem when nobody has set any.
        """
        held = [row for row in self._rows if row.from_at <= at and (row.until_at is None or at < row.until_at)]
        wanted = [row for row in held if row.unit_id in (unit_id, None)]
        if not wanted:
            raise CalendarProblem("no hours are set")
        best = max(wanted, key=lambda row: (row.kind == kind, row.unit_id is not None, row.from_at))
        if best.pk not in self._read:
            self._read[best.pk] = WorkingCalendar.from_json(best.definition)
        return self._read[best.pk]


def house(*, at: datetime) -> House:
    """Hours, rules, offices and absences, as they were and are; four statements."""
    roles = RoleAssignment.objects.filter(role__in=EDITORS, is_waiting=False, from_at__lte=at)
    away = StandIn.objects.filter(from_at__lte=at)
    return House(
        at=at,
        hours=Hours(CalendarRow.objects.filter(from_at__lte=at).order_by("from_at")),
        rules=list(DutyRule.objects.order_by("kind", "duty", "from_on")),
        roles=list(roles.filter(Q(person__left_at=None) | Q(person__left_at__gt=F("from_at")))),
        away=tuple(Away(row.absent_id, row.stand_in_id, row.from_at, row.until_at) for row in away),
    )


def measurable(presences: QuerySet[Presence], house: House) -> list[tuple[Presence, Facts]]:
    """The presences with what happened on each over the weeks that are looked back upon; two statements."""
    since = house.weeks[-1].starts_at
    rows = list(_with_facts(presences, since=since, at=house.at))
    asked = _asked([row.scope_id for row in rows], since=since, house=house)
    return [(row, _facts(row, asked.get(row.scope_id, ()), house)) for row in rows]


def terms_of(rule: DutyRule) -> Terms:
    """The rule as the measuring reads it."""
    return Terms(DutyCode(rule.duty), rule.amount, rule.remind_hours)


def _with_facts(presences: QuerySet[Presence], *, since: datetime, at: datetime) -> QuerySet[Any]:
    of_page = {"presence": OuterRef("pk")}
    posts = Post.objects.filter(scope_id=OuterRef("scope_id"), is_own=True, is_placeholder=False)
    rounds = WatchRound.objects.filter(**of_page, finished_at__lte=at).order_by("-finished_at")
    seen = rounds.filter(has_rules__isnull=False)
    member_person = Person.objects.alias(address=Lower("email")).filter(address=Lower(OuterRef("employee__email")))
    members = GroupMember.objects.filter(**of_page, since_at__lte=at).annotate(
        who=Subquery(member_person.values("pk")[:1])
    )
    held = {"from_at": F("since_at"), "until_at": F("ended_at")}
    return presences.annotate(
        told_posts=ArraySubquery(posts.filter(posted_at__gte=since, posted_at__lte=at).values("posted_at")),
        # One look before the time that is looked back upon: what it was before, it still is.
        told_rounds=ArraySubquery(rounds.values("finished_at")[: WEEKS * 14]),
        told_rules=ArraySubquery(seen.values(row=JSONObject(at=F("finished_at"), is_linked=F("has_rules")))[:20]),
        told_checks=ArraySubquery(
            ProfileCheck.objects.filter(**of_page, recorded_at__lte=at)
            .order_by("-recorded_at")
            .values(row=JSONObject(at=F("recorded_at"), is_linked=F("has_rules")))[:20]
        ),
        told_reviews=ArraySubquery(GroupReview.objects.filter(**of_page, reviewed_at__lte=at).values("reviewed_at")),
        told_access=ArraySubquery(
            Administration.objects.filter(**of_page, since_at__lte=at).values(
                row=JSONObject(person=F("person_id"), **held)
            )
        ),
        told_holders=ArraySubquery(
            PlatformAccess.objects.filter(Q(may_manage=None) | Q(may_manage=True), **of_page, since_at__lte=at)
            .exclude(person=None)
            .values(row=JSONObject(person=F("person_id"), **held))
        ),
        told_whole=Subquery(
            AccessReading.objects.filter(**of_page, whole_since_at__lte=at)
            .order_by("-whole_until_at")
            .values(row=JSONObject(from_at=F("whole_since_at"), until_at=F("whole_until_at")))[:1]
        ),
        told_members=ArraySubquery(members.filter(who__isnull=False).values(row=JSONObject(person=F("who"), **held))),
        # What is written down by hand is never all that was posted.
        sees_posts=Exists(Connection.objects.filter(**of_page).exclude(platform=BY_HAND)),
    )


def _facts(row: Any, asked: Sequence[Asked], house: House) -> Facts:
    return Facts(
        opened_at=row.opened_at,
        closed_at=row.closed_at if row.closed_at is not None and row.closed_at <= house.at else None,
        sees_posts=row.sees_posts or bool(row.told_posts),
        posts=tuple(sorted(row.told_posts)),
        asked=tuple(asked),
        rounds=tuple(sorted(row.told_rounds)),
        access=_access(row),
        offices=house.offices(row.scope_id),
        away=house.away,
        rules_seen=tuple(
            (datetime.fromisoformat(one["at"]), one["is_linked"]) for one in [*row.told_rules, *row.told_checks]
        ),
        reviews=tuple(row.told_reviews),
    )


def _access(row: Any) -> tuple[Held, ...]:
    """Who had access: as the platform tells while it tells all of it, and as it is registered before and after."""
    registered = [_held(one) for one in row.told_access]
    if row.told_whole is not None:
        since, until = (datetime.fromisoformat(row.told_whole[when]) for when in ("from_at", "until_at"))
        registered = [part for one in registered for part in _outside(one, since, until + TAKEN_FOR)]
    return (*registered, *(_held(one) for one in [*row.told_holders, *row.told_members]))


def _outside(one: Held, since: datetime, until: datetime) -> Iterator[Held]:
    """The parts of it that lie before and after a period."""
    if one.from_at < since:
        yield replace(one, until_at=min(one.until_at or since, since))
    if one.until_at is None or one.until_at > until:
        yield replace(one, from_at=max(one.from_at, until))


def _held(told: Mapping[str, Any]) -> Held:
    until = told["until_at"]
    return Held(told["person"], datetime.fromisoformat(told["from_at"]), until and datetime.fromisoformat(until))


def _asked(scope_ids: Sequence[UUID], *, since: datetime, house: House) -> Mapping[UUID, list[Asked]]:
    """Every question with its deadline by the duty's own rule, folded from the same facts as the inbox folds."""
    rows = ClockFact.objects.filter(
        enquiry__scope_id__in=scope_ids, enquiry__last_activity_at__gte=since - ASKED_BEFORE, known_at__lte=house.at
    ).select_related("enquiry__thread__connection__presence")
    by_enquiry: dict[int, list[ClockFact]] = defaultdict(list)
    for row in rows.order_by("at", "pk"):
        by_enquiry[row.enquiry_id].append(row)
    found: dict[UUID, list[Asked]] = defaultdict(list)
    for facts in by_enquiry.values():
        enquiry = facts[0].enquiry
        rulebook = _Rulebook(house, enquiry.thread.connection.presence)
        first = next((fact.unit_id for fact in facts if fact.kind == FactKind.ASKED), enquiry.unit_id)
        for wait in deadlines.fold([_fact(fact) for fact in facts], rulebook, unit_id=first).waits:
            if wait.outcome in _MET:
                found[enquiry.scope_id].append(Asked(wait.due_at, _MET[wait.outcome]))
    return found


# What was withdrawn, or closed because it asked for nothing, was never due.
_MET: Mapping[Outcome, bool | None] = {Outcome.MET: True, Outcome.MISSED: False, Outcome.RUNNING: None}


class _Rulebook:
    """The deadlines of a presence by its kind's duty to answer: so many working days (strategy C2)."""

    def __init__(self, house: House, presence: Presence) -> None:
        self._house, self._presence = house, presence

    def terms(self, *, unit_id: int | None, asked_at: datetime) -> deadlines.Terms | None:
        week = Week.of(asked_at, self._house.hours.zone)
        rules = [rule for rule in self._house.rules_for(self._presence, week) if rule.duty == DutyCode.ANSWERS]
        if not rules:
            return None
        try:
            calendar = self._house.hours.of(unit_id, CalendarKind.ANSWERING, at=asked_at)
        except CalendarProblem:
            return None
        return deadlines.Terms(f"{rules[0].amount}d", calendar)


def _fact(row: ClockFact) -> deadlines.Fact:
    kind = FactKind(row.kind)
    return deadlines.Fact(kind, row.at, row.known_at, row.item_id, row.unit_id, row.start_at, row.due_at)
