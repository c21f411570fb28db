"""The municipality's colour and arms, for pages that Django draws; stored pages carry their own copy."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import condition, require_safe

from torg.people.access import public
from torg.site import identity

REASON = "part of how every page looks, the sign-in page too"


@public(REASON)
@require_safe
@condition(etag_func=lambda request: identity.theme().etag)
def theme(request: HttpRequest) -> HttpResponse:
    """The style sheet with the municipality's colour in all the shades that components use."""
    return served(identity.theme())


@public(REASON)
@require_safe
@condition(etag_func=lambda request: identity.arms().etag)
def arms(request: HttpRequest) -> HttpResponse:
    """The coat of arms; a plain shield in the municipality's colour until one has been uploaded."""
    return served(identity.arms())


def served(part: identity.Part) -> HttpResponse:
    """The bytes, for an hour; a picture can carry a script, so it may do nothing at all."""
    headers = {"Cache-Control": "public, max-age=3600", "Content-Security-Policy": "default-src 'none'"}
    return HttpResponse(part.body, content_type=part.media_type, headers=headers)
