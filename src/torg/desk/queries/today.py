"""What needs a person first: counts in one statement, channels, the next few enquiries, the week behind."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils.module_loading import import_string

from torg.channels.models import Connection, ConnectionState, DeliveryState, RawDeliveryState
from torg.crisis import queries as crisis
from torg.desk.queries import channels
from torg.desk.queries.counting import counted
from torg.desk.queries.first_steps import SetUp
from torg.files.models import FileState, StoredFile
from torg.guidance import queries as guidance
from torg.guidance.models import Election
from torg.guidance.types import ElectionKind
from torg.inbox.models import Answer, Enquiry, Forwarding, Promise
from torg.inbox.queries import hand_overs_for
from torg.inbox.types import AnswerState, EnquiryState, ForwardingState, PromiseState
from torg.media import queries as media
from torg.moderation import queries as moderation
from torg.moderation.models import STANDING, Case, TemporaryHiding
from torg.moderation.models.breaches import UNFINISHED
from torg.moderation.words import CaseState
from torg.openness import queries as openness
from torg.outbox import queries as outbox
from torg.oversight import queries as oversight
from torg.oversight.models import DutyAlarm, DutyRule
from torg.oversight.types import AlarmStep, DutyCode, EmergencyState
from torg.people import queries as people
from torg.people.models import CalendarKind, CalendarRow, Municipality, Person, RoleAssignment, StandIn
from torg.people.types import Permission
from torg.publishing import queries as publishing
from torg.records.days import day_of, midnight
from torg.registry import queries as registry
from torg.registry.models import Presence

NEXT = 5
# A promise is worth a word on the first page this long before its day.
PROMISE_AHEAD = timedelta(days=2)
# And what is hidden for now, this long before its deadline.
HIDING_AHEAD = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Today:
    """The first page."""

    numbers: dict[str, Any]
    set_up: SetUp
    unwatched: Sequence[channels.Watched]
    broken: Sequence[channels.Watched]
    next_up: Sequence[Enquiry]
    absences: people.Around
    to_look_at: Sequence[DutyAlarm]
    can_rule: bool = False
    election: str = ""

    @property
    def waiting(self) -> int:
        """All that waits for this person."""
        names = (
            "approvals",
            "agreements",
            "complaints",
            "hidings",
            "exposures",
            "cases_due",
            "reports",
            "promises",
            "roles",
            "hand_overs",
            "forwarded",
            "reviews",
            "accesses",
            "advice",
            "unconfirmed_poster",
            "applications",
            "emergencies",
            "articles",
            "commented",
            "ready",
            "tasks",
            "orders",
            "tips",
            "take_downs",
            "calls",
            "shifts",
            "closings",
        )
        around = (self.absences.waiting, self.absences.back_from)
        return sum(int(self.numbers[name]) for name in names) + sum(map(len, around))

    @property
    def wrong(self) -> int:
        """All that somebody has to put right."""
        names = ("stuck", "deliveries", "files", "breaches", "leavers", "strangers", "missing_access", "unsent")
        return len(self.broken) + sum(int(self.numbers[name]) for name in names)

    @property
    def looks_first(self) -> Sequence[DutyAlarm]:
        """The pages to look in on that the first page names."""
        return self.to_look_at[:NEXT]

    @property
    def has_more_looks(self) -> bool:
        """Whether there are more of them than it names."""
        return len(self.to_look_at) > NEXT

    @property
    def differing(self) -> int:
        """Accesses on platforms that differ from the register."""
        return int(self.numbers["strangers"]) + int(self.numbers["missing_access"])


def today(person: Person, *, at: datetime) -> Today:
    """What the first page shows to `person`."""
    numbers = _numbers(person, at)
    # Who must approve a change follows from rules that the database does not know; asked only where there is one.
    if numbers.pop("changed"):
        numbers["articles"] += len(publishing.corrections_for_me(person, at=at))
    watched = channels.watched(person, at=at)
    steps = {name: bool(numbers.pop(name)) for name in _of_set_up()}
    election = numbers.pop("election")
    can_rule = bool(numbers.pop("rules"))
    absences = people.around(person, at=at, may_manage=bool(numbers.pop("manages_people")))
    return Today(
        numbers=numbers,
        set_up=SetUp(**steps),
        unwatched=[each for each in watched if each.is_unwatched],
        broken=[each for each in watched if each.problems],
        next_up=_told_whose(list(_next_up(person, at)), absences),
        absences=absences,
        can_rule=can_rule,
        election=str(ElectionKind(election).label) if election else "",
        to_look_at=list(oversight.not_looked_at(person, at=at)[: NEXT + 1]),
    )


def _told_whose(rows: list[Enquiry], absences: people.Around) -> list[Enquiry]:
    """The enquiries, each with whose work it is when that is somebody whom the person stands in for."""
    came_from = absences.came_from()
    for row in rows:
        vars(row)["came_from"] = came_from.get(row.public_id)
    return rows


def _numbers(person: Person, at: datetime) -> dict[str, Any]:
    counts = {
        **_of_enquiries(person, at),
        **_waiting_for(person, at),
        **_of_moderation(person, at),
        **_of_the_works(person, at),
        **_of_guidance(person, at),
        **_of_publishing(person, at),
        **_of_crisis(person, at),
        **_of_oversight(person, at),
        **_of_set_up(),
    }
    # With a prefix, for some of the names are the person's own.
    told = Person.objects.filter(pk=person.pk).values(**{f"told_{name}": count for name, count in counts.items()})
    return {name.removeprefix("told_"): count for name, count in told.get().items()}


def _of_enquiries(person: Person, at: datetime) -> dict[str, Any]:
    is_open = Enquiry.objects.visible_to(person, at=at).filter(state=EnquiryState.OPEN)
    overdue = is_open.filter(due_at__lt=at)
    today_still = is_open.filter(due_at__gte=at, due_at__lt=midnight(day_of(at), days_after=1))
    return {
        "overdue": counted(overdue),
        "oldest_due_at": Subquery(overdue.order_by("due_at").values("due_at")[:1]),
        "due_today": counted(today_still),
        "next_due_at": Subquery(today_still.order_by("due_at").values("due_at")[:1]),
        "danger": counted(is_open.filter(is_danger=True, alarms__acknowledged_at=None, alarms__isnull=False)),
        "all_open": counted(is_open),
    }


def _waiting_for(person: Person, at: datetime) -> dict[str, Any]:
    answering = people.scopes_for(person, Permission.ANSWER, at=at).values("id")
    managing = people.scopes_for(person, Permission.MANAGE_PEOPLE, at=at).values("id")
    everywhere = people.gives_everywhere(person, Permission.MANAGE_PEOPLE, at=at)
    roles = RoleAssignment.objects.waiting().filter(Q(scope_id__in=managing) | Q(everywhere))
    waiting = Answer.objects.filter(state=AnswerState.WAITING, scope_id__in=answering).exclude(written_by=person)
    promises = Promise.objects.visible_to(person, at=at).filter(
        Q(enquiry__assignee=person)
        | Q(enquiry__assignee__in=_absent(person, at))
        | Q(enquiry__assignee=None, made_by=person),
        state=PromiseState.OPEN,
        due_at__lt=at + PROMISE_AHEAD,
    )
    asked = Forwarding.objects.filter(state=ForwardingState.SENT, unit__isnull=False, unit=person.unit_id)
    return {
        "approvals": counted(waiting),
        "promises": counted(promises),
        "roles": counted(roles.exclude(person=person).exclude(given_by=person)),
        "hand_overs": counted(hand_overs_for(person).filter(read_at=None).exclude(handed_by=person)),
        "forwarded": counted(asked),
        "reviews": counted(openness.waiting_reviews(person, at=at)),
        "applications": counted(registry.applications_to_decide(person, at=at)),
        "accesses": counted(openness.waiting_requests(person, at=at)),
    }


def _of_publishing(person: Person, at: datetime) -> dict[str, Any]:
    """What somebody has written, asked for or must take down; and what did not go out by the plan."""
    return {
        "articles": counted(publishing.waiting_for_me(person, at=at)),
        "changed": Exists(publishing.changed_by_others(person, at=at)),
        "commented": counted(publishing.commented_for(person)),
        "ready": counted(publishing.ready_for(person)),
        "tasks": counted(publishing.tasks_of(person)),
        "orders": counted(publishing.orders_waiting(person, at=at)),
        "tips": counted(publishing.tips_waiting(person, at=at)),
        "take_downs": counted(media.take_downs_for(person, at=at)),
        "unsent": counted(publishing.stopped(person, at=at)),
    }


def _of_crisis(person: Person, at: datetime) -> dict[str, Any]:
    return {
        "calls": counted(crisis.calls_unanswered(person)),
        "shifts": counted(crisis.shifts_offered(person)),
        "closings": counted(crisis.closings_waiting(person, at=at)),
    }


def _of_guidance(person: Person, at: datetime) -> dict[str, Any]:
    day = day_of(at)
    advising = people.scopes_for(person, Permission.ADVISE, at=at)
    missing = guidance.without_acknowledgement(year=day.year).filter(pk=person.pk)
    return {
        "advice": counted(guidance.waiting_for(person).filter(Exists(advising))),
        "unconfirmed_poster": counted(missing),
        "election": Subquery(Election.objects.in_force(day).values("kind")[:1]),
        "manages_people": people.gives_everywhere(person, Permission.MANAGE_PEOPLE, at=at),
    }


def _of_moderation(person: Person, at: datetime) -> dict[str, Any]:
    """What waits: answers, complaints, 72 hours that run, what is due today, and reports that nobody has placed."""
    handling = people.scopes_for(person, Permission.HANDLE, at=at).values("id")
    agreeing = people.scopes_for(person, Permission.AGREE, at=at).values("id")
    everywhere = people.gives_everywhere(person, Permission.HANDLE, at=at)
    cases = Case.objects.filter(state=CaseState.OPEN, scope_id__in=handling)
    hidden = TemporaryHiding.objects.filter(case=OuterRef("pk"), state__in=STANDING)
    return {
        "agreements": counted(moderation.proposals_waiting(person, at=at)),
        "complaints": counted(moderation.complaints_to_decide(person, at=at)),
        "hidings": counted(_hidings_near(person, at)),
        # Those who decide whether the authority is notified; 72 hours run.
        "exposures": counted(moderation.breaches(person, at=at).filter(state__in=UNFINISHED, scope_id__in=agreeing)),
        # What is hidden for now is counted by itself.
        "cases_due": counted(cases.filter(~Exists(hidden), decide_by__lt=midnight(day_of(at), days_after=1))),
        "cases": counted(cases),
        "reports": counted(moderation.tips_waiting().filter(everywhere)),
    }


def _hidings_near(person: Person, at: datetime) -> QuerySet[Any]:
    """What is hidden for now, is nearly due, and waits for somebody to propose or decide."""
    hiding = people.scopes_for(person, Permission.HIDE, at=at).values("id")
    near = moderation.hidings_standing(person, at=at).filter(deadline_at__lt=at + HIDING_AHEAD, scope_id__in=hiding)
    return near.filter(case__state=CaseState.OPEN)


def _of_the_works(person: Person, at: datetime) -> dict[str, Any]:
    scopes = people.scopes_for(person, Permission.ANSWER, at=at).values("id")
    managed = people.scopes_for(person, Permission.MANAGE_PRESENCE, at=at)
    failed = RawDeliveryState.objects.filter(state=DeliveryState.FAILED).filter(Exists(managed))
    damaged = StoredFile.objects.filter(state__in=(FileState.DAMAGED, FileState.MISSING)).filter(Exists(managed))
    return {
        "stuck": counted(outbox.stuck(scopes)),
        "deliveries": counted(failed),
        "files": counted(damaged),
        "agreers": counted(people.agreers(scope_id=None, at=at)),
        "manages": Exists(managed),
    }


def _of_oversight(person: Person, at: datetime) -> dict[str, Any]:
    """Duties that are soon or already too late, accesses of those who have left, emergencies that wait for a second."""
    alarms = oversight.alarms_standing(person, at=at)
    broken = alarms.filter(step=AlarmStep.BREACH).exclude(duty=DutyCode.ROUNDS)
    asked = oversight.emergencies(person, at=at).filter(state=EmergencyState.ASKED).exclude(person=person)
    overseen = oversight.overseen(person, at=at)
    return {
        "strangers": counted(oversight.judged_accesses(at).filter(presence__in=overseen).exclude(difference="")),
        "missing_access": counted(
            oversight.judged_administrations(at).filter(presence__in=overseen).exclude(difference="")
        ),
        "rules": people.gives_everywhere(person, Permission.MANAGE_PRESENCE, at=at),
        "reminders": counted(alarms.filter(step=AlarmStep.REMINDER).exclude(duty=DutyCode.ROUNDS)),
        # As the list of breaches has them: a duty of a page is one thing to mend, however many weeks it was broken.
        "breaches": counted(broken.distinct("presence", "duty")),
        "leavers": counted(oversight.tasks(person, at=at).filter(done_at=None)),
        "emergencies": counted(asked),
    }


def _of_set_up() -> dict[str, Any]:
    """Whether each step of the first set-up is behind us; a closed channel has been connected."""
    return {
        "has_municipality": Exists(Municipality.objects.filter(is_set_up=True)),
        "has_hours": Exists(CalendarRow.objects.filter(kind=CalendarKind.ANSWERING)),
        "has_presence": Exists(Presence.objects.all()),
        "has_duties": Exists(DutyRule.objects.filter(until_on=None)),
        "has_connection": Exists(Connection.objects.exclude(state=ConnectionState.CLOSED)),
        "has_site": Exists(import_string(settings.SITE_FRONT_PAGE)()),
    }


def _next_up(person: Person, at: datetime) -> QuerySet[Enquiry]:
    """The first few that are the person's own, nobody's, or of somebody they stand in for, as the queue ranks them."""
    whose = Q(assignee=person) | Q(assignee=None) | Q(assignee__in=_absent(person, at))
    rows: QuerySet[Enquiry] = Enquiry.objects.visible_to(person, at=at).filter(whose, state=EnquiryState.OPEN)
    related = rows.select_related("thread__author", "thread__connection__presence", "assignee")
    return related.order_by(F("band").asc(), "rank_at", "id")[:NEXT]


def _absent(person: Person, at: datetime) -> QuerySet[Any, Any]:
    """Those whose work the person does just now."""
    return StandIn.objects.in_force(at).filter(stand_in=person).values("absent")
