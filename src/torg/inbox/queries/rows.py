"""The lines of a list of enquiries, each with its newest words, its labels and who is there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Prefetch
from django.db.models.expressions import RawSQL

from torg.dialogue.models import Item
from torg.inbox.models import Answer, Attendance, Enquiry, Labelling
from torg.inbox.queries.reasons import SOON, Reason, reasons
from torg.inbox.types import AnswerState


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the queue."""

    enquiry: Enquiry
    newest: Item | None
    reasons: tuple[Reason, ...]
    attending: tuple[Attendance, ...] = ()
    is_sending: bool = False


def loaded(ids: Sequence[int]) -> list[Enquiry]:
    """The enquiries with all that a line shows, in the order of `ids`."""
    rows = Enquiry.objects.filter(pk__in=ids).select_related(
        "thread__author", "thread__connection__presence", "thread__post", "assignee", "unit"
    )
    labels = Prefetch("labellings", Labelling.objects.select_related("label").order_by("label__name"))
    found = {row.pk: row for row in rows.prefetch_related(labels)}
    return [found[pk] for pk in ids if pk in found]


def rows_of(enquiries: Sequence[Enquiry], at: datetime) -> tuple[Row, ...]:
    """One line for each enquiry; two look-ups for all."""
    newest = newest_items([enquiry.thread_id for enquiry in enquiries])
    attending: dict[int, list[Attendance]] = {}
    for each in Attendance.objects.filter(enquiry__in=enquiries, expires_at__gt=at).select_related("person"):
        attending.setdefault(each.enquiry_id, []).append(each)
    return tuple(
        Row(
            enquiry=enquiry,
            newest=newest.get(enquiry.thread_id),
            reasons=tuple(reasons(enquiry, at=at, soon=at + SOON)),
            attending=tuple(attending.get(enquiry.pk, ())),
            is_sending=vars(newest.get(enquiry.thread_id, enquiry)).get("is_being_answered", False),
        )
        for enquiry in enquiries
    )


def newest_items(thread_ids: Sequence[int]) -> dict[int, Item]:
    """The newest item that somebody else wrote in each thread: one index look-up for each.

    `is_being_answered` says whether an answer is on its way in the thread.
    """
    if not thread_ids:
        return {}
    flying = Answer.objects.filter(state__in=FLYING, enquiry__thread=OuterRef("thread"))
    rows = Item.objects.filter(
        pk__in=RawSQL(
            "SELECT newest.id FROM unnest(%s::bigint[]) AS wanted(thread_id) CROSS JOIN LATERAL ("
            "SELECT id FROM dialogue_item WHERE thread_id = wanted.thread_id AND NOT is_own "
            "ORDER BY posted_at DESC, id DESC LIMIT 1) AS newest",
            [list(thread_ids)],
        )
    )
    told = rows.select_related("author").annotate(is_being_answered=Exists(flying))
    return {item.thread_id: item for item in told}


FLYING = [AnswerState.PLANNED, AnswerState.SENDING, AnswerState.UNCONFIRMED]
