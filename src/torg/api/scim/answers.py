"""What every SCIM address does: asks for the token, reads and writes its media type, and refuses in its own words."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from torg.api.access import Caller, Token
from torg.core.errors import DomainError, Invalid
from torg.people import commands as people
from torg.people.access import public
from torg.people.types import Permission

MEDIA_TYPE = "application/scim+json"
ERROR = "urn:ietf:params:scim:api:messages:2.0:Error"
LARGEST = 1_000_000
View = Callable[..., HttpResponse]
Address = Callable[..., HttpResponseBase]


def scim(*methods: str) -> Callable[[View], Address]:
    """A SCIM address, in these methods, for tokens with the right to manage integrations; the view gets the caller."""

    def decorate(view: View) -> Address:
        @wraps(view)
        def answered(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
            try:
                return _answer(request, view, methods, *arguments, **named)
            except DomainError as error:
                return refusal(error)

        return csrf_exempt(public("programs with a token; the view itself asks for it")(answered))

    return decorate


def answer(body: Any, *, status: int = 200, location: str = "") -> HttpResponse:
    """A SCIM answer."""
    response = HttpResponse(json.dumps(body), status=status, content_type=MEDIA_TYPE)
    response.headers["Cache-Control"] = "private, no-store"
    if location:
        response.headers["Location"] = location
    return response


def refusal(error: DomainError) -> HttpResponse:
    """A refusal as SCIM words it: what a client can act on is in `scimType`."""
    if isinstance(error, people.Taken):
        return problem(409, error.message, "uniqueness")
    if isinstance(error, Invalid):
        return problem(400, error.message, "invalidFilter" if error.field == "filter" else "invalidValue")
    return problem(error.status, error.message)


def problem(status: int, detail: str, kind: str = "") -> HttpResponse:
    """An error message (RFC 7644, section 3.12)."""
    body = {"schemas": [ERROR], "status": str(status), "detail": detail, **({"scimType": kind} if kind else {})}
    response = answer(body, status=status)
    if status == UNAUTHORISED:
        response.headers["WWW-Authenticate"] = 'Bearer realm="torg"'
    return response


UNAUTHORISED = 401


def sent(request: HttpRequest) -> dict[str, Any]:
    """The object that a request carries. Raises Invalid for anything else."""
    if len(request.body) > LARGEST:
        raise Invalid(_("This is too much at once."))
    try:
        body = json.loads(request.body)
    except (ValueError, RecursionError):
        raise Invalid(_("The request is no JSON.")) from None
    if not isinstance(body, dict):
        raise Invalid(_("The request is no JSON object."))
    return body


def _answer(request: HttpRequest, view: View, methods: tuple[str, ...], *arguments: Any, **named: Any) -> HttpResponse:
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    who: Caller | None = Token().authenticate(request, token.strip()) if scheme.lower() == "bearer" else None
    if who is None:
        return problem(UNAUTHORISED, _("Send a token that works: Authorization: Bearer …"))
    if Permission.MANAGE_API not in who.integration.permissions:
        return problem(403, _("This token does not include that. Ask for a token that does."))
    if request.method not in methods:
        response = problem(405, _("This is not done here."))
        response.headers["Allow"] = ", ".join(methods)
        return response
    return view(request, who, *arguments, **named)
