"""Writing down what somebody saw in a place without an API; what is sensitive becomes a case at once."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from torg.channels import commands as channels
from torg.core import clock
from torg.desk import forms
from torg.dialogue.models import Item
from torg.moderation import commands as moderation
from torg.people.access import StaffRequest, requires
from torg.people.types import Permission
from torg.registry import queries as registry
from torg.ui import respond

PAGE = "desk/by_hand.html"


@requires(Permission.HANDLE)
@require_http_methods(["GET", "POST"])
def by_hand(request: StaffRequest, presence_id: UUID) -> HttpResponse:
    """The form, and what comes of it: a conversation as any other, or a case."""
    at = clock.now()
    presence = registry.presence_or_absent(request.person, presence_id, at=at)
    form = forms.WrittenForm(request.POST or None)
    context = {"form": form, "presence": presence}
    if request.method == "GET" or not form.is_valid():
        return respond.respond(request, PAGE, context, status=422 if form.errors else 200)
    respond.redraw_on_refusal(request, PAGE, context, form=form)
    written = form.written()
    if form.ground is not None:
        case = moderation.report_by_hand(
            presence_id=presence_id, written=written, ground=form.ground, by=request.person, at=at
        )
        said = _("Written down, with the evidence. Remove it on the platform, and tell whoever wrote it.")
        return respond.done(request, to=reverse("desk:case", args=[case.public_id]), toast=said)
    down = channels.write_down(presence_id=presence_id, written=written, by=request.person, at=at)
    item = Item.objects.select_related("thread").get(connection=down.connection_id, external_id=down.external_id)
    to = reverse("desk:thread", args=[item.thread.public_id])
    return respond.done(request, to=to, toast=_("Written down. It is handled as any other conversation."))
