"""What the end points share: one form, one command, and back to where one was."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme

from torg.people.access import StaffRequest
from torg.ui import respond

PAGE = "moderation/act.html"
QUEUE = "/desk/moderation/"


def back(request: StaffRequest) -> str:
    """Where the form says, if that is one of our own pages, else the queue."""
    asked = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()}, require_https=False)
    return asked if asked and is_ours else QUEUE


def perform(
    request: StaffRequest,
    form: forms.Form,
    command: Callable[[dict[str, Any]], object],
    *,
    act: str | Promise,
    toast: respond.Toast | str,
) -> HttpResponse:
    """Run `command` with what was filled in; refused, the form comes again on a page of its own, filled in.

    Args:
        request: the POST.
        form: bound to it.
        command: takes the form's values.
        act: what the button says.
        toast: what is said when it is done.
    """
    to = back(request)
    context = {"form": form, "act": act, "back": to, "hidden": request.POST.getlist("chosen")}
    if not form.is_valid():
        return respond.respond(request, PAGE, context, status=422)
    respond.redraw_on_refusal(request, PAGE, context, form=form)
    command(form.cleaned_data)
    return respond.done(request, to=to, toast=toast)
