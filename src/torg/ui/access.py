"""How the few pages of this room say who may open them; rooms above use `torg.people.access`, which knows of roles."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.http import HttpResponseBase

View = Callable[..., HttpResponseBase]


def public(reason: str) -> Callable[[View], View]:
    """Anyone may open it; `reason` says why."""

    def decorate(view: View) -> View:
        vars(view)["torg_access"] = f"public: {reason}"
        return view

    return decorate


def signed_in(view: View) -> View:
    """Anyone who is signed in may open it: it shows nothing of anybody's."""
    guarded: View = login_required(view)
    vars(guarded)["torg_access"] = "signed in"
    return guarded
