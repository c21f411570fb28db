"""Legal references, rules of assessment, and how channels are treated."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from torg.core import clock
from torg.core.errors import Invalid
from torg.people.access import StaffRequest, requires, requires_everywhere
from torg.people.types import Permission
from torg.records import commands, forms, queries
from torg.records.codes import ChannelTreatment
from torg.records.days import day_of
from torg.ui import respond


@requires(Permission.JOURNAL)
@require_GET
def provisions(request: StaffRequest) -> HttpResponse:
    """Every legal reference with its dates, its source, and whether somebody has compared it with the law."""
    at = clock.now()
    found = queries.provisions(request.person, on=day_of(at), at=at)
    return respond.respond(request, "records/provisions.html", {"provisions": found})


@requires_everywhere(Permission.JOURNAL)
@require_POST
def check(request: StaffRequest, reference_id: UUID) -> HttpResponse:
    """Record that a legal reference was compared with the law."""
    commands.check_reference(reference_id=reference_id, by=request.person, at=clock.now())
    return respond.done(request, to=reverse("records:provisions"), toast=_("It is marked as checked."))


@requires_everywhere(Permission.JOURNAL)
@require_GET
def settings(request: StaffRequest) -> HttpResponse:
    """Rules of assessment and how channels are treated."""
    sheet = queries.settings_sheet()
    channels = [
        (row, forms.ChannelForm(initial={"treatment": row.treatment, "days": row.days}, auto_id=f"{row.channel}_%s"))
        for row in sheet.channels
    ]
    return respond.respond(request, "records/settings.html", {"sheet": sheet, "channels": channels})


@requires_everywhere(Permission.JOURNAL)
@require_POST
def switch_on(request: StaffRequest, rule_id: UUID) -> HttpResponse:
    """Let a rule decide."""
    commands.switch_rule_on(rule_id=rule_id, by=request.person, at=clock.now())
    return respond.done(request, to=reverse("records:settings"), toast=_("The rule is on. You answer for it."))


@requires_everywhere(Permission.JOURNAL)
@require_POST
def switch_off(request: StaffRequest, rule_id: UUID) -> HttpResponse:
    """Let a rule decide no more."""
    commands.switch_rule_off(rule_id=rule_id, by=request.person, at=clock.now())
    return respond.done(request, to=reverse("records:settings"), toast=_("The rule is off."))


@requires_everywhere(Permission.JOURNAL)
@require_POST
def channel(request: StaffRequest, channel_id: UUID) -> HttpResponse:
    """Decide how a channel is treated."""
    form = forms.ChannelForm(request.POST)
    if not form.is_valid():
        raise Invalid(_("Choose between 1 and 30 working days."))
    row = queries.channel_or_absent(channel_id)
    commands.change_channel(
        channel=row.channel,
        treatment=ChannelTreatment(form.cleaned_data["treatment"]),
        days=form.cleaned_data["days"],
        by=request.person,
        at=clock.now(),
    )
    return respond.done(request, to=reverse("records:settings"), toast=_("The changes are saved."))
