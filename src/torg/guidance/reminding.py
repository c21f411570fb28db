"""Reminding colleagues to confirm the poster: once a month, as each wants to be told."""

from datetime import datetime

from django.urls import reverse

from torg.guidance import queries
from torg.people import notifying
from torg.people.types import NotificationKind
from torg.records.days import day_of


def remind(*, at: datetime) -> int:
    """Note who is to be reminded; returns how many there are. The second time in a month tells nobody again."""
    day = day_of(at)
    if day.month < queries.routine_at(at).first_month:
        return 0
    missing = list(queries.without_acknowledgement(year=day.year))
    key, path = f"{day:%Y-%m}", reverse("guidance:poster")
    notifying.tell(missing, NotificationKind.ACKNOWLEDGE, path=path, key=key, at=at)
    return len(missing)
