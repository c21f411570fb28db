"""How a page says who may open it. A guard test demands that every page says so."""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import resolve
from django.utils.translation import gettext as _

from torg.core import clock
from torg.core.errors import NotAllowed
from torg.people import queries
from torg.people.models import Login, Person
from torg.people.types import Permission

# In the session of somebody for whom an identity provider vouched.
VOUCHED = "vouched_by_provider"
_MARK = "torg_access"
View = Callable[..., HttpResponseBase]


class StaffRequest(HttpRequest):
    """A request from somebody who is signed in; `person` is who."""

    user: Login
    person: Person


def public(reason: str) -> Callable[[View], View]:
    """Anyone may open it; `reason` says why."""

    def decorate(view: View) -> View:
        return _marked(view, f"public: {reason}")

    return decorate


def signed_in(view: View) -> View:
    """Anyone who is signed in may open it; what they see there is what their roles reach."""
    return _guarded(view, None)


def requires(permission: Permission) -> Callable[[View], View]:
    """Those with `permission` in at least one scope may open it; commands check the scope itself.

    Raises NotAllowed (403) for others who are signed in; the rest are sent to sign in.
    """
    return lambda view: _guarded(view, permission)


def requires_everywhere(permission: Permission) -> Callable[[View], View]:
    """Those with `permission` for the municipality as a whole: what is here belongs to no single page."""
    return lambda view: _guarded(view, permission, is_for_all=True)


def lets_in(address: str, permissions: Collection[Permission]) -> bool:
    """Whether the page at `address` would open to somebody with these permissions for the municipality as a whole."""
    needed = vars(resolve(address).func).get(_MARK)
    return needed not in set(Permission) or needed in permissions


def _guarded(view: View, permission: Permission | None, *, is_for_all: bool = False) -> View:
    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        request.person = request.user.person
        if settings.REQUIRE_SECOND_FACTOR and not is_safe_enough(request.user, request.session, at=clock.now()):
            messages.info(request, _("Your role needs sign-in in two steps. Set it up here, and then go on."))
            return redirect("mfa_index")
        if permission is not None and not _may(request.person, permission, is_for_all=is_for_all):
            raise NotAllowed(_("Your role does not include this. Ask the information officer if you need it."))
        response = view(request, *args, **kwargs)
        # What people wrote to the municipality stays on no shared machine, and not behind its back button.
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return _marked(guarded, permission.value if permission else "signed in")


def _may(person: Person, permission: Permission, *, is_for_all: bool) -> bool:
    at = clock.now()
    if is_for_all:
        return queries.may(person, permission, scope_id=None, at=at)
    return queries.may_anywhere(person, permission, at=at)


def is_safe_enough(login: Login, session: Mapping[str, Any], *, at: datetime) -> bool:
    """Whether somebody who is signed in may go on: an identity provider vouched, or no second step is missing."""
    return VOUCHED in session or not queries.lacks_second_factor(login, at=at)


def _marked(view: View, access: str) -> View:
    vars(view)[_MARK] = access
    return view
