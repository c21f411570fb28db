"""What the inbox's parts are made of: one context for a thread, one for the queue. The desk's pages use these."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.translation import gettext as _

from torg.inbox import canned, queries
from torg.inbox.models import Enquiry
from torg.inbox.queries import Filters, View
from torg.inbox.types import BulkAct
from torg.people.models import Person

FOLLOW_UP_DAYS = 3
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is on, and the address without it."""

    text: str
    query: str


def of_thread(person: Person, enquiry: Enquiry, *, at: datetime, back: str, is_swap: bool = False) -> dict[str, Any]:
    """For `answering.html`, `thread_actions.html` and `notes.html`.

    Args:
        person: who looks.
        enquiry: what they look at, as `queries.enquiry_for` gives it.
        at: now.
        back: where a form leads without JavaScript.
        is_swap: the part goes to htmx, with the enquiry's new version beside it.
    """
    sheet = queries.sheet(person, enquiry, at=at)
    choices = queries.choices(enquiry.scope_id, enquiry.unit_id, at=at)
    values = queries.canned_values(enquiry, by=person, link="", at=at) if choices.canned else None
    return {
        "sheet": sheet,
        "enquiry": enquiry,
        "choices": choices,
        "canned": [replace(row, text=canned.fill(row.text, values)) for row in choices.canned if values],
        "follow_up_at": some_days_on(at),
        "help_lines": queries.help_lines() if enquiry.is_danger else [],
        "at": at,
        "is_swap": is_swap,
        "back": back,
    }


def some_days_on(at: datetime) -> datetime:
    """Noon of the third weekday from now: when one usually asks a unit again."""
    moment = timezone.localtime(at).replace(hour=12, minute=0, second=0, microsecond=0)
    left = FOLLOW_UP_DAYS
    while left:
        moment += timedelta(days=1)
        left -= moment.weekday() < SATURDAY
    return moment


def of_queue(person: Person, filters: Filters, *, at: datetime, after: str = "") -> dict[str, Any]:
    """For `list.html`, `filters.html`, `views.html` and `bulk_bar.html`. Raises Invalid for a wrong `after`."""
    counts = queries.counts(person, at=at)
    told = filters.as_json()
    return {
        "page": queries.page(person, filters, at=at, after=after),
        "views": [(view.value, view.label, counts.get(view.value, 0)) for view in View],
        "saved": list(queries.saved_views(person)),
        "chips": [Chip(_chip(filters, name), urlencode(filters.without(name).as_json())) for name in filters.chosen()],
        "kept": [(name, value) for name, value in told.items() if name not in {"view", "text"}],
        "query": urlencode(told),
        "bulk_acts": BulkAct.choices,
        "at": at,
    }


def _chip(filters: Filters, name: str) -> str:
    shown = {
        "presence": _("One page"),
        "platform": filters.platform.capitalize(),
        "label": _("One label"),
        "language": filters.language,
        "assignee": _("One person's"),
        "unit": _("One unit's"),
        "text": f"“{filters.text}”",
    }
    return shown[name]
