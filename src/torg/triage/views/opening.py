"""Opening masked text, on purpose and on record."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from torg.core import clock
from torg.people.access import StaffRequest, requires
from torg.people.types import Permission
from torg.triage import commands as triage
from torg.triage import queries
from torg.ui import respond


@never_cache
@requires(Permission.OPEN_SENSITIVE)
@require_POST
def opening(request: StaffRequest, item_id: UUID) -> HttpResponse:
    """Show the whole text of one item; the log has it first. A POST, so that no address or history holds it."""
    item = triage.open_sensitive(item_id=item_id, by=request.person, at=clock.now())
    read = queries.reading([item])
    context = {"segments": read.segments(item, is_opened=True), "found": read.findings(item)}
    return respond.respond(request, "triage/opened.html", context, partial="opened")
