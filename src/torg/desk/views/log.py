"""The log (sporing): what was done, by whom and when."""

from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from torg.audit.queries import Place
from torg.core import clock
from torg.core.errors import Invalid
from torg.desk.queries import log as queries
from torg.people.access import StaffRequest, requires
from torg.people.types import Permission
from torg.ui import respond


@requires(Permission.READ_AUDIT)
@require_GET
def log(request: StaffRequest) -> HttpResponse:
    """What was done where the person may read the log, newest first."""
    chosen = _uuid(request.GET.get("page", ""))
    shown = queries.log(request.person, scope_id=chosen, before=_place(request), at=clock.now())
    last = shown.story.ends_at
    older = f"?page={chosen or ''}&at={last.at:%Y-%m-%dT%H:%M:%S.%fZ}&id={last.id}" if last else ""
    return respond.respond(request, "desk/log.html", {"log": shown, "chosen": chosen, "older": older})


def _place(request: StaffRequest) -> Place | None:
    """Where the page before ended, as the address says it; raises Invalid for what we did not write."""
    if "at" not in request.GET:
        return None
    try:
        at = datetime.fromisoformat(request.GET["at"])
        return Place(at if timezone.is_aware(at) else timezone.make_aware(at), UUID(request.GET.get("id", "")))
    except ValueError as error:
        raise Invalid(_("This part of the log cannot be found. Start from the newest.")) from error


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
