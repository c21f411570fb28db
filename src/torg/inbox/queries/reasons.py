"""Why an enquiry stands where it stands in the queue."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from torg.inbox.models import Enquiry
from torg.inbox.types import Band, WaitingFor

SOON = timedelta(hours=4)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an enquiry stands where it stands: a code for the icon, words for people."""

    code: str
    text: str


def reasons(enquiry: Enquiry, *, at: datetime) -> list[Reason]:
    """Why it stands where it stands, the weightiest first."""
    found = []
    if enquiry.is_danger:
        found.append(Reason("danger", _("May be danger to life")))
    if enquiry.band == Band.URGENT:
        found.append(Reason("urgent", _("Must be looked at soon")))
    if enquiry.due_at is not None and enquiry.due_at < at:
        found.append(Reason("late", _("The deadline has passed")))
    elif enquiry.due_at is not None and enquiry.due_at < at + SOON:
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
