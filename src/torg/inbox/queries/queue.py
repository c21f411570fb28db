"""A page of the queue: ranked, with the reason for each place, and the same speed however long the queue is."""

import base64
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan
from django.utils.translation import gettext as _

from torg.core.errors import Invalid
from torg.inbox.models import Enquiry, Labelling
from torg.inbox.queries import reaching, searching
from torg.inbox.queries.filters import Filters, View
from torg.inbox.queries.reasons import soon_until
from torg.inbox.queries.rows import Row, loaded, rows_of
from torg.inbox.types import EnquiryState, WaitingFor
from torg.people import queries as people
from torg.people.models import Person
from torg.people.types import Permission

PAGE = 50

_RANKED = ("band", "rank_at", "id")
_ORDERS: dict[View, tuple[str, ...]] = {
    View.DUE_SOON: ("due_at", "id"),
    View.OVERDUE: ("due_at", "id"),
    View.SNOOZED: ("snoozed_until", "id"),
    View.ALL: ("-last_activity_at", "-id"),
}


@dataclass(frozen=True, slots=True)
class Page:
    """A page of rows, and the keys to the next one; `after` is empty on the last."""

    rows: tuple[Row, ...]
    after: str
    filters: Filters = field(default_factory=Filters)


def page(
    person: Person,
    filters: Filters,
    *,
    at: datetime,
    after: str = "",
    size: int = PAGE,
    within: Collection[UUID] | None = None,
) -> Page:
    """A page of the queue that `person` may see.

    Args:
        person: whose queue.
        filters: view and what narrows it.
        at: now; what is due is due against this.
        after: the key that the page before gave; Invalid for a text that is none.
        size: rows on a page.
        within: no scopes but these, for a caller that reaches less than the person.
    """
    order = _ORDERS.get(filters.view, _RANKED)
    chosen = narrowed(person, filters, at=at)
    if after:
        chosen = _beyond(chosen, order, _read_key(after, order))
    scopes = [key for key in _scopes(person, filters, at=at) if within is None or key in within]
    ids = reaching.first_ids(chosen, scopes, order, size + 1, filters=filters)
    enquiries = loaded(ids[:size])
    key = _key(enquiries[-1], order) if len(ids) > size and enquiries else ""
    return Page(rows=rows_of(enquiries, at), after=key, filters=filters)


def narrowed(person: Person, filters: Filters, *, at: datetime) -> QuerySet[Enquiry]:
    """The enquiries of a view, narrowed by its filters; who may see which is settled by the caller's scopes."""
    chosen = Enquiry.objects.filter(_of_view(filters.view, person, at))
    if filters.platform:
        chosen = chosen.filter(platform=filters.platform)
    if filters.language:
        chosen = chosen.filter(language=filters.language)
    if filters.label:
        chosen = chosen.filter(Q(pk__in=Labelling.objects.filter(label__public_id=filters.label).values("enquiry")))
    if filters.assignee:
        chosen = chosen.filter(assignee__public_id=filters.assignee)
    if filters.unit:
        chosen = chosen.filter(unit__public_id=filters.unit)
    if filters.text:
        chosen = chosen.filter(thread__in=searching.thread_ids(person, filters.text, at=at))
    return chosen


def counts(person: Person, *, at: datetime, most: int = 100) -> dict[str, int]:
    """How many each view holds, counted no further than `most`: nobody reads the difference beyond."""
    scopes = _scopes(person, Filters(), at=at)
    views = [view for view in View if view not in {View.ALL, View.OPEN}]
    if not scopes:
        return dict.fromkeys((view.value for view in views), 0)
    return reaching.count_each([(view, narrowed(person, Filters(view), at=at)) for view in views], scopes, most)


def _of_view(view: View, person: Person, at: datetime) -> Q:
    is_open = Q(state=EnquiryState.OPEN)
    nobody = Q(pk__in=[])
    if view == View.DUE_SOON:
        return is_open & Q(due_at__isnull=False, due_at__gte=at, due_at__lte=soon_until(at=at))
    return {
        View.MINE: is_open & Q(assignee=person),
        View.UNIT: is_open & Q(unit=person.unit_id) if person.unit_id else nobody,
        View.UNANSWERED: is_open & Q(waiting_for=WaitingFor.US, is_question=True),
        View.OVERDUE: is_open & Q(due_at__isnull=False, due_at__lt=at),
        View.SENSITIVE: is_open & Q(is_sensitive=True),
        View.APPROVAL: is_open & Q(waiting_for=WaitingFor.APPROVAL),
        View.OPEN: is_open,
        View.SNOOZED: Q(state=EnquiryState.SNOOZED),
        View.ALL: Q(),
    }[view]


def _scopes(person: Person, filters: Filters, *, at: datetime) -> list[UUID]:
    scopes = people.scopes_for(person, Permission.READ, at=at)
    if filters.presence:
        scopes = scopes.filter(presence__public_id=filters.presence)
    return list(scopes.values_list("id", flat=True))


def _beyond(chosen: QuerySet[Enquiry], order: Sequence[str], key: Sequence[Any]) -> QuerySet[Enquiry]:
    columns = Tuple(*(F(name.lstrip("-")) for name in order))
    lookup = TupleLessThan if order[0].startswith("-") else TupleGreaterThan
    return chosen.filter(lookup(columns, tuple(key)))


def _key(enquiry: Enquiry, order: Sequence[str]) -> str:
    values = [getattr(enquiry, name.lstrip("-")) for name in order]
    told = [value.isoformat() if isinstance(value, datetime) else value for value in values]
    return base64.urlsafe_b64encode(json.dumps(told).encode()).decode()


def _read_key(key: str, order: Sequence[str]) -> list[Any]:
    try:
        told = json.loads(base64.urlsafe_b64decode(key))
        values = [
            datetime.fromisoformat(value) if name.endswith(("_at", "_until")) else _plain(value, name)
            for name, value in zip(order, told, strict=True)
        ]
    except (ValueError, TypeError, RecursionError) as error:
        raise Invalid(_("This page of the queue cannot be found. Start from the top.")) from error
    if any(isinstance(value, datetime) and value.tzinfo is None for value in values):
        raise Invalid(_("This page of the queue cannot be found. Start from the top."))
    return values


def _plain(value: object, name: str) -> str | int:
    return int(str(value)) if name.lstrip("-") == "id" else str(value)[:1]
