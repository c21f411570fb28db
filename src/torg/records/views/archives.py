"""The archive that we deliver to, and what a person must see to."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from torg.connectors.contract import ChannelError
from torg.core import clock
from torg.core.errors import Invalid, NotFound, Unavailable
from torg.people.access import StaffRequest, requires, requires_everywhere
from torg.people.queries import may
from torg.people.types import Permission
from torg.records import archive_forms, archive_words, collecting, commands, deliveries
from torg.records.documents import programs
from torg.ui import respond

PAGE = "records/archive.html"
MOST_SHOWN = 100


@sensitive_post_parameters()
@requires_everywhere(Permission.JOURNAL)
@require_http_methods(["GET", "POST"])
def archive(request: StaffRequest) -> HttpResponse:
    """How the archive is reached; connect it, or give it new keys."""
    core, at = deliveries.archive_in_force(), clock.now()
    form = archive_forms.ArchiveForm(request.POST) if request.method == "POST" else archive_forms.form_for(core)
    context = {
        "core": core,
        "problem": archive_words.shown(core.problem) if core else "",
        "form": form,
        "period": archive_forms.PeriodForm(),
        "standing": deliveries.standing(request.person, at=at),
    }
    if request.method == "GET" or not form.is_valid():
        return respond.respond(request, PAGE, context, status=422 if form.errors else 200)
    respond.redraw_on_refusal(request, PAGE, context, form=form)
    commands.connect_archive(wanted=form.wanted(), secrets=form.secrets(), by=request.person, at=at)
    collecting.send_on(by=request.person, at=at)
    return respond.done(request, to=_page(), toast=_("Connected. What is journaled goes to the archive from now on."))


@requires_everywhere(Permission.JOURNAL)
@require_POST
def check(request: StaffRequest) -> HttpResponse:
    """Try the connection."""
    checked = commands.check_archive(by=request.person, at=clock.now())
    said = _("The archive does not answer as it should: see below.") if checked.problem else _("The archive answers.")
    return respond.done(request, to=_page(), toast=said)


@requires_everywhere(Permission.JOURNAL)
@require_POST
def comparison(request: StaffRequest) -> HttpResponse:
    """Find what is missing on either side."""
    core = deliveries.archive_in_force()
    if core is None:
        raise NotFound(_("No archive is connected."))
    try:
        found = collecting.compare(core, by=request.person, at=clock.now())
    except ChannelError as error:
        raise Unavailable(_("The archive does not answer now. Try again later.")) from error
    if found is None:
        raise Invalid(_("This archive cannot be asked what it has. What has no receipt is what is missing."))
    missing = bool(found.missing_there or found.unknown_here)
    said = _("Compared. Something is missing: see below.") if missing else _("Compared. Nothing is missing.")
    return respond.done(request, to=_page(), toast=said)


@requires_everywhere(Permission.JOURNAL)
@require_POST
def period(request: StaffRequest) -> HttpResponse:
    """Close a period."""
    form = archive_forms.PeriodForm(request.POST)
    if not form.is_valid():
        raise Invalid(_("Choose a day."), field="until")
    commands.close_period(until=form.cleaned_data["until"], by=request.person, at=clock.now())
    return respond.done(request, to=_page(), toast=_("The period is closed."))


@requires_everywhere(Permission.JOURNAL)
@require_POST
def closure(request: StaffRequest) -> HttpResponse:
    """Disconnect the archive."""
    commands.disconnect_archive(by=request.person, at=clock.now())
    return respond.done(request, to=_page(), toast=_("Disconnected, and the keys are erased."))


@requires(Permission.JOURNAL)
@require_GET
def inbox(request: StaffRequest) -> HttpResponse:
    """What the archive did not accept, in its own words, and how the rest stands."""
    at = clock.now()
    refused = deliveries.needing_a_person(request.person, at=at)[:MOST_SHOWN]
    context = {
        "may_connect": may(request.person, Permission.JOURNAL, scope_id=None, at=at),
        "refused": [(row, archive_words.shown(row.archive_reason)) for row in refused],
        "absent": programs.missing(),
        "unready": deliveries.lacking_archive_format(request.person, at=at)[:MOST_SHOWN],
        "standing": deliveries.standing(request.person, at=at),
        "form": archive_forms.GiveUpForm(),
    }
    return respond.respond(request, "records/deliveries.html", context)


@requires(Permission.JOURNAL)
@require_POST
def again(request: StaffRequest, delivery_id: UUID) -> HttpResponse:
    """Send it again, when it is mended."""
    commands.deliver_again(delivery_id=delivery_id, by=request.person, at=clock.now())
    return respond.done(request, to=reverse("records:deliveries"), toast=_("It is sent again."))


@requires(Permission.JOURNAL)
@require_POST
def surrender(request: StaffRequest, delivery_id: UUID) -> HttpResponse:
    """Leave it undelivered."""
    because = request.POST.get("because", "")
    commands.give_up_delivery(delivery_id=delivery_id, because=because, by=request.person, at=clock.now())
    return respond.done(request, to=reverse("records:deliveries"), toast=_("It is given up, and the reason is kept."))


def _page() -> str:
    return reverse("records:archive")
