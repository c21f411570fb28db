"""The lists of what waits for somebody."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from torg.core import clock
from torg.desk.queries import lists as queries
from torg.inbox import previews
from torg.people.access import StaffRequest, requires, signed_in
from torg.people.types import Permission
from torg.ui import respond


@signed_in
@require_GET
def approvals(request: StaffRequest) -> HttpResponse:
    """Answers that wait for somebody other than the one who wrote them."""
    at = clock.now()
    context = {"approvals": queries.approvals(request.person, at=at), "at": at}
    return respond.respond(request, "desk/approvals.html", context)


@requires(Permission.READ)
@require_GET
def promises(request: StaffRequest) -> HttpResponse:
    """What we have said that we would do."""
    at = clock.now()
    return respond.respond(
        request, "desk/promises.html", {"promises": queries.promises(request.person, at=at), "at": at}
    )


@signed_in
@require_GET
def forwarded(request: StaffRequest) -> HttpResponse:
    """What units were asked to look at, and what they answered."""
    at = clock.now()
    return respond.respond(
        request, "desk/forwarded.html", {"forwarded": queries.forwarded(request.person, at=at), "at": at}
    )


@requires(Permission.HANDLE)
@require_GET
def hand_over(request: StaffRequest) -> HttpResponse:
    """The end of the day: what one hands over, and what one takes."""
    at = clock.now()
    context = {"hand_overs": queries.hand_overs(request.person, at=at), "at": at}
    return respond.respond(request, "desk/hand_over.html", context)


@requires(Permission.READ)
@require_GET
def issues(request: StaffRequest) -> HttpResponse:
    """What many ask about now, with one answer to all."""
    at = clock.now()
    context = {"found": queries.issues(request.person, at=at), "at": at}
    return respond.respond(request, "desk/issues.html", context)


@requires(Permission.ANSWER)
@require_GET
def issue(request: StaffRequest, issue_id: UUID) -> HttpResponse:
    """Who is asking about a known issue, and what each would get."""
    at = clock.now()
    found = queries.issue(request.person, issue_id, at=at)
    lines = previews.of_issue(found, by=request.person, at=at)
    context = {"issue": found, "lines": lines, "back": reverse("desk:issues"), "at": at}
    return respond.respond(request, "desk/issue.html", context)
