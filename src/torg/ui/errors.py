"""Error pages: what happened, in a sentence, and what to do next."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from torg.ui import respond


@dataclass(frozen=True, slots=True)
class Words:
    """How one status is told."""

    heading: Promise
    text: Promise
    next_step: Promise


WORDS = {
    400: Words(
        _("We did not understand that"),
        _("Something in the address or the form is wrong, so nothing was done."),
        _("Go back, load the page again, and try once more."),
    ),
    403: Words(
        _("You cannot do this"),
        _("You are signed in, but your role does not include this."),
        _("Ask the information officer if you need it."),
    ),
    404: Words(
        _("We cannot find this page"),
        _("It may have moved, or you may have followed an old link."),
        _("Check the address, or start from the front page."),
    ),
    405: Words(
        _("We did not understand that"),
        _("This address does not take what was sent to it."),
        _("Start from the front page."),
    ),
    409: Words(
        _("This has changed in the meantime"),
        _("Someone else has done something here since you opened it, so nothing was done."),
        _("Load the page again to see how it stands now."),
    ),
    413: Words(
        _("That is too large"),
        _("What you sent is larger than we take, so nothing was stored."),
        _("Make it smaller or divide it, and try again."),
    ),
    422: Words(
        _("Something needs to be corrected"),
        _("What was filled in does not fit together, so nothing was done."),
        _("Go back and correct it."),
    ),
    429: Words(
        _("Too many attempts"),
        _("Somebody has tried to sign in here too many times with a wrong password, so we wait a little."),
        _("Try again in ten minutes, or choose a new password from the sign-in page."),
    ),
    500: Words(
        _("Something went wrong with us"),
        _("The fault is ours, and it has been written to the log."),
        _("Try again in a moment. If it happens again, tell those who run the system when it happened."),
    ),
    503: Words(
        _("Part of the system is away"),
        _("We cannot reach what this page depends on, so nothing was done."),
        _("Wait a minute and load the page again. What you have sent before is safe."),
    ),
}


def page(request: HttpRequest, status: int, *, message: str = "") -> HttpResponse:
    """The error page, or to htmx a toast that leaves what the person was doing alone."""
    words = WORDS.get(status, WORDS[500])
    context = {"status": status, "words": words, "message": message or words.text, "home": home_of(request)}
    if respond.wants_part(request):
        said = f"{context['message']} {'' if message else words.next_step}".strip()
        toast = respond.toast_part(request, said, level="error")
        return HttpResponse(toast, status=status, headers={"HX-Retarget": "#toasts", "HX-Reswap": "none"})
    return render(request, "ui/errors/page.html", context, status=status)


def home_of(request: HttpRequest) -> str:
    """The page to start again from; told by the cookie alone, since the database may be what is away."""
    return settings.LOGIN_REDIRECT_URL if settings.SESSION_COOKIE_NAME in request.COOKIES else "/"
