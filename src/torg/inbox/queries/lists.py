"""Small look-ups that commands and pages share."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.postgres.search import SearchQuery
from django.db.models import F, Q, QuerySet, Value
from django.utils.translation import gettext as _

from torg.core.errors import NotFound
from torg.dialogue.models import Item, ItemVersion, PlatformState
from torg.inbox import windows
from torg.inbox.canned import Values
from torg.inbox.models import (
    Alarm,
    Answer,
    CannedAnswer,
    CaseGuide,
    Enquiry,
    Forwarding,
    HandOver,
    HelpLine,
    InboxSetting,
    KnownIssue,
    KnownIssueAnswer,
    Label,
    Matter,
    MatterLink,
    SavedView,
)
from torg.inbox.types import AnswerKind, AnswerState, EnquiryState, WaitingFor
from torg.people import queries as people
from torg.people.models import CalendarKind, CalendarRow, Person, RoleAssignment, Unit
from torg.people.types import Permission, roles_with


def setting_for(scope_id: UUID | None) -> InboxSetting:
    """The page's own choices, else those for all, else what we start with."""
    rows = {row.scope_id: row for row in InboxSetting.objects.filter(Q(scope_id=scope_id) | Q(scope_id=None))}
    return rows.get(scope_id) or rows.get(None) or InboxSetting()


def role_of(person: Person, scope_id: UUID | None, *, at: datetime) -> str:
    """The role in which the person acts here, for the log; on what is common to all, the oldest that they hold."""
    role = people.role_in(person, scope_id, at=at)
    if not role and scope_id is None:
        held = people.roles_held(person, at=at).order_by("from_at", "pk")
        role = held.values_list("role", flat=True).first() or ""
    return role or "NONE"


def unit_or_absent(public_id: UUID) -> Unit:
    """The unit; raises NotFound."""
    unit = Unit.objects.filter(public_id=public_id).first()
    if unit is None:
        raise NotFound(_("There is no such unit."))
    return unit


def newest_inbound(enquiry: Enquiry) -> Item | None:
    """The newest item that somebody else wrote and that is still there."""
    items = Item.objects.filter(thread=enquiry.thread, is_own=False, is_placeholder=False, is_unsent=False)
    there = items.exclude(platform_state=PlatformState.DELETED_BY_AUTHOR)
    return there.order_by("-posted_at", "-id").first()


def ways(enquiry: Enquiry, *, at: datetime) -> list[windows.Way]:
    """How the enquiry can be answered now."""
    item = newest_inbound(enquiry)
    given = Answer.objects.filter(item=item, kind=AnswerKind.PRIVATE_REPLY) if item else ()
    return ways_to(enquiry, item, given=given, at=at)


def ways_to(enquiry: Enquiry, item: Item | None, *, given: Iterable[Answer], at: datetime) -> list[windows.Way]:
    """The same, to one item and with the answers that have been given, for a caller that has read both."""
    has_private_reply = item is not None and any(
        answer.item_id == item.pk and answer.kind == AnswerKind.PRIVATE_REPLY and answer.state not in UNSENT
        for answer in given
    )
    return windows.ways(thread=enquiry.thread, item=item, has_private_reply=has_private_reply, at=at)


UNSENT = {AnswerState.REJECTED, AnswerState.SUPERSEDED, AnswerState.WITHDRAWN}


def usual_way(enquiry: Enquiry, *, at: datetime) -> windows.Way:
    """The first way that is open, else the first with its reason."""
    found = ways(enquiry, at=at)
    return next((way for way in found if way.is_open), found[0])


def canned_answers(unit_id: int | None) -> QuerySet[CannedAnswer]:
    """Ready answers for a unit and for all."""
    rows = CannedAnswer.objects.filter(Q(unit=None) | Q(unit=unit_id), retired_at=None)
    return rows.order_by("title")


def canned_values(enquiry: Enquiry, *, by: Person, link: str, at: datetime) -> Values:
    """What the variables stand for in this enquiry."""
    author = enquiry.thread.author
    name = (author.name or "").split() if author else []
    return Values(
        first_name=name[0] if name else "",
        unit=enquiry.unit.name if enquiry.unit else "",
        hours=hours_today(enquiry.unit, at=at),
        link=link or enquiry.thread.connection.presence.address or settings.PUBLIC_ADDRESS,
        sender=by.name.split()[0] if by.name.split() else "",
    )


def hours_today(unit: Unit | None, *, at: datetime) -> str:
    """Today's answering hours as people say them; empty when none are set or we are closed."""
    rows = CalendarRow.objects.in_force(at).filter(Q(unit=unit) | Q(unit=None), kind=CalendarKind.ANSWERING)
    row = rows.order_by(F("unit_id").desc(nulls_last=True), "-from_at").first()
    week = row.definition.get("week", {}) if row else {}
    today = week.get(DAYS[at.weekday()], [])
    return ", ".join(f"{opens}–{closes}" for opens, closes in today)


DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def forwarding_for(person: Person, public_id: UUID, *, at: datetime) -> Forwarding | None:
    """A forwarding that the person sees: on a page of theirs, or to their own unit; locked."""
    mine = Forwarding.objects.visible_to(person, at=at).values("pk")
    rows = Forwarding.objects.filter(Q(pk__in=mine) | Q(unit__isnull=False, unit=person.unit_id))
    return rows.select_for_update(of=("self",)).filter(public_id=public_id).first()


def hand_overs_for(person: Person) -> QuerySet[HandOver]:
    """What was handed over to the person, or to the person's unit."""
    return HandOver.objects.filter(Q(to_person=person) | Q(to_unit__isnull=False, to_unit=person.unit_id))


def matter_or_absent(public_id: UUID, *, by: Person, at: datetime) -> Matter:
    """The matter, when the person sees at least one enquiry in it; raises NotFound."""
    seen = MatterLink.objects.visible_to(by, at=at).values("matter")
    matter = Matter.objects.filter(pk__in=seen, public_id=public_id).first()
    if matter is None:
        raise NotFound(_("There is no such matter."))
    return matter


def alarms_to_escalate(*, at: datetime) -> list[Alarm]:
    """The newest step of each alarm that nobody took over within the page's minutes."""
    waiting = Alarm.objects.filter(acknowledged_at=None).select_related("enquiry").order_by("item_id", "-step", "pk")
    newest: dict[int, Alarm] = {}
    for alarm in waiting:
        newest.setdefault(alarm.item_id, alarm)
    return [alarm for alarm in newest.values() if alarm.raised_at + _patience(alarm) <= at]


def _patience(alarm: Alarm) -> timedelta:
    return timedelta(minutes=setting_for(alarm.scope_id).escalate_alarms_after_minutes)


def issue_matches(issue: KnownIssue, *, by: Person, at: datetime, most: int = 200) -> list[Enquiry]:
    """Unanswered enquiries on all pages that `by` answers for, in which one of the issue's words occurs.

    Words are known in any inflection, never behind a mask. Who has had the answer, or has another on its way, is
    left out.
    """
    had = KnownIssueAnswer.objects.filter(issue=issue).values("enquiry")
    flying = Answer.objects.filter(
        state__in=[AnswerState.PLANNED, AnswerState.SENDING, AnswerState.UNCONFIRMED], is_automatic=False
    )
    waiting = Enquiry.objects.visible_to(by, at=at, permission=Permission.ANSWER).filter(
        state=EnquiryState.OPEN, waiting_for=WaitingFor.US, first_unanswered_at__isnull=False
    )
    items = Item.objects.filter(thread__in=waiting.values("thread"), is_own=False, is_unsent=False)
    said = ItemVersion.objects.filter(search=_any_of(issue.words), item_id__in=items.values("id")).values("item_id")
    rows = waiting.filter(thread__in=Item.objects.filter(pk__in=said).values("thread"))
    fresh = rows.exclude(pk__in=had).exclude(pk__in=flying.values("enquiry"))
    related = fresh.select_related("thread__author", "thread__connection__presence")
    return list(related.order_by("first_unanswered_at", "id")[:most])


def _any_of(words: Iterable[str]) -> SearchQuery:
    """Any of the words, where several in one line stand next to each other."""
    phrases = [SearchQuery(word, config="norwegian", search_type="phrase") for word in words]
    return reduce(or_, phrases)


def open_issues(person: Person, *, at: datetime) -> QuerySet[KnownIssue]:
    """Known issues that have not ended, on the pages that the person sees."""
    rows: QuerySet[KnownIssue] = KnownIssue.objects.visible_to(person, at=at)
    return rows.filter(ended_at=None).order_by("-opened_at")


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose in a form."""

    pk: int
    public_id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Ready:
    """A ready answer or a guide to choose."""

    public_id: UUID
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Choices:
    """What the forms on an enquiry offer."""

    people: Sequence[Choice]
    units: Sequence[Choice]
    labels: Sequence[Choice]
    canned: Sequence[Ready]
    guides: Sequence[Ready]


def choices(scope_id: UUID, unit_id: int | None, *, at: datetime) -> Choices:
    """Whom it can be given to, and the municipality's lists; one look-up for all five."""
    held = RoleAssignment.objects.in_force(at).filter(Q(scope_id=scope_id) | Q(scope=None))
    able = held.filter(role__in=roles_with(Permission.HANDLE)).values("person")
    named = {
        "people": Person.objects.filter(pk__in=able, left_at=None),
        "units": Unit.objects.all(),
        "labels": Label.objects.filter(retired_at=None),
    }
    ready = {"canned": canned_answers(unit_id).order_by(), "guides": CaseGuide.objects.filter(retired_at=None)}
    told = [rows.values_list(Value(kind), "id", "public_id", "name", Value("")) for kind, rows in named.items()]
    told += [rows.values_list(Value(kind), "id", "public_id", "title", "text") for kind, rows in ready.items()]
    found: dict[str, list[Any]] = {kind: [] for kind in [*named, *ready]}
    for kind, key, public_id, name, text in told[0].union(*told[1:], all=True).order_by("name"):
        found[kind].append(Choice(key, public_id, name) if kind in named else Ready(public_id, name, text))
    return Choices(**found)


def saved_views(person: Person) -> QuerySet[SavedView]:
    """The person's own views."""
    return SavedView.objects.filter(person=person).order_by("name")


def help_lines() -> QuerySet[HelpLine]:
    """The help numbers, in the order in which a receipt names them."""
    return HelpLine.objects.order_by("order")
