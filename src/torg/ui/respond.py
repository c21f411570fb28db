"""Answers to the browser: a whole page, a part of it for htmx, or a redirect when there is no JavaScript."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django_htmx.middleware import HtmxDetails

Context = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Toast:
    """A short message after an act. `undo` is the address that a POST takes the act back with."""

    text: str
    undo: str = ""


@dataclass(frozen=True, slots=True)
class Redraw:
    """How to show a form again, with what was typed, when the command refuses."""

    template: str
    context: Context
    form: forms.Form | None
    partial: str | None


def wants_part(request: HttpRequest) -> bool:
    """Whether htmx asks for a part; a boosted link or a restored page wants the whole."""
    htmx: HtmxDetails | None = getattr(request, "htmx", None)
    return htmx is not None and bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def respond(
    request: HttpRequest,
    template: str,
    context: Context | None = None,
    *,
    partial: str | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page, or to htmx its part `template#partial` when one is named."""
    name = f"{template}#{partial}" if partial and wants_part(request) else template
    response = render(request, name, dict(context or {}), status=status)
    # Without this a browser's back button can show the part as if it were the page.
    response.headers["Vary"] = "HX-Request, Cookie"
    return response


def done(
    request: HttpRequest,
    *,
    to: str,
    template: str | None = None,
    partial: str | None = None,
    context: Context | None = None,
    toast: Toast | str | None = None,
) -> HttpResponse:
    """After an act: 303 to `to` without JavaScript; to htmx the part that changed, with the toast beside it.

    Without `template` htmx is told to go to `to` as well.
    """
    said = Toast(toast) if isinstance(toast, str) else toast
    if not wants_part(request):
        _remember(request, said)
        return HttpResponseRedirect(to, status=303)
    if template is None:
        _remember(request, said)
        return HttpResponse(status=204, headers={"HX-Redirect": to})
    response = respond(request, template, context, partial=partial)
    if said:
        response.write(toast_part(request, said.text, undo=said.undo))
    return response


def redraw_on_refusal(
    request: HttpRequest,
    template: str,
    context: Context,
    *,
    form: forms.Form | None = None,
    partial: str | None = None,
) -> None:
    """Before the command: should it refuse, this form is shown again, with the reason at its field."""
    vars(request)["redraw"] = Redraw(template, context, form, partial)


def toast_part(request: HttpRequest, text: str, *, undo: str = "", level: str = "success") -> str:
    """A toast as a part that htmx puts into the toast region, wherever the answer itself goes."""
    toast = render_to_string("ui/components/toast.html", {"text": text, "undo": undo, "level": level}, request=request)
    return f'<div hx-swap-oob="beforeend:#toasts">{toast}</div>'


def _remember(request: HttpRequest, toast: Toast | None) -> None:
    if toast:
        messages.success(request, toast.text, extra_tags=toast.undo)
