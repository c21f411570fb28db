"""The staff's page on integrations, and the API's description to read."""

from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from torg.api import commands, forms, queries
from torg.api.models import Integration
from torg.api.rest import api
from torg.core import clock
from torg.people import queries as people
from torg.people.access import StaffRequest, requires, signed_in
from torg.people.models import Scope
from torg.people.types import Permission
from torg.ui import respond

METHODS = ("get", "post", "put", "patch", "delete")


@requires(Permission.MANAGE_API)
@require_http_methods(["GET", "POST"])
def index(request: StaffRequest) -> HttpResponse:
    """Every integration, and a form for a new one; a new token is shown this once."""
    at = clock.now()
    form = _form(request, at)
    context: dict[str, Any] = {
        "form": form,
        "integrations": Integration.objects.select_related("person").order_by("-made_at"),
    }
    if request.method == "GET" or not form.is_valid():
        return respond.respond(request, "api/index.html", context, status=422 if form.errors else 200)
    respond.redraw_on_refusal(request, "api/index.html", context, form=form)
    made = commands.make_integration(grant=_grant(form), by=request.person, at=at)
    return respond.respond(request, "api/token.html", {"made": made}, status=201)


@requires(Permission.MANAGE_API)
@require_POST
def revoke(request: StaffRequest, integration_id: UUID) -> HttpResponse:
    """Take the access away."""
    commands.revoke_integration(integration_id=integration_id, by=request.person, at=clock.now())
    return respond.done(request, to=reverse("api:index"), toast=_("The access is taken away."))


@signed_in
@require_GET
def reference(request: StaffRequest) -> HttpResponse:
    """The API's own description as a page, without anything fetched from elsewhere."""
    schema = api.get_openapi_schema()
    operations = [
        {"method": method.upper(), "path": path, **operation}
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
        if method in METHODS
    ]
    context = {"operations": operations, "description": schema["info"]["description"], "events": queries.event_names()}
    return respond.respond(request, "api/reference.html", context)


def _form(request: StaffRequest, at: datetime) -> forms.IntegrationForm:
    named = people.scopes_for(request.person, Permission.READ, at=at).exclude(name="")
    places = named.order_by("name").values_list("id", "name")
    held = people.permissions_of(request.person, at=at)
    allowed = [one for one in Permission if one in held]
    return forms.IntegrationForm(
        request.POST or None, places=[(str(key), name) for key, name in places], allowed=allowed
    )


def _grant(form: forms.IntegrationForm) -> commands.Grant:
    typed = form.cleaned_data
    last_moment = datetime.combine(typed["expires_on"], time.max, tzinfo=timezone.get_current_timezone())
    return commands.Grant(
        name=typed["name"],
        permissions=[Permission(value) for value in typed["permissions"]],
        scopes=list(Scope.objects.filter(id__in=typed["scopes"])),
        expires_at=last_moment,
    )
