"""The strategy, clause by clause: how it stands, where it is done, and what is counted."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from torg.core import clock
from torg.desk.queries import strategy as queries
from torg.people.access import StaffRequest, requires
from torg.people.types import Permission
from torg.ui import respond


@requires(Permission.READ)
@require_GET
def strategy(request: StaffRequest) -> HttpResponse:
    """Every clause, with figures from the pages that the person sees."""
    return respond.respond(
        request, "desk/strategy.html", {"overview": queries.overview(request.person, at=clock.now())}
    )
