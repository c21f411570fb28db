"""All that the inbox knows of one enquiry, for the page of the thread."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, Q, QuerySet
from django.utils.translation import gettext as _

from torg.core.calendar import WorkingCalendar, parse_span
from torg.core.errors import NotFound
from torg.dialogue.models import Thread
from torg.inbox import windows, wording
from torg.inbox.models import (
    Alarm,
    Answer,
    Attendance,
    Clock,
    Draft,
    Enquiry,
    Forwarding,
    Labelling,
    MatterLink,
    Note,
    Promise,
)
from torg.inbox.queries import lists
from torg.inbox.queries.reasons import SOON, Reason, reasons
from torg.inbox.types import AnswerState, ClockReason, Outcome
from torg.people import queries as people
from torg.people.models import CalendarKind, Person


@dataclass(frozen=True, slots=True)
class Computed:
    """How a deadline was worked out, for people: from when, how long, in which stretches of open time."""

    clock: Clock
    intervals: tuple[tuple[datetime, datetime], ...]
    used_seconds: int
    seconds_left: int
    is_late_known: bool

    @property
    def within_in_words(self) -> str:
        """How long there was to answer, as people say it."""
        return wording.span_in_words(self.clock.within)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One enquiry with everything around it."""

    enquiry: Enquiry
    labellings: Sequence[Labelling]
    reasons: Sequence[Reason]
    ways: Sequence[windows.Way]
    computed: Computed | None
    past_clocks: Sequence[Clock]
    answers: Sequence[Answer]
    notes: Sequence[Note]
    promises: Sequence[Promise]
    forwardings: Sequence[Forwarding]
    links: Sequence[MatterLink]
    alarms: Sequence[Alarm]
    attending: Sequence[Attendance]
    draft: Draft | None

    @property
    def under_way(self) -> list[Answer]:
        """Answers that have neither arrived nor been taken back; those that arrived stand in the conversation."""
        return [answer for answer in self.answers if answer.state not in OVER]


def enquiry_for(person: Person, enquiry_id: UUID, *, at: datetime) -> Enquiry:
    """The enquiry with its thread; raises NotFound."""
    enquiry: Enquiry | None = _seen_by(person, at=at).filter(public_id=enquiry_id).first()
    if enquiry is None:
        raise NotFound(_("There is no such enquiry. It may have been moved to a page that you do not follow."))
    return enquiry


def enquiry_about(person: Person, thread: Thread, *, at: datetime) -> Enquiry | None:
    """The enquiry that a thread is handled as; None where nobody but we have written."""
    enquiry: Enquiry | None = _seen_by(person, at=at).filter(thread=thread).first()
    return enquiry


def _seen_by(person: Person, *, at: datetime) -> QuerySet[Enquiry]:
    rows: QuerySet[Enquiry] = Enquiry.objects.visible_to(person, at=at)
    return rows.select_related(
        "thread__connection__presence", "thread__author", "thread__post", "assignee", "unit", "merged_into"
    )


def sheet(person: Person, enquiry: Enquiry, *, at: datetime) -> Sheet:
    """Everything for the thread's page; what an enquiry has none of is not looked up.

    What was answered, noted and promised under an enquiry that lives on in this one belongs to it.
    """
    found = _around(enquiry, person, at=at)
    item = lists.newest_inbound(enquiry)
    all_clocks = list(Clock.objects.filter(enquiry=enquiry).select_related("rule", "unit").order_by("number"))
    running = next((clock for clock in all_clocks if clock.outcome == Outcome.RUNNING), None)
    shown = computed(running, at=at) if running else None
    is_near = shown is not None and 0 <= shown.seconds_left <= SOON.total_seconds()
    return Sheet(
        enquiry=enquiry,
        reasons=reasons(enquiry, at=at, soon=enquiry.due_at if is_near and enquiry.due_at else at),
        ways=lists.ways_to(enquiry, item, given=found["answers"], at=at),
        computed=shown,
        past_clocks=[clock for clock in all_clocks if clock is not running],
        draft=next(iter(found.pop("drafts")), None),
        **found,
    )


def _around(enquiry: Enquiry, person: Person, *, at: datetime) -> dict[str, Any]:
    """What there is around an enquiry, by name; one look-up says which there are any of."""
    parts = _parts(enquiry, person, at=at)
    held = {f"has_{name}": Exists(rows.order_by()) for name, rows in parts.items()}
    has = Enquiry.objects.filter(pk=enquiry.pk).values(**held).get()
    return {name: list(rows) if has[f"has_{name}"] else [] for name, rows in parts.items()}


def _parts(enquiry: Enquiry, person: Person, *, at: datetime) -> dict[str, QuerySet[Any]]:
    here = Q(enquiry__in=Enquiry.objects.filter(Q(pk=enquiry.pk) | Q(merged_into=enquiry)).values("pk"))
    matters = MatterLink.objects.filter(here).values("matter")
    links = MatterLink.objects.visible_to(person, at=at).filter(matter__in=matters).exclude(here)
    attending = Attendance.objects.filter(here, expires_at__gt=at).exclude(person=person)
    forwardings = Forwarding.objects.filter(here).select_related("unit", "replied_by")
    answers = Answer.objects.filter(here).select_related("written_by", "decided_by", "item")
    alarms = Alarm.objects.filter(here).select_related("person", "acknowledged_by")
    return {
        "labellings": Labelling.objects.filter(enquiry=enquiry).select_related("label").order_by("label__name"),
        "answers": answers.order_by("written_at", "id"),
        "notes": Note.objects.filter(here).select_related("written_by").order_by("written_at", "id"),
        "promises": Promise.objects.filter(here).order_by("due_at"),
        "forwardings": forwardings.order_by("forwarded_at"),
        "links": links.select_related("matter", "enquiry__thread__connection__presence"),
        "alarms": alarms.order_by("step"),
        "attending": attending.select_related("person"),
        "drafts": Draft.objects.filter(enquiry=enquiry, person=person),
    }


def computed(clock: Clock, *, at: datetime) -> Computed:
    """How a clock's deadline was worked out; an ended clock by the hours it was counted by."""
    calendar = _calendar_of(clock, at)
    until = clock.stopped_at or at
    intervals: tuple[tuple[datetime, datetime], ...] = ()
    if clock.reason != ClockReason.INTERIM:
        intervals = calendar.due(clock.started_at, parse_span(clock.within)).intervals
    late = at > clock.due_at
    left = -calendar.used(clock.due_at, at) if late else calendar.used(at, clock.due_at)
    return Computed(
        clock=clock,
        intervals=intervals,
        used_seconds=max(calendar.used(clock.started_at, max(until, clock.started_at)), 0),
        seconds_left=left,
        is_late_known=(clock.known_at - clock.started_at).total_seconds() > KNOWN_LATE_SECONDS,
    )


OVER = {AnswerState.CONFIRMED, AnswerState.SUPERSEDED, AnswerState.WITHDRAWN}
# Below this, that a message reached us after it was written is not worth a line.
KNOWN_LATE_SECONDS = 300


def _calendar_of(clock: Clock, at: datetime) -> WorkingCalendar:
    if clock.definition:
        return WorkingCalendar.from_json(clock.definition)
    return people.calendar_in_force(CalendarKind.ANSWERING, unit=clock.unit, at=at)
