"""Writing, approving and correcting statements."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from torg.core import clock
from torg.crisis import commands, forms, passing, queries, wording
from torg.crisis.models import Statement, StatementVersion, StatementWithdrawal
from torg.crisis.types import StatementState, Wordings
from torg.crisis.views import checked
from torg.crisis.views.frames import frame, is_id, may_take_down
from torg.people.access import StaffRequest, signed_in
from torg.publishing.loading import found
from torg.ui import respond

PAGE = "crisis/statement.html"


@signed_in
@require_http_methods(["GET", "POST"])
def new(request: StaffRequest, incident_id: UUID) -> HttpResponse:
    """A new statement."""
    at = clock.now()
    form = forms.StatementForm(request.POST or None, main=queries.main_language())
    context = {**frame(request, incident_id, current="incident", at=at), "form": form}
    if request.method == "GET" or not form.is_valid():
        return respond.respond(request, "crisis/statement_new.html", context, status=422 if form.errors else 200)
    respond.redraw_on_refusal(request, "crisis/statement_new.html", context, form=form)
    row = commands.draft_statement(incident_id=incident_id, texts=form.wordings(), by=request.person, at=at)
    return respond.done(request, to=_to(row), toast=_("Written. Read it once more, and approve it."))


@signed_in
@require_GET
def statement(request: StaffRequest, statement_id: UUID) -> HttpResponse:
    """A draft to approve with what the check says of it, or a statement with how far it has come."""
    return respond.respond(request, PAGE, _context(request, statement_id))


@signed_in
@require_POST
def rewrite(request: StaffRequest, statement_id: UUID) -> HttpResponse:
    """Write the draft anew."""
    context = _context(request, statement_id)
    form = context["form"] = forms.StatementForm(request.POST, main=context["statement"].language)
    if not form.is_valid():
        return respond.respond(request, PAGE, context, status=422)
    respond.redraw_on_refusal(request, PAGE, context, form=form)
    row = commands.rewrite_statement(
        statement_id=statement_id,
        texts=form.wordings(),
        seen_version=_seen(request),
        by=request.person,
        at=clock.now(),
    )
    return respond.done(request, to=_to(row), toast=_("Written. Read it once more, and approve it."))


@signed_in
@require_POST
def publish(request: StaffRequest, statement_id: UUID) -> HttpResponse:
    """Approve it once, and publish it everywhere; the officer may let it past the check in the same act."""
    chosen = [UUID(one) for one in request.POST.getlist("target") if is_id(one)]
    respond.redraw_on_refusal(request, PAGE, _context(request, statement_id))
    row = commands.publish_statement(
        statement_id=statement_id,
        seen_version=_seen(request),
        targets=chosen,
        past=checked.past(request),
        by=request.person,
        at=clock.now(),
    )
    said = _("Statement %(number)d is out: on the status page now, and on its way to %(count)d channels.")
    return respond.done(request, to=_to(row), toast=said % {"number": row.number, "count": row.targets})


@signed_in
@require_POST
def drop(request: StaffRequest, statement_id: UUID) -> HttpResponse:
    """Put the draft away."""
    row = commands.drop_statement(statement_id=statement_id, by=request.person, at=clock.now())
    to = reverse("crisis:incident", args=[row.incident.public_id])
    return respond.done(request, to=to, toast=_("The draft is put away."))


@signed_in
@require_POST
def correct(request: StaffRequest, statement_id: UUID) -> HttpResponse:
    """Correct what is out; what the check stops in the new text is shown with it."""
    context = _context(request, statement_id)
    said = context["version"].texts
    form = context["form"] = forms.CorrectionForm(request.POST, main=context["statement"].language, said=said)
    if not form.is_valid():
        return respond.respond(request, PAGE, context, status=422)
    context |= _checked(request, context["statement"], form.wordings())
    respond.redraw_on_refusal(request, PAGE, context, form=form)
    row = commands.correct_statement(
        statement_id=statement_id,
        texts=form.wordings(),
        told=form.told(),
        fitting=form.fitting(),
        seen_version=_seen(request),
        past=checked.past(request),
        by=request.person,
        at=clock.now(),
    )
    return respond.done(request, to=_to(row), toast=_("The correction is out, and marked as one."))


@signed_in
@require_POST
def withdraw(request: StaffRequest, statement_id: UUID) -> HttpResponse:
    """Take back what is out."""
    context = _context(request, statement_id)
    form = context["withdrawal_form"] = _withdrawal_form(context["statement"], request.POST)
    if not form.is_valid():
        return respond.respond(request, PAGE, context, status=422)
    respond.redraw_on_refusal(request, PAGE, context, form=form)
    row = commands.withdraw_statement(
        statement_id=statement_id,
        reason=form.cleaned_data["why"],
        told=form.told(),
        deletes_posts=form.cleaned_data["deletes_posts"],
        by=request.person,
        at=clock.now(),
    )
    return respond.done(request, to=_to(row), toast=_("It is withdrawn, and the status page says so."))


def _context(request: StaffRequest, statement_id: UUID) -> dict[str, Any]:
    at = clock.now()
    rows = Statement.objects.visible_to(request.person, at=at).select_related("incident", "approved_by", "made_by")
    row: Statement = found(rows, statement_id)
    version: StatementVersion = row.versions.select_related("made_by").get(number=row.newest_version)
    context = {
        **frame(request, row.incident.public_id, current="incident", at=at),
        "statement": row,
        "version": version,
        "texts": [
            (code, name, version.texts[code]["title"], queries.html_of(version, code))
            for code, name in forms.LANGUAGES
            if code in version.texts
        ],
        "form": _form(row, version),
        "withdrawal_form": _withdrawal_form(row),
        "spread": queries.spread_of([row])[row.pk],
    }
    if row.state == StatementState.PUBLISHED:
        context["may_take_down"] = may_take_down(request, context)
    if row.state == StatementState.WITHDRAWN:
        context["withdrawal"] = StatementWithdrawal.objects.select_related("withdrawn_by").get(statement=row)
    if row.state == StatementState.DRAFT:
        context |= _on_the_way(request, row, version)
    return context


def _form(row: Statement, version: StatementVersion) -> forms.StatementForm:
    initial = {f"{name}_{code}": said[name] for code, said in version.texts.items() for name in ("title", "body")}
    if row.state == StatementState.PUBLISHED:
        return forms.CorrectionForm(initial=initial, main=row.language, said=version.texts)
    return forms.StatementForm(initial=initial, main=row.language)


def _withdrawal_form(row: Statement, sent: QueryDict | None = None) -> forms.WithdrawalForm:
    return forms.WithdrawalForm(sent, main=row.language, says_why=row.incident.allows_own_approval)


def _on_the_way(request: StaffRequest, row: Statement, version: StatementVersion) -> dict[str, Any]:
    """Where a draft would go, in which language, and what the check says of it."""
    at = clock.now()
    targets = queries.targets_of(request.person, row.incident, at=at)
    names = dict(forms.LANGUAGES)
    said = wording.content(row, version, targets)
    return {
        "targets": [(one, names[post.language]) for one, post in zip(targets, said.channels, strict=True)],
        **checked.told(request, row.incident, passing.remarks_on(said, at=at)),
    }


def _checked(request: StaffRequest, row: Statement, texts: Wordings) -> dict[str, Any]:
    """What the check says of a corrected text that is not kept yet."""
    said = {code: {"title": said.title, "body": said.body} for code, said in texts.items() if said.title and said.body}
    content = wording.content(row, StatementVersion(statement=row, texts=said), queries.channels_of(row))
    return checked.told(request, row.incident, passing.remarks_on(content, at=clock.now()))


def _seen(request: StaffRequest) -> int:
    seen = request.POST.get("seen", "")
    return int(seen) if seen.isdecimal() and len(seen) < 9 else 0


def _to(row: Statement) -> str:
    return reverse("crisis:statement", args=[row.public_id])
