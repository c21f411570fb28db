"""A presence's history, its exports, and how it closes, merges, or goes on as another."""

from datetime import datetime
from uuid import UUID

from django.http import FileResponse, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from torg.core import clock
from torg.people.access import StaffRequest, requires
from torg.people.types import Permission
from torg.registry import commands as registry
from torg.registry import forms, policies, queries
from torg.registry.models import Presence
from torg.registry.views import sheet
from torg.registry.words import ExportState
from torg.ui import respond


@requires(Permission.READ)
@require_GET
def history(request: StaffRequest, presence_id: UUID) -> HttpResponse:
    """What has happened to it, and how it ends."""
    at = clock.now()
    shown = sheet.presence_of(request, presence_id, at=at)
    return respond.respond(request, "registry/history.html", lived(request, shown, at))


@requires(Permission.MANAGE_PRESENCE)
@require_POST
def exports(request: StaffRequest, presence_id: UUID) -> HttpResponse:
    """Order an export."""
    registry.order_export(presence_id=presence_id, by=request.person, at=clock.now())
    said = _("The export is being made. You can leave this page.")
    return respond.done(request, to=reverse("registry:history", args=[presence_id]), toast=said)


@requires(Permission.MANAGE_PRESENCE)
@require_POST
def export_file(request: StaffRequest, presence_export_id: UUID) -> FileResponse:
    """Fetch an export, in pieces; who did is in the log."""
    export, file = registry.fetch_export(export_id=presence_export_id, by=request.person, at=clock.now())
    name = f"eksport-{export.ordered_at:%Y-%m-%d}.zip"
    return FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")


@requires(Permission.MANAGE_PRESENCE)
@require_POST
def closure(request: StaffRequest, presence_id: UUID) -> HttpResponse:
    """Record that it is closed."""
    at = clock.now()
    shown, form = sheet.presence_of(request, presence_id, at=at), forms.ClosureForm(request.POST)
    return sheet.Answer("history", lived, "closure_form", _("It is recorded as closed.")).to(
        request,
        shown,
        form,
        lambda: registry.close_presence(presence_id=presence_id, ending=form.ending(), by=request.person, at=at),
        at=at,
    )


@requires(Permission.MANAGE_PRESENCE)
@require_POST
def merger(request: StaffRequest, presence_id: UUID) -> HttpResponse:
    """Merge it into another."""
    at = clock.now()
    shown = sheet.presence_of(request, presence_id, at=at)
    form = forms.MergerForm(request.POST, others=_others(request, shown, at))
    return sheet.Answer("history", lived, "merger_form", _("The pages are merged.")).to(
        request,
        shown,
        form,
        lambda: registry.merge_presence(
            presence_id=presence_id,
            into_id=UUID(form.cleaned_data["other"]),
            ending=form.ending(),
            because=form.cleaned_data["because"],
            by=request.person,
            at=at,
        ),
        at=at,
    )


@requires(Permission.MANAGE_PRESENCE)
@require_POST
def successions(request: StaffRequest, presence_id: UUID) -> HttpResponse:
    """Record what it was split into, or replaced by."""
    at = clock.now()
    shown = sheet.presence_of(request, presence_id, at=at)
    form = forms.SuccessionForm(request.POST, others=_others(request, shown, at))
    return sheet.Answer("history", lived, "succession_form", _("It is recorded.")).to(
        request,
        shown,
        form,
        lambda: registry.record_succession(
            from_id=presence_id, to_id=UUID(form.cleaned_data["other"]), link=form.link(), by=request.person, at=at
        ),
        at=at,
    )


def lived(request: StaffRequest, shown: Presence, at: datetime) -> sheet.Context:
    """What the page on history and closing shows."""
    others = _others(request, shown, at)
    made = list(shown.exports.select_related("ordered_by").order_by("-ordered_at"))
    ready = [one for one in made if one.state == ExportState.READY and one.made_at is not None]
    return {
        **sheet.frame(request, shown, "history", at=at),
        "events": queries.timeline(shown, seen_by=request.person, at=at),
        "exports": made,
        "is_exported": any(one.made_at >= at - policies.FRESH for one in ready),
        "closure_form": forms.ClosureForm(),
        "merger_form": forms.MergerForm(others=others) if others else None,
        "succession_form": forms.SuccessionForm(others=others) if others else None,
    }


def _others(request: StaffRequest, shown: Presence, at: datetime) -> list[Presence]:
    """What it could be tied to: nothing secret, and nothing for what is secret itself."""
    if shown.scope.is_secret:
        return []
    rows = queries.open_presences(request.person, at=at).filter(scope__is_secret=False)
    return list(rows.exclude(pk=shown.pk))
