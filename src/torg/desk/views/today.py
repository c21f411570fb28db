"""The first page: what needs me."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from torg.core import clock
from torg.desk.queries import today as queries
from torg.desk.queries import trend
from torg.people import queries as people
from torg.people.access import StaffRequest, signed_in
from torg.people.types import Permission
from torg.ui import respond

NOON = 12
EVENING = 17


@signed_in
@require_GET
def today(request: StaffRequest) -> HttpResponse:
    """What is overdue, due today, waiting for me, unwatched and broken; the first steps in an empty house."""
    at = clock.now()
    shown = queries.today(request.person, at=at)
    context = {"today": shown, "at": at, "part_of_day": part_of_day(timezone.localtime(at).hour)}
    # In an empty house there is no page yet that somebody could manage: the right as a whole decides.
    if not shown.set_up.is_done and people.may(request.person, Permission.MANAGE_PEOPLE, scope_id=None, at=at):
        return respond.respond(request, "desk/first_steps.html", context)
    return respond.respond(request, "desk/today.html", {**context, "week": trend.week(request.person, at=at)})


def part_of_day(hour: int) -> str:
    """Morning, day or evening: how one greets."""
    if hour < NOON:
        return "morning"
    return "day" if hour < EVENING else "evening"
