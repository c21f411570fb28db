"""Complaints, as those see them who decide them, and as the author does."""

from datetime import datetime
from typing import cast
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from torg.core.errors import NotFound
from torg.dialogue.models import Item
from torg.moderation.models import UNFINISHED, Case, Complaint, Decision, Notice, Rule
from torg.moderation.notices import digest_of
from torg.people import queries as people
from torg.people.models import Person
from torg.people.types import Permission

LESSONS = 20
AROUND = 100
WITH = (
    "decision__case__item__thread__connection__presence",
    "decision__case__item__thread__post",
    "decision__case__author",
    "decision__notice",
    "decision__agreement__proposal__proposed_by",
    "decision__agreement__agreed_by",
    "decision__rule_at_decision",
    "assigned_to",
    "decided_by",
)


def complaints_for(person: Person, *, at: datetime) -> QuerySet[Complaint]:
    """Complaints of the pages where the person may judge or agree, and those assigned to them by name."""
    judged = people.scopes_for(person, Permission.JUDGE, at=at).values("id")
    agreed = people.scopes_for(person, Permission.AGREE, at=at).values("id")
    reached = Q(scope_id__in=judged) | Q(scope_id__in=agreed) | Q(assigned_to=person)
    return cast("QuerySet[Complaint]", Complaint.objects.filter(reached).select_related(*WITH))


def open_complaints(person: Person, *, at: datetime) -> QuerySet[Complaint]:
    """Those that wait, the one that is due first on top."""
    return complaints_for(person, at=at).filter(state__in=UNFINISHED).order_by("decide_by", "id")


def complaints_to_decide(person: Person, *, at: datetime) -> QuerySet[Complaint]:
    """Those that wait for this person: given to them, or to nobody yet where they may judge."""
    judged = people.scopes_for(person, Permission.JUDGE, at=at).values("id")
    theirs = Q(assigned_to=person) | Q(assigned_to=None, scope_id__in=judged)
    waiting = Complaint.objects.filter(theirs, state__in=UNFINISHED)
    return waiting.exclude(proposed_by=person).exclude(agreed_by=person)


def lessons_of(rule: Rule, person: Person, *, at: datetime) -> list[Complaint]:
    """Complaints that have taught us something of this rule, where the person sees complaints; the newest first."""
    taught = complaints_for(person, at=at).filter(decision__target__passage__rule=rule).exclude(lesson="")
    return list(taught.order_by("-decided_at", "-id")[:LESSONS])


def complaint_or_absent(complaint_id: UUID, *, person: Person, at: datetime) -> Complaint:
    """One complaint that the person may see, `is_case_open` where its case is too; raises NotFound.

    A guest sees the complaint alone.
    """
    case = Case.objects.visible_to(person, at=at).filter(pk=OuterRef("decision__case"))
    rows = complaints_for(person, at=at).annotate(is_case_open=Exists(case))
    found: Complaint | None = rows.filter(public_id=complaint_id).first()
    if found is None:
        raise NotFound(_("There is no such complaint here."))
    return found


def said_around(complaint: Complaint) -> list[Item]:
    """What stands in the thread of the text that the complaint is about, in order, what is personal covered."""
    rows = Item.objects.filter(thread=complaint.decision.case.item.thread_id, is_placeholder=False)
    return list(rows.select_related("author").defer("text").order_by("posted_at", "id")[:AROUND])


def decision_or_absent(decision_id: UUID, *, person: Person, at: datetime) -> Decision:
    """A decision of a page that the person works on; raises NotFound."""
    rows = Decision.objects.visible_to(person, at=at).select_related("case__item__thread__connection__presence")
    found: Decision | None = rows.filter(public_id=decision_id).first()
    if found is None:
        raise NotFound(_("There is no such decision here."))
    return found


# What the author's own page tells again in full.
TOLD = (
    "decision__case__item__thread__connection__presence",
    "decision__complaint",
    "decision__agreement__proposal",
    "decision__target__passage__rule",
    "decision__target__rule_when_posted__rule",
)


def notice_by_secret(secret: str) -> Notice:
    """The notice whose link holds `secret`; raises NotFound."""
    rows = Notice.objects.select_related(*TOLD)
    found: Notice | None = rows.filter(complaint_token=digest_of(secret)).first()
    if found is None:
        raise NotFound(_("This link leads nowhere. Copy the whole link from the message that we sent you."))
    return found
