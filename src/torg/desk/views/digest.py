"""The week in figures, for leaders."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from torg.core import clock
from torg.desk.queries import digest as queries
from torg.people.access import StaffRequest, requires
from torg.people.types import Permission
from torg.ui import respond


@requires(Permission.JUDGE)
@require_GET
def digest(request: StaffRequest) -> HttpResponse:
    """Last week by unit: what the letter on Monday says."""
    at = clock.now()
    return respond.respond(request, "desk/digest.html", {"digest": queries.digest(request.person, at=at), "at": at})
