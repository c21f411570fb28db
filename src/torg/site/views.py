"""The municipality's colour and arms, for pages that Django draws; stored pages are answered before Django."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from torg.people.access import public
from torg.site import identity
from torg.site.types import Part

REASON = "part of how every page looks, the sign-in page too"


@public(REASON)
@require_safe
def theme(request: HttpRequest) -> HttpResponse:
    """The style sheet with the municipality's colour in all the shades that components use."""
    return served(identity.theme(identity.current()))


@public(REASON)
@require_safe
def arms(request: HttpRequest) -> HttpResponse:
    """The coat of arms; a plain shield in the municipality's colour until one has been uploaded."""
    return served(identity.arms(identity.current()))


def served(part: Part) -> HttpResponse:
    """The bytes; a drawing can carry a script, so as a page of its own it may do nothing at all."""
    headers = {"ETag": part.etag, "Cache-Control": "no-cache", "Content-Security-Policy": "default-src 'none'"}
    return HttpResponse(part.body, content_type=part.media_type, headers=headers)
