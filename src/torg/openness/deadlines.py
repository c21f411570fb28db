"""The five working days in which an access request is to be answered (offentleglova § 32)."""

from datetime import date, datetime
from functools import cache

from torg.core.calendar import WorkingCalendar
from torg.openness.models import AccessRequest
from torg.openness.types import AccessOutcome, RequestState
from torg.records import days

WORKING_DAYS = 5
_HOURS = [["08:00", "16:00"]]


@cache
def calendar() -> WorkingCalendar:
    """The law's working days: Monday to Friday, not public holidays, whatever our own hours are."""
    week = dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), _HOURS)
    return WorkingCalendar.from_json({"time_zone": "Europe/Oslo", "week": week, "holidays": "NO"})


def due_on(received_at: datetime) -> date:
    """The last day to answer; the day on which it came is not counted."""
    return days.day_of(calendar().add_working_days(received_at, WORKING_DAYS))


def working_days(received_at: datetime, answered_at: datetime) -> int:
    """How many working days an answer took."""
    first, last = days.day_of(received_at).toordinal() + 1, days.day_of(answered_at).toordinal() + 1
    return sum(calendar().is_working_day(date.fromordinal(day)) for day in range(first, last))


def is_silent(request: AccessRequest, *, at: datetime) -> bool:
    """Whether five working days have gone without an answer: it counts as refused (offentleglova § 32)."""
    return request.state == RequestState.RECEIVED and days.day_of(at) > request.due_on


def may_complain(request: AccessRequest, *, outcome: str, at: datetime) -> bool:
    """Whether there is something to complain over: a refusal, in whole or in part, or silence."""
    is_refused = request.state == RequestState.DECIDED and outcome != AccessOutcome.FULL
    return is_refused or is_silent(request, at=at)
