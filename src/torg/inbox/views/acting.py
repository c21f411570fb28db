"""What the end points share: the sheet, the way back, and how a refused form is told."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from torg.core.errors import Invalid
from torg.inbox import queries, screens
from torg.people.access import StaffRequest
from torg.ui import respond

PARTS = {
    "answering": "inbox/parts/answering.html",
    "actions": "inbox/parts/thread_actions.html",
    "notes": "inbox/parts/notes.html",
}


def sheet_context(request: StaffRequest, enquiry_id: UUID, *, at: datetime) -> dict[str, Any]:
    """What the parts of an enquiry are made of. Raises NotFound."""
    to, enquiry = back(request, enquiry_id), queries.enquiry_for(request.person, enquiry_id, at=at)
    return screens.of_thread(request.person, enquiry, at=at, back=to, is_swap=respond.wants_part(request))


def acted(
    request: StaffRequest, enquiry_id: UUID, part: str, *, at: datetime, toast: respond.Toast | str
) -> HttpResponse:
    """After an act: the part as it is now, with the enquiry's new version beside it; else back to the page."""
    if not respond.wants_part(request):
        return respond.done(request, to=back(request, enquiry_id), toast=toast)
    context = sheet_context(request, enquiry_id, at=at)
    return respond.done(request, to=context["back"], template=PARTS[part], context=context, toast=toast)


def back(request: StaffRequest, enquiry_id: UUID | None = None) -> str:
    """Where to go without JavaScript: where the form says, if that is one of our own pages, else the enquiry."""
    asked = request.POST.get("next", "")
    if asked and url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()}, require_https=False):
        return asked
    return f"/desk/enquiries/{enquiry_id}/" if enquiry_id else "/desk/queue/"


def values(form: forms.Form) -> dict[str, Any]:
    """What was filled in; raises Invalid with the first thing that is wrong."""
    if form.is_valid():
        return form.cleaned_data
    field, problems = next(iter(form.errors.items()))
    raise Invalid(str(problems[0]), field=field)


def address(name: str, public_id: UUID) -> str:
    """The address of an end point of the inbox."""
    return reverse(f"inbox:{name}", args=[public_id])
