"""What the inbox's parts are made of: one context for a thread. The desk's pages use it."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from torg.inbox import canned, queries
from torg.inbox.models import Enquiry
from torg.people.models import Person

FOLLOW_UP_DAYS = 3
SATURDAY = 5


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
