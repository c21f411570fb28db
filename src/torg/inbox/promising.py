"""Promises in answers: found, given a due time and a reminder."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from torg.core.calendar import CalendarProblem, WorkingCalendar
from torg.inbox import clocks, dates
from torg.inbox.models import Answer, Enquiry, Promise
from torg.inbox.types import AnswerState, PromiseState

LOCAL = ZoneInfo("Europe/Oslo")


def remember(answer: Answer, enquiry: Enquiry, *, at: datetime) -> list[Promise]:
    """Make a promise of each date that the answer promises something by; kept with the passage it stands in."""
    if answer.written_by is None:
        return []
    found = dates.find(answer.text, written_on=at.astimezone(LOCAL).date())
    made = []
    for each in found:
        if each.is_promise:
            due_at, remind_at = times(each.on, enquiry, at=at)
            made.append(
                Promise(
                    scope_id=enquiry.scope_id,
                    enquiry=enquiry,
                    answer=answer,
                    passage_start=each.start,
                    passage_end=each.end,
                    due_at=due_at,
                    remind_at=remind_at,
                    made_by=answer.written_by,
                    made_at=at,
                )
            )
    return list(Promise.objects.bulk_create(made))


def times(on: date, enquiry: Enquiry, *, at: datetime) -> tuple[datetime, datetime]:
    """When a promise for a day is due (as the day ends), and when to remind: as the last working day before opens."""
    due_at = datetime.combine(on + timedelta(days=1), time(), LOCAL) - timedelta(seconds=1)
    try:
        calendar, _ = clocks.Rules(at=at).hours(enquiry.unit_id)
    except CalendarProblem:
        return due_at, max(at, due_at - timedelta(days=1))
    return due_at, max(at, _opening_of_last_working_day(calendar, on))


def _opening_of_last_working_day(calendar: WorkingCalendar, on: date) -> datetime:
    # A municipality that is closed for a month on end has no promise to be reminded of in time.
    for back in range(31):
        day = on - timedelta(days=back)
        if calendar.is_working_day(day):
            midnight = datetime.combine(day, time(), LOCAL)
            return midnight if calendar.is_open(midnight) else calendar.next_opening(midnight)
    return datetime.combine(on, time(), LOCAL)


def cancel_of(answer: Answer, *, at: datetime) -> None:
    """An answer that was never sent has promised nothing."""
    Promise.objects.filter(answer=answer, state=PromiseState.OPEN).update(state=PromiseState.CANCELLED, settled_at=at)


def overdue(promise: Promise, at: datetime) -> bool:
    """Whether its day has passed; one in an answer that was never sent binds nobody."""
    is_sent = promise.answer is None or promise.answer.state == AnswerState.CONFIRMED
    return promise.state == PromiseState.OPEN and promise.due_at < at and is_sent
