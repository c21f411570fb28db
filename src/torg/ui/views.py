"""The page of components, the choice of appearance, and the error pages as Django asks for them."""

import sys

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from torg.core import clock
from torg.ui import errors
from torg.ui.access import public, signed_in
from torg.ui.appearance import APPEARANCES, COOKIE
from torg.ui.respond import respond
from torg.ui.samples import samples

YEAR = 60 * 60 * 24 * 365


@require_safe
@signed_in
def components(request: HttpRequest) -> HttpResponse:
    """Every shared component, in the states that it has."""
    return respond(request, "ui/components_page.html", samples(clock.now()))


@require_POST
@public("how pages look is each visitor's own choice")
def choose_appearance(request: HttpRequest) -> HttpResponse:
    """Remember light, dark or the device's own choice in this browser."""
    scheme = request.POST.get("scheme", "auto")
    wanted = request.POST.get("next", "/")
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    response = HttpResponseRedirect(wanted if is_ours else "/", status=303)
    if scheme in dict(APPEARANCES):
        response.set_cookie(COOKIE, scheme, max_age=YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, as `handler400`."""
    return errors.page(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403, as `handler403`."""
    return errors.page(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, as `handler404`."""
    return errors.page(request, 404)


def failure(request: HttpRequest) -> HttpResponse:
    """500, as `handler500`; 503 when it was the database that did not answer."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return errors.page(request, 503)
    return errors.page(request, 500)


def too_many_attempts(request: HttpRequest, answer: object, credentials: object) -> HttpResponse:
    """429 when somebody guesses at a password; the right one is refused as well, so that guessing tells nothing."""
    return errors.page(request, 429)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 when a form's protection against forgery does not match, most often an old page in an open tab."""
    return errors.page(
        request, 403, message=_("This form has been open too long. Load the page again and send it anew.")
    )
