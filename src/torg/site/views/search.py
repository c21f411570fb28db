"""Searching the site: the one page that cannot be stored."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from torg.people.access import public
from torg.site import identity, rendering, searching
from torg.site.views import frame

REASON = "what is found is public already"


@public(REASON)
@require_safe
def search(request: HttpRequest, language: str = "") -> HttpResponse:
    """Pages and articles by words."""
    spoken = language or identity.current().language
    told = frame.context({}, language=spoken, kind=rendering.SEARCH)
    number = request.GET.get("side", "1")
    page = int(number) if number.isdecimal() and len(number) < 5 else 1
    found = searching.find(request.GET.get("q", ""), language=spoken, page=max(page, 1))
    return frame.page(request, "site/search.html", {**told, "found": found})
