"""One conversation: beside the queue where there is room, a page of its own else."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from torg.core import clock
from torg.core.errors import NotFound
from torg.desk.queries import log as logs
from torg.desk.queries import rights
from torg.desk.queries import thread as queries
from torg.dialogue import queries as dialogue
from torg.dialogue.models import Attachment, AttachmentState
from torg.files import queries as files
from torg.files.serving import headers_for
from torg.inbox import queries as inbox
from torg.inbox import screens
from torg.moderation import forms
from torg.moderation import queries as moderation
from torg.people.access import StaffRequest, requires, signed_in
from torg.people.types import Permission
from torg.ui import respond


@never_cache
@signed_in
@require_GET
def thread(request: StaffRequest, thread_id: UUID) -> HttpResponse:
    """The conversation with its deadline, reasons, notes and the box to answer in."""
    at = clock.now()
    view = dialogue.thread_with_context(request.person, thread_id, at=at)
    enquiry = inbox.enquiry_about(request.person, view.thread, at=at)
    context: dict[str, Any] = {"at": at, "back": request.path}
    if enquiry is not None:
        context |= screens.of_thread(request.person, enquiry, at=at, back=request.path)
    context["rights"] = rights.in_scope(request.person, view.thread.scope_id, at=at)
    context["record"] = queries.record_of(view.thread, can_keep=context["rights"].journal)
    context["viewing"] = moderation.viewing_of(request.person)
    context["report"] = forms.ReportForm()
    context["page"] = queries.conversation(view, context.get("sheet"))
    return respond.respond(request, "desk/thread.html", context, partial="thread")


@signed_in
@require_GET
def enquiry(request: StaffRequest, enquiry_id: UUID) -> HttpResponse:
    """The page of an enquiry is the page of its thread."""
    thread_id = queries.thread_of(request.person, enquiry_id, at=clock.now())
    return HttpResponseRedirect(reverse("desk:thread", args=[thread_id]))


@requires(Permission.READ_AUDIT)
@require_GET
def log(request: StaffRequest, thread_id: UUID) -> HttpResponse:
    """What was done with one conversation, by whom."""
    at = clock.now()
    found = logs.of_thread(request.person, thread_id, at=at)
    context = {"story": found.story, "thread": found.thread}
    return respond.respond(request, "desk/thread_log.html", context, partial="story")


@requires(Permission.OPEN_SENSITIVE)
@require_GET
def attachment(request: StaffRequest, attachment_id: UUID) -> HttpResponse:
    """A picture that somebody sent and that we keep; never anything that could run."""
    visible = Attachment.objects.visible_to(request.person, at=clock.now(), permission=Permission.OPEN_SENSITIVE)
    found = visible.filter(public_id=attachment_id, state=AttachmentState.STORED).first()
    if found is None or found.sha256 is None:
        raise NotFound(_("The file does not exist."))
    headers = headers_for(files.stored(found.sha256), name=found.title or "vedlegg", in_place=True)
    return HttpResponse(files.read(found.sha256), headers=headers)
