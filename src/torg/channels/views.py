"""Connecting an account, and looking after it; how it is, the desk shows."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from torg.channels import commands, forms, queries
from torg.channels.models import ConnectionState
from torg.channels.types import Account
from torg.core import clock
from torg.core.errors import Invalid
from torg.people.access import StaffRequest, requires
from torg.people.types import Permission
from torg.registry import queries as registry
from torg.ui import respond

FORM = "channels/connect.html"


@sensitive_post_parameters()
@requires(Permission.MANAGE_PRESENCE)
@require_http_methods(["GET", "POST"])
def connect(request: StaffRequest, presence_id: UUID) -> HttpResponse:
    """Connect a page of ours to its account on Facebook."""
    at = clock.now()
    presence = registry.presence_or_absent(request.person, presence_id, at=at)
    form = forms.ConnectForm(request.POST or None)
    context = {"form": form, "presence": presence}
    if request.method == "GET" or not form.is_valid():
        return respond.respond(request, FORM, context, status=422 if form.errors else 200)
    respond.redraw_on_refusal(request, FORM, context, form=form)
    made = commands.connect(
        presence_id=presence_id, account=form.account(), secrets=form.secrets(), by=request.person, at=at
    )
    return respond.done(request, to=_page(made.public_id), toast=_("Connected. What people write arrives from now on."))


@sensitive_post_parameters()
@requires(Permission.MANAGE_PRESENCE)
@require_http_methods(["GET", "POST"])
def reconnect(request: StaffRequest, connection_id: UUID) -> HttpResponse:
    """Give a connection new keys."""
    at = clock.now()
    connection = queries.connection_seen_by(request.person, connection_id, at=at)
    form = forms.SecretsForm(request.POST or None)
    context = {"form": form, "presence": connection.presence, "connection": connection}
    if request.method == "GET" or not form.is_valid():
        return respond.respond(request, FORM, context, status=422 if form.errors else 200)
    account = Account(connection.platform, connection.external_id, connection.app_id)
    tried = commands.reconnect(account=account, secrets=form.secrets(), by=request.person, at=at)
    if tried.state == ConnectionState.ACTIVE:
        return respond.done(request, to=_page(connection_id), toast=_("Connected again."))
    form.add_error(None, tried.problem)
    return respond.respond(request, FORM, context, status=422)


@requires(Permission.MANAGE_PRESENCE)
@require_POST
def check(request: StaffRequest, connection_id: UUID) -> HttpResponse:
    """Ask the platform what we may do."""
    at = clock.now()
    checked = commands.check_connection(connection_id=connection_id, by=request.person, at=at)
    is_well = queries.health_of(checked, at=at).is_well
    said = _("Checked: all is well.") if is_well else _("Checked. Something needs a look: see below.")
    return respond.done(request, to=_page(connection_id), toast=said)


@requires(Permission.MANAGE_PRESENCE)
@require_POST
def history(request: StaffRequest, connection_id: UUID) -> HttpResponse:
    """Fetch the last year."""
    commands.import_history(connection_id=connection_id, by=request.person, at=clock.now())
    said = _("We fetch the last year in the background. You can leave this page.")
    return respond.done(request, to=_page(connection_id), toast=said)


@requires(Permission.MANAGE_PRESENCE)
@require_POST
def media(request: StaffRequest, connection_id: UUID) -> HttpResponse:
    """Decide whether pictures and films are kept."""
    form = forms.MediaForm(request.POST)
    if not form.is_valid():
        raise Invalid(_("Choose whether pictures and films are kept."))
    keeps = form.cleaned_data["keeps_media"] == "yes"
    commands.decide_media(connection_id=connection_id, keeps_media=keeps, by=request.person, at=clock.now())
    said = _("Pictures and films are kept from now on.") if keeps else _("Pictures and films are no longer kept.")
    return respond.done(request, to=_page(connection_id), toast=said)


@requires(Permission.MANAGE_PRESENCE)
@require_POST
def closure(request: StaffRequest, connection_id: UUID) -> HttpResponse:
    """Disconnect."""
    commands.close(connection_id=connection_id, by=request.person, at=clock.now())
    return respond.done(
        request, to=_page(connection_id), toast=_("Disconnected. The platform is told, and then our key is destroyed.")
    )


@requires(Permission.MANAGE_PRESENCE)
@require_POST
def replay(request: StaffRequest) -> HttpResponse:
    """Take in once more what could not be taken in."""
    count = commands.replay_failed(by=request.person, at=clock.now())
    said = ngettext("%(count)d delivery is taken in again.", "%(count)d deliveries are taken in again.", count)
    return respond.done(request, to=reverse("desk:channels"), toast=said % {"count": count})


def _page(connection_id: UUID) -> str:
    return reverse("desk:channel", args=[connection_id])
