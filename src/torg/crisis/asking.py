"""What has been asked and is not placed yet: in the inbox or, in an exercise, in its script. Only masked text."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from torg.crisis.models import Asked, Incident, InjectedMessage
from torg.dialogue.models import Item
from torg.inbox.models import Enquiry
from torg.inbox.types import EnquiryState
from torg.people.models import Person

LONGEST = 300


@dataclass(frozen=True, slots=True)
class Said:
    """One person's question."""

    text: str = field(repr=False)
    scope_id: UUID
    asked_at: datetime
    enquiry: Enquiry | None = None
    injected: InjectedMessage | None = None


def not_placed(incident: Incident, *, limit: int) -> list[Said]:
    """The next questions, the oldest first."""
    if incident.is_exercise:
        return [_injected(row, incident) for row in _arrived(incident)[:limit]]
    return [_of(row) for row in _enquiries(incident).order_by("last_activity_at", "id")[:limit]]


def said_by(asked: Asked) -> Said:
    """What this person asked."""
    if asked.injected is not None:
        return _injected(asked.injected, asked.question.incident)
    rows = Enquiry.objects.annotate(said=_first_words(asked.question.incident))
    return _of(rows.get(pk=asked.enquiry.pk)) if asked.enquiry else Said("", asked.question.scope_id, asked.asked_at)


def with_words(rows: QuerySet[Asked], incident: Incident, *, seen_by: Person, at: datetime) -> QuerySet[Asked]:
    """Each with `said`: what this person asked, masked; None in an exercise, and on pages that `seen_by` may not read.

    A question gathers from many pages, and is seen by those who may read the page of the first who asked.
    """
    readable = Item.objects.visible_to(seen_by, at=at)
    told: QuerySet[Asked] = rows.annotate(said=_first_words(incident, thread="enquiry__thread", among=readable))
    return told


def _arrived(incident: Incident) -> QuerySet[InjectedMessage]:
    placed = Asked.objects.filter(injected=OuterRef("pk"))
    rows = incident.injected.filter(arrived_at__isnull=False)
    return rows.filter(~Exists(placed)).order_by("arrived_at", "id")


def _enquiries(incident: Incident) -> QuerySet[Enquiry]:
    """Open questions since it began, on the pages that it gathers from; danger and what is sensitive left out."""
    placed = Asked.objects.filter(enquiry=OuterRef("pk"))
    rows: QuerySet[Enquiry] = Enquiry.objects.filter(
        ~Exists(placed),
        scope_id__in=list(incident.pages.values_list("scope_id", flat=True)),
        state=EnquiryState.OPEN,
        is_question=True,
        is_danger=False,
        is_sensitive=False,
        last_activity_at__gte=incident.opened_at,
    )
    told: QuerySet[Enquiry] = rows.annotate(said=_first_words(incident)).exclude(said=None).exclude(said="")
    return told


def _first_words(incident: Incident, *, thread: str = "thread", among: QuerySet[Item] | None = None) -> Subquery:
    items = (Item.objects.all() if among is None else among).filter(
        thread=OuterRef(thread), is_own=False, is_placeholder=False, posted_at__gte=incident.opened_at
    )
    return Subquery(items.order_by("posted_at", "id").values("masked_text")[:1])


def _of(row: Enquiry) -> Said:
    text: str = vars(row)["said"] or ""
    return Said(text[:LONGEST], row.scope_id, row.last_activity_at, enquiry=row)


def _injected(row: InjectedMessage, incident: Incident) -> Said:
    return Said(row.text[:LONGEST], incident.scope_id, row.arrived_at or row.due_at, injected=row)
