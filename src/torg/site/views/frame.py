"""What public pages that Django draws have in common with the stored ones: the frame, and no robots."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from torg.core import clock
from torg.site import identity, rendering
from torg.ui import respond


def context(
    told: Mapping[str, object], *, language: str = "", kind: rendering.Kind = rendering.JOURNAL
) -> dict[str, object]:
    """The frame in the municipality's language or this one; the page speaks it, refusals too."""
    municipality = identity.current()
    spoken = language or municipality.language
    translation.activate(spoken)
    return {**rendering.context_of(kind, spoken, municipality, at=clock.now()), **told}


def page(request: HttpRequest, template: str, filled: Mapping[str, object], *, status: int = 200) -> HttpResponse:
    """The page, which no search engine may gather."""
    return unlisted(respond.respond(request, template, filled, status=status))


def unlisted(answer: HttpResponse, *, is_secret: bool = False) -> HttpResponse:
    """Found by no search engine; where the address is a secret, also kept by no cache and told to no other page."""
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    if is_secret:
        answer.headers["Cache-Control"] = "private, no-store"
        # Not no-referrer: a browser would then say that a form comes from nowhere, and it would be refused.
        answer.headers["Referrer-Policy"] = "same-origin"
    return answer
