"""One conversation: beside the queue where there is room, a page of its own else."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from torg.core import clock
from torg.desk.queries import log as logs
from torg.desk.queries import rights
from torg.desk.queries import thread as queries
from torg.inbox import queries as inbox
from torg.people.access import StaffRequest, requires, signed_in
from torg.people.types import Permission
from torg.ui import respond


@never_cache
@signed_in
@require_GET
def thread(request: StaffRequest, thread_id: UUID) -> HttpResponse:
    """The conversation with its deadline, reasons, notes and the box to answer in."""
    at = clock.now()
    found = queries.conversation(request.person, thread_id, at=at)
    context: dict[str, Any] = {"page": found, "at": at, "back": request.path}
    if found.sheet is not None:
        context |= _handling(request, found.sheet, at)
    return respond.respond(request, "desk/thread.html", context, partial="thread")


@signed_in
@require_GET
def enquiry(request: StaffRequest, enquiry_id: UUID) -> HttpResponse:
    """The page of an enquiry is the page of its thread."""
    thread_id = queries.thread_of(request.person, enquiry_id, at=clock.now())
    return HttpResponseRedirect(reverse("desk:thread", args=[thread_id]))


@requires(Permission.READ_AUDIT)
@require_GET
def log(request: StaffRequest, thread_id: UUID) -> HttpResponse:
    """What was done with one conversation, by whom."""
    at = clock.now()
    found = logs.of_thread(request.person, thread_id, at=at)
    context = {"story": found.story, "thread": found.thread}
    return respond.respond(request, "desk/thread_log.html", context, partial="story")


def _handling(request: StaffRequest, sheet: inbox.Sheet, at: Any) -> dict[str, Any]:
    enquiry = sheet.enquiry
    return {
        "sheet": sheet,
        "enquiry": enquiry,
        "choices": inbox.choices(enquiry.scope_id, enquiry.unit_id, at=at),
        "help_lines": inbox.help_lines() if enquiry.is_danger else [],
        "rights": rights.in_scope(request.person, enquiry.scope_id, at=at),
    }
