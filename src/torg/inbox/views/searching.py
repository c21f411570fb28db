"""Searching behind the masks."""

from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from torg.core import clock
from torg.inbox import commands, queries
from torg.people.access import StaffRequest, requires
from torg.people.types import Permission
from torg.ui import respond


@never_cache
@requires(Permission.OPEN_SENSITIVE)
@require_POST
def in_sensitive(request: StaffRequest) -> HttpResponse:
    """Search in masked text too, which the log tells; what is found is shown masked, as everywhere."""
    at = clock.now()
    words = request.POST.get("words", "").replace("\x00", "").strip()[:200]
    found = commands.search_sensitive(words=words, by=request.person, at=at)
    context = {"rows": queries.rows_of(found[:MOST], at), "words": words, "is_more": len(found) > MOST, "at": at}
    return respond.respond(request, "inbox/sensitive_search.html", context)


MOST = 50
