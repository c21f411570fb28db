"""What waits for somebody: approvals, promises, what was forwarded, hand-overs, known issues."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Case, Count, Prefetch, Q, When
from django.utils.translation import gettext as _

from torg.core.errors import NotFound
from torg.inbox import queries as inbox
from torg.inbox.models import Answer, Enquiry, Forwarding, HandOver, HandOverLine, KnownIssue, Promise
from torg.inbox.types import AnswerState, EnquiryState, ForwardingState, PromiseState
from torg.people import queries as people
from torg.people.models import Person, RoleAssignment, Unit
from torg.people.types import Permission, roles_with
from torg.registry.models import Presence

MOST = 100
AROUND = ("enquiry__thread__author", "enquiry__thread__connection__presence")


@dataclass(frozen=True, slots=True)
class Approval:
    """An answer that waits, and what it answers."""

    answer: Answer
    is_own: bool


def approvals(person: Person, *, at: datetime) -> list[Approval]:
    """Answers that wait on the pages where `person` may answer, the most pressing first; one's own are marked."""
    scopes = people.scopes_for(person, Permission.ANSWER, at=at).values("id")
    visible = Answer.objects.visible_to(person, at=at).filter(state=AnswerState.WAITING)
    rows = visible.filter(Q(scope_id__in=scopes) | Q(written_by=person))
    related = rows.select_related(*AROUND, "written_by", "item__author")
    ordered = related.order_by("enquiry__due_at", "written_at")[:MOST]
    return [Approval(answer, answer.written_by_id == person.pk) for answer in ordered]


@dataclass(frozen=True, slots=True)
class Promises:
    """Promises that are still to be kept, by how pressing they are."""

    broken: Sequence[Promise]
    soon: Sequence[Promise]
    later: Sequence[Promise]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is promised."""
        return not (self.broken or self.soon or self.later)


def promises(person: Person, *, at: datetime) -> Promises:
    """What we have promised on the pages that `person` sees and have not kept."""
    rows = Promise.objects.visible_to(person, at=at).filter(state__in=(PromiseState.OPEN, PromiseState.BROKEN))
    related = rows.select_related(*AROUND, "enquiry__assignee", "answer", "made_by").order_by("due_at")[:MOST]
    found = list(related)
    broken = [each for each in found if each.due_at < at or each.state == PromiseState.BROKEN]
    rest = [each for each in found if each not in broken]
    soon = [each for each in rest if each.remind_at <= at]
    return Promises(broken, soon, [each for each in rest if each not in soon])


@dataclass(frozen=True, slots=True)
class Forwarded:
    """What units were asked: what waits for the person's own unit, what waits for others, what was answered."""

    to_us: Sequence[Forwarding]
    waiting: Sequence[Forwarding]
    answered: Sequence[Forwarding]


def forwarded(person: Person, *, at: datetime) -> Forwarded:
    """Forwarded errors, claims and questions that `person` sees."""
    visible = Forwarding.objects.visible_to(person, at=at).values("pk")
    rows = Forwarding.objects.filter(Q(pk__in=visible) | Q(unit__isnull=False, unit=person.unit_id))
    related = rows.select_related(*AROUND, "unit", "forwarded_by", "replied_by")
    # A unit is told what it is asked, no matter whose page it is about; the conversation opens to those who see it.
    related = related.annotate(is_in_sight=Case(When(pk__in=visible, then=True), default=False))
    found = list(related.order_by("state", "follow_up_at")[:MOST])
    waiting = [each for each in found if each.state == ForwardingState.SENT]
    to_us = [each for each in waiting if person.unit_id and each.unit_id == person.unit_id]
    answered = sorted(
        (each for each in found if each.state == ForwardingState.ANSWERED), key=lambda each: each.replied_at or at
    )
    return Forwarded(to_us, [each for each in waiting if each not in to_us], answered[::-1])


@dataclass(frozen=True, slots=True)
class HandOvers:
    """What was handed over to the person, what is open with them now, and who can take it."""

    received: Sequence[HandOver]
    mine: Sequence[Enquiry]
    people: Sequence[Person]
    units: Sequence[Unit]


def hand_overs(person: Person, *, at: datetime) -> HandOvers:
    """The end of the day: what `person` has open, and what others have left to them."""
    lines = HandOverLine.objects.visible_to(person, at=at).select_related(*AROUND).order_by("due_at", "id")
    received = inbox.hand_overs_for(person).filter(read_at=None).exclude(handed_by=person)
    mine = Enquiry.objects.visible_to(person, at=at).filter(assignee=person, state=EnquiryState.OPEN)
    able = RoleAssignment.objects.in_force(at).filter(role__in=roles_with(Permission.HANDLE)).values("person")
    return HandOvers(
        received=list(
            received.select_related("handed_by").prefetch_related(Prefetch("lines", lines)).order_by("-handed_at")
        ),
        mine=list(
            mine.select_related("thread__author", "thread__connection__presence").order_by("band", "rank_at")[:MOST]
        ),
        people=list(Person.objects.filter(pk__in=able, left_at=None).exclude(pk=person.pk).order_by("name")),
        units=list(Unit.objects.order_by("name")),
    )


@dataclass(frozen=True, slots=True)
class Issues:
    """Known issues that are open, and the pages where one can be registered."""

    issues: Sequence[KnownIssue]
    presences: Sequence[Presence]


def issues(person: Person, *, at: datetime) -> Issues:
    """What many ask about just now."""
    rows = inbox.open_issues(person, at=at).select_related("opened_by").annotate(given=Count("answers"))
    answering = Presence.objects.visible_to(person, at=at, permission=Permission.ANSWER).filter(closed_at=None)
    return Issues(list(rows[:MOST]), list(answering.order_by("name")))


def issue(person: Person, issue_id: UUID, *, at: datetime) -> KnownIssue:
    """One known issue that has not ended; raises NotFound."""
    found = inbox.open_issues(person, at=at).filter(public_id=issue_id).first()
    if found is None:
        raise NotFound(_("There is no such known issue. It may have ended."))
    return found
