"""Signing in by a one-time link or an identity provider, and choosing a language."""

from dataclasses import asdict
from typing import cast

from django.conf import settings
from django.contrib.auth import login as start_session
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from torg.core import clock
from torg.core.errors import NotAllowed, NotFound
from torg.people import commands as people
from torg.people import links, oidc, queries
from torg.people.access import VOUCHED, StaffRequest, public, signed_in

BACKEND = "django.contrib.auth.backends.ModelBackend"
SESSION_KEY = "oidc_attempt"


@public("the link itself is the key, and works once")
@require_http_methods(["GET", "POST"])
def link(request: HttpRequest, token: str) -> HttpResponse:
    """Shows whom the link is for; signing in is a POST, so that a program that previews links uses nothing up."""
    login = links.redeem(token)
    if request.method == "GET":
        return render(request, "people/link.html", {"login": login})
    people.sign_in_by_link(login=login, by=login.person, at=clock.now())
    start_session(request, login, backend=BACKEND)
    return HttpResponseRedirect(settings.LOGIN_REDIRECT_URL, status=303)


@public("signing in")
@require_GET
def provider(request: HttpRequest) -> HttpResponse:
    """Sends the person to the identity provider."""
    if not settings.OIDC_ISSUER:
        raise NotFound(_("Signing in this way is not set up here."))
    address, attempt = oidc.begin(_callback_address())
    request.session[SESSION_KEY] = asdict(attempt)
    return HttpResponseRedirect(address)


@public("signing in")
@require_GET
def provider_callback(request: HttpRequest) -> HttpResponse:
    """Takes the person back from the identity provider."""
    remembered = request.session.pop(SESSION_KEY, None)
    if remembered is None or request.GET.get("state") != remembered["state"] or "code" not in request.GET:
        raise NotAllowed(_("The sign-in was interrupted. Begin again."))
    at = clock.now()
    identity = oidc.finish(
        redirect_uri=_callback_address(),
        code=request.GET["code"],
        attempt=oidc.Attempt(**remembered),
        now=int(at.timestamp()),
    )
    login = queries.login_of(provider=identity.provider, subject=identity.subject, email=identity.email)
    people.sign_in_by_provider(login=login, identity=identity, by=login.person, at=at)
    start_session(request, login, backend=BACKEND)
    request.session[VOUCHED] = True
    return HttpResponseRedirect(settings.LOGIN_REDIRECT_URL)


@public("there is nothing here")
def address(request: HttpRequest) -> HttpResponse:
    """Nobody changes the address of a log-in alone: identity providers and new passwords go by it."""
    raise NotFound(_("Your e-mail address is changed by those who manage people."))


@signed_in
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Chooses the language of one's own screens."""
    staff = cast(StaffRequest, request)
    person = people.choose_language(language=request.POST.get("language", ""), by=staff.person, at=clock.now())
    back = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    response = HttpResponseRedirect(back if is_ours else settings.LOGIN_REDIRECT_URL, status=303)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        person.language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


def _callback_address() -> str:
    return f"{settings.PUBLIC_ADDRESS.rstrip('/')}{reverse('people:provider-callback')}"
