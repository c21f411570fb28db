"""Why an enquiry stands where it stands in the queue."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from torg.core.calendar import CalendarProblem, parse_span
from torg.inbox.models import Enquiry
from torg.inbox.types import Band, WaitingFor
from torg.people import queries as people
from torg.people.models import CalendarKind

SOON = timedelta(hours=4)
SOON_IN_HOURS = parse_span("4h")


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an enquiry stands where it stands: a code for the icon, words for people."""

    code: str
    text: str


def soon_until(*, at: datetime) -> datetime:
    """The last moment that is near from `at`: four hours on, and no less than four answering hours on.

    On a Sunday evening what is due on Monday morning is near, though the clock says fifteen hours.
    """
    by_the_clock = at + SOON
    try:
        hours = people.calendar_in_force(CalendarKind.ANSWERING, unit=None, at=at)
        return max(by_the_clock, hours.due(at, SOON_IN_HOURS).due)
    except CalendarProblem:
        return by_the_clock


def reasons(enquiry: Enquiry, *, at: datetime, soon: datetime) -> list[Reason]:
    """Why it stands where it stands, the weightiest first; `soon` is what `soon_until` says."""
    found = []
    if enquiry.is_danger:
        found.append(Reason("danger", _("May be danger to life")))
    if enquiry.band == Band.URGENT:
        found.append(Reason("urgent", _("Must be looked at soon")))
    if enquiry.due_at is not None and enquiry.due_at < at:
        found.append(Reason("late", _("The deadline has passed")))
    elif enquiry.due_at is not None and enquiry.due_at <= soon:
        found.append(Reason("soon", _("The deadline is near")))
    if enquiry.waiting_for == WaitingFor.APPROVAL:
        found.append(Reason("approval", _("An answer waits for approval")))
    if enquiry.is_sensitive:
        found.append(Reason("sensitive", _("Holds sensitive information")))
    if enquiry.needs_case_handling:
        found.append(Reason("case", _("Needs case handling")))
    if enquiry.is_question and enquiry.first_unanswered_at is not None:
        found.append(Reason("question", _("Asks something and has had no answer")))
    if enquiry.deadline_problem:
        found.append(Reason("problem", _("No deadline could be worked out")))
    return found
