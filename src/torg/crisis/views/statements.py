"""Writing, approving and correcting statements."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from torg.core import clock
from torg.crisis import commands, forms, queries
from torg.crisis.models import Statement, StatementVersion
from torg.crisis.types import StatementState
from torg.crisis.views.frames import frame, valid
from torg.people.access import StaffRequest, requires
from torg.people.types import Permission
from torg.publishing.loading import found
from torg.ui import respond


@requires(Permission.READ)
@require_http_methods(["GET", "POST"])
def new(request: StaffRequest, incident_id: UUID) -> HttpResponse:
    """A new statement."""
    at = clock.now()
    form = forms.StatementForm(request.POST or None)
    context = {**frame(request, incident_id, current="incident", at=at), "form": form}
    if request.method == "GET" or not form.is_valid():
        return respond.respond(request, "crisis/statement_new.html", context, status=422 if form.errors else 200)
    respond.redraw_on_refusal(request, "crisis/statement_new.html", context, form=form)
    row = commands.draft_statement(incident_id=incident_id, texts=form.wordings(), by=request.person, at=at)
    return respond.done(request, to=_to(row), toast=_("Written. Read it once more, and approve it."))


@requires(Permission.READ)
@require_GET
def statement(request: StaffRequest, statement_id: UUID) -> HttpResponse:
    """A draft to approve, or a statement with how far it has come and its correction."""
    return respond.respond(request, "crisis/statement.html", _context(request, statement_id))


@requires(Permission.READ)
@require_POST
def rewrite(request: StaffRequest, statement_id: UUID) -> HttpResponse:
    """Write the draft anew."""
    form = forms.StatementForm(request.POST)
    valid(form)
    row = commands.rewrite_statement(
        statement_id=statement_id,
        texts=form.wordings(),
        seen_version=_seen(request),
        by=request.person,
        at=clock.now(),
    )
    return respond.done(request, to=_to(row), toast=_("Written. Read it once more, and approve it."))


@requires(Permission.READ)
@require_POST
def publish(request: StaffRequest, statement_id: UUID) -> HttpResponse:
    """Approve it once, and publish it everywhere."""
    chosen = [UUID(one) for one in request.POST.getlist("target") if _is_id(one)]
    row = commands.publish_statement(
        statement_id=statement_id, seen_version=_seen(request), targets=chosen, by=request.person, at=clock.now()
    )
    said = _("Statement %(number)d is out: on the status page now, and on its way to %(count)d channels.")
    return respond.done(request, to=_to(row), toast=said % {"number": row.number, "count": row.targets})


@requires(Permission.READ)
@require_POST
def drop(request: StaffRequest, statement_id: UUID) -> HttpResponse:
    """Put the draft away."""
    row = commands.drop_statement(statement_id=statement_id, by=request.person, at=clock.now())
    to = reverse("crisis:incident", args=[row.incident.public_id])
    return respond.done(request, to=to, toast=_("The draft is put away."))


@requires(Permission.READ)
@require_POST
def correct(request: StaffRequest, statement_id: UUID) -> HttpResponse:
    """Correct what is out."""
    form = forms.CorrectionForm(request.POST)
    told = valid(form)["told"]
    row = commands.correct_statement(
        statement_id=statement_id,
        texts=form.wordings(),
        told={"nb": told},
        seen_version=_seen(request),
        by=request.person,
        at=clock.now(),
    )
    return respond.done(request, to=_to(row), toast=_("The correction is out, and marked as one."))


def _context(request: StaffRequest, statement_id: UUID) -> dict[str, Any]:
    at = clock.now()
    rows = Statement.objects.visible_to(request.person, at=at).select_related("incident", "approved_by", "made_by")
    row: Statement = found(rows, statement_id)
    version: StatementVersion = row.versions.select_related("made_by").get(number=row.newest_version)
    made = forms.CorrectionForm if row.state == StatementState.PUBLISHED else forms.StatementForm
    return {
        **frame(request, row.incident.public_id, current="incident", at=at),
        "statement": row,
        "version": version,
        "texts": [(code, name, version.texts[code]) for code, name in forms.LANGUAGES if code in version.texts],
        "form": made(initial=_initial(version)),
        "targets": queries.targets_of(request.person, at=at),
        "spread": queries.spread_of([row])[row.pk],
    }


def _initial(version: StatementVersion) -> dict[str, str]:
    return {f"{name}_{code}": said[name] for code, said in version.texts.items() for name in ("title", "body")}


def _seen(request: StaffRequest) -> int:
    seen = request.POST.get("seen", "")
    return int(seen) if seen.isdecimal() and len(seen) < 9 else 0


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _to(row: Statement) -> str:
    return reverse("crisis:statement", args=[row.public_id])
