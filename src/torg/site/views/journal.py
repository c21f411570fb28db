"""Searching the public journal, and one entry of it; days and months are stored pages."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from torg.core import clock
from torg.openness import queries
from torg.people.access import public
from torg.site.views import frame

REASON = "the public journal is for everyone (offentleglova § 3)"


@public(REASON)
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What is found by words; persons are found for a year."""
    words, after = request.GET.get("q", ""), request.GET.get("etter", "")
    filled = frame.context({})
    found = queries.search(words, after=after, at=clock.now())
    return frame.page(request, "site/journal_search.html", {**filled, "found": found})


@public(REASON)
@require_safe
def entry(request: HttpRequest, public_entry_id: UUID) -> HttpResponse:
    """One entry, and the way to ask for its documents."""
    filled = frame.context({})
    row = queries.entry_or_absent(public_entry_id, at=clock.now())
    return frame.page(request, "site/journal_entry.html", {**filled, "row": row})
