"""The lists that all use: ready answers, labels, and guides to case handling."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from torg.core import clock
from torg.inbox import canned, commands, forms, queries
from torg.inbox.models import CannedAnswer
from torg.inbox.views import setting_up
from torg.people.access import StaffRequest, requires
from torg.people.types import Permission
from torg.ui import respond


@requires(Permission.ANSWER)
@require_http_methods(["GET", "POST"])
def canned_answers(request: StaffRequest) -> HttpResponse:
    """Ready answers, and a form for a new one; “show” fills in the variables with an example."""
    at = clock.now()
    units = [(str(unit.public_id), unit.name) for unit in queries.units()]
    form = forms.NewCannedForm(request.POST or None, units=units, initial={"language": "nb"})
    context: dict[str, Any] = {"form": form, "rows": _kept(request), **_variables(request)}
    page = "inbox/settings/canned.html"
    if not setting_up.is_filled_in(form):
        return setting_up.shown(request, page, "canned", context, form=form)
    respond.redraw_on_refusal(request, page, {**context, **setting_up.frame(request, "canned")}, form=form)
    if "preview" in request.POST:
        return setting_up.shown(request, page, "canned", {**context, "preview": _filled(request, form)})
    values = form.cleaned_data
    unit_id = values.pop("unit")
    commands.make_canned(**values, unit_id=unit_id, by=request.person, at=at)
    return respond.done(request, to=reverse("inbox:canned"), toast=_("The ready answer is kept."))


@requires(Permission.ANSWER)
@require_http_methods(["GET", "POST"])
def canned_answer(request: StaffRequest, canned_id: UUID) -> HttpResponse:
    """One ready answer: write a new version of it."""
    at = clock.now()
    row = queries.canned_or_absent(canned_id)
    initial = {"title": row.title, "language": row.language, "text": canned.for_people(row.text)}
    form = forms.CannedForm(request.POST or None, initial=initial)
    context: dict[str, Any] = {"form": form, "row": row, **_variables(request)}
    page = "inbox/settings/canned_one.html"
    if not setting_up.is_filled_in(form):
        return setting_up.shown(request, page, "canned", context, form=form)
    respond.redraw_on_refusal(request, page, {**context, **setting_up.frame(request, "canned")}, form=form)
    if "preview" in request.POST:
        return setting_up.shown(request, page, "canned", {**context, "preview": _filled(request, form)})
    commands.rewrite_canned(canned_id=canned_id, **form.cleaned_data, by=request.person, at=at)
    return respond.done(request, to=reverse("inbox:canned"), toast=_("The new version is in use."))


@requires(Permission.ANSWER)
@require_POST
def canned_retirement(request: StaffRequest, canned_id: UUID) -> HttpResponse:
    """Take a ready answer out of use."""
    commands.retire_canned(canned_id=canned_id, by=request.person, at=clock.now())
    return respond.done(request, to=reverse("inbox:canned"), toast=_("The ready answer is out of use."))


@requires(Permission.ANSWER)
@require_http_methods(["GET", "POST"])
def label_list(request: StaffRequest) -> HttpResponse:
    """Labels, and a form for a new one."""
    form = forms.LabelMakingForm(request.POST or None)
    context = {"form": form, "rows": queries.labels_kept()}
    page = "inbox/settings/labels.html"
    if not setting_up.is_filled_in(form):
        return setting_up.shown(request, page, "labels", context, form=form)
    respond.redraw_on_refusal(request, page, {**context, **setting_up.frame(request, "labels")}, form=form)
    commands.make_label(name=form.cleaned_data["name"], by=request.person, at=clock.now())
    return respond.done(request, to=reverse("inbox:label-list"), toast=_("The label can be used now."))


@requires(Permission.ANSWER)
@require_POST
def label_retirement(request: StaffRequest, label_id: UUID) -> HttpResponse:
    """Take a label out of use; it stays where it sits."""
    commands.retire_label(label_id=label_id, by=request.person, at=clock.now())
    return respond.done(request, to=reverse("inbox:label-list"), toast=_("The label is out of use."))


@requires(Permission.ANSWER)
@require_http_methods(["GET", "POST"])
def guides(request: StaffRequest) -> HttpResponse:
    """Where to apply, and a form for a new guide."""
    form = forms.GuideMakingForm(request.POST or None, initial={"language": "nb"})
    rows = [(row, canned.for_people(row.text)) for row in queries.guides_kept()]
    context = {"form": form, "rows": rows}
    page = "inbox/settings/guides.html"
    if not setting_up.is_filled_in(form):
        return setting_up.shown(request, page, "guides", context, form=form)
    respond.redraw_on_refusal(request, page, {**context, **setting_up.frame(request, "guides")}, form=form)
    commands.make_guide(**form.cleaned_data, by=request.person, at=clock.now())
    return respond.done(request, to=reverse("inbox:guides"), toast=_("The guide is offered from now on."))


@requires(Permission.ANSWER)
@require_POST
def guide_retirement(request: StaffRequest, guide_id: UUID) -> HttpResponse:
    """Take a guide out of use."""
    commands.retire_guide(guide_id=guide_id, by=request.person, at=clock.now())
    return respond.done(request, to=reverse("inbox:guides"), toast=_("The guide is out of use."))


def _kept(request: StaffRequest) -> list[tuple[CannedAnswer, str]]:
    """The ready answers in use, each as it would look."""
    example = canned.example(sender=request.person.name)
    return [(row, canned.fill(row.text, example)) for row in queries.canned_kept()]


def _variables(request: StaffRequest) -> dict[str, Any]:
    example = canned.example(sender=request.person.name)
    shown = example.as_mapping()
    return {"variables": [(canned.WORDS[name], meaning, shown[name]) for name, meaning in canned.MEANINGS.items()]}


def _filled(request: StaffRequest, form: forms.CannedForm) -> str:
    return canned.fill(form.cleaned_data["text"], canned.example(sender=request.person.name))
