"""What an act on many would do to each, before anything is done."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from torg.core.errors import DomainError
from torg.inbox import answering, checks, policies, queries
from torg.inbox.models import Enquiry, KnownIssue
from torg.inbox.queries.rows import newest_items
from torg.inbox.types import BulkAct, EnquiryState, Remark, Reply
from torg.people.models import Person


@dataclass(frozen=True, slots=True)
class Line:
    """One enquiry in a preview, and why the act is not possible there; remarks on the answer it would get."""

    enquiry: Enquiry
    problem: str = ""
    remarks: tuple[Remark, ...] = ()
    words: str = ""


def of_act(
    act: BulkAct, seen: Mapping[UUID, int], choice: Mapping[str, object], *, by: Person, at: datetime
) -> list[Line]:
    """What `act` would do; changes nothing."""
    rows = Enquiry.objects.visible_to(by, at=at).filter(public_id__in=seen)
    related = rows.select_related("thread__author", "thread__connection__presence", "assignee").order_by(
        "rank_at", "id"
    )
    newest = newest_items([enquiry.thread_id for enquiry in related])
    words = {thread_id: item.masked_text or "" for thread_id, item in newest.items()}
    return [
        Line(enquiry, _problem(act, enquiry, choice, by=by, at=at), words=words.get(enquiry.thread_id, ""))
        for enquiry in related
    ]


def consequence(act: BulkAct, choice: Mapping[str, object]) -> str:
    """What the act means for those it is done to, in a sentence."""
    if act == BulkAct.CLOSE:
        return _("They leave the queue, and nobody who wrote is told. A new question opens them again.")
    if act == BulkAct.SNOOZE:
        return _("They leave the queue until then. Their deadlines keep running.")
    if act == BulkAct.LABEL:
        return _("They stay where they are, with one label more.")
    to_person = choice.get("to_person")
    receiver = Person.objects.filter(public_id=to_person).first() if isinstance(to_person, UUID) else None
    if receiver is None:
        return _("Nobody has them from then on.")
    return _("%(name)s has them from then on, and finds them under “Mine”.") % {"name": receiver.name}


def of_issue(issue: KnownIssue, *, by: Person, at: datetime) -> list[Line]:
    """Which enquiries a known issue's answer would go to, by which way, and what the check says of it."""
    return [_issue_line(issue, enquiry, by=by, at=at) for enquiry in queries.issue_matches(issue, by=by, at=at)]


def _problem(act: BulkAct, enquiry: Enquiry, choice: Mapping[str, object], *, by: Person, at: datetime) -> str:
    try:
        policies.check_can_handle(by, scope_id=enquiry.scope_id, at=at)
    except DomainError as refusal:
        return refusal.message
    if act == BulkAct.CLOSE and enquiry.state == EnquiryState.CLOSED:
        return _("The enquiry is closed already.")
    if act == BulkAct.CLOSE and choice.get("because") == "ANSWERED" and enquiry.first_unanswered_at is not None:
        return _("It has not been answered.")
    until = choice.get("until")
    if act == BulkAct.SNOOZE and isinstance(until, datetime) and enquiry.due_at and until > enquiry.due_at:
        return _("The deadline comes before that.")
    return ""


def _issue_line(issue: KnownIssue, enquiry: Enquiry, *, by: Person, at: datetime) -> Line:
    way = queries.usual_way(enquiry, at=at)
    if not way.is_open:
        return Line(enquiry, problem=f"{way.reason} {way.other_way}")
    reply = Reply(way.kind, issue.answer_text, enquiry.version)
    remarks = answering.remarks_on(enquiry, reply, way, by=by, at=at)
    return Line(enquiry, remarks=tuple(checks.unconfirmed(remarks, frozenset())))
