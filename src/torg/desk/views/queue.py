"""The queue: views to the left, the list, and the thread beside it where there is room."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from torg.core import clock
from torg.desk.queries import queue as queries
from torg.inbox import queries as inbox
from torg.people.access import StaffRequest, signed_in
from torg.ui import respond


@signed_in
@require_GET
def queue(request: StaffRequest) -> HttpResponse:
    """A page of the queue; to htmx the list alone."""
    at = clock.now()
    filters = inbox.Filters.read(request.GET)
    page = inbox.page(request.person, filters, at=at, after=request.GET.get("after", ""))
    context = {
        "frame": queries.frame(request.person, filters, at=at),
        "page": page,
        "filters": filters,
        "older": queries.address(filters, after=page.after) if page.after else "",
        "is_first": "after" not in request.GET,
        "at": at,
    }
    return respond.respond(request, "desk/queue.html", context, partial="list")
