"""Turns a command's refusal into an answer: the form again, a toast, or a page that says what to do next."""

from collections.abc import Callable

from django.core.exceptions import RequestDataTooBig
from django.db import DataError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse

from torg.core.errors import DomainError
from torg.ui import errors, respond

FORM_AGAIN = {409, 422}


class DomainErrors:
    """Views do not catch: what a command raises for the user ends here, with the same status to htmx."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, DomainError):
            return answer(request, exception)
        if isinstance(exception, RequestDataTooBig):
            return errors.page(request, 413)
        if isinstance(exception, OperationalError | InterfaceError):
            return errors.page(request, 503)
        if isinstance(exception, DataError | UnicodeEncodeError):
            # A NUL or half a character in what was typed: no fault of ours, and nothing to wake anybody for.
            return errors.page(request, 422)
        return None


def answer(request: HttpRequest, error: DomainError) -> HttpResponse:
    """The form again if the view named one, else a toast to htmx, else a page."""
    redraw: respond.Redraw | None = vars(request).get("redraw")
    if redraw is not None and error.status in FORM_AGAIN:
        return form_again(request, redraw, error)
    return errors.page(request, error.status, message=error.message)


def form_again(request: HttpRequest, redraw: respond.Redraw, error: DomainError) -> HttpResponse:
    """The form with what was typed, and the reason at its field or above it all."""
    context = {**redraw.context, "refusal": error}
    if redraw.form is not None:
        field = error.field if error.field in redraw.form.fields else None
        redraw.form.add_error(field, error.message)
        context["form"] = redraw.form
    return respond.respond(request, redraw.template, context, partial=redraw.partial, status=error.status)
