"""What the municipality decides for its inbox: deadlines, how a page works, and the help numbers."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from torg.core import clock
from torg.inbox import commands, forms, policies, queries, wording
from torg.inbox.views import acting, setting_up
from torg.people import queries as people
from torg.people.access import StaffRequest, requires
from torg.people.types import Permission
from torg.ui import respond

FOR_ALL = ("all", gettext_lazy("Everybody"))


@requires(Permission.MANAGE_PRESENCE)
@require_http_methods(["GET", "POST"])
def deadlines(request: StaffRequest) -> HttpResponse:
    """The deadline rules in words, and a form for the next one."""
    at = clock.now()
    form = forms.RuleForm(request.POST or None, holders=_holders(request))
    lines = [(line, wording.rule_in_words(line.rule)) for line in queries.rules_for(request.person, at=at)]
    context = {"form": form, "lines": lines}
    page = "inbox/settings/deadlines.html"
    if not setting_up.is_filled_in(form):
        return setting_up.shown(request, page, "deadlines", context, form=form)
    respond.redraw_on_refusal(request, page, {**context, **setting_up.frame(request, "deadlines")}, form=form)
    commands.set_rule(**form.rule(), **_held_by(request, form.cleaned_data["holder"]), by=request.person, at=at)
    return respond.done(request, to=reverse("inbox:deadlines"), toast=_("The rule is set."))


@requires(Permission.MANAGE_PRESENCE)
@require_GET
def choices(request: StaffRequest) -> HttpResponse:
    """How the inbox works, for all and on each page."""
    context = {"pages": queries.choices_managed(request.person, at=clock.now())}
    return setting_up.shown(request, "inbox/settings/choices.html", "choices", context)


@requires(Permission.MANAGE_PRESENCE)
@require_http_methods(["GET", "POST"])
def choices_for_all(request: StaffRequest) -> HttpResponse:
    """How the inbox works where a page has no choices of its own."""
    return _choices(request, None, name=_("Everybody"))


@requires(Permission.MANAGE_PRESENCE)
@require_http_methods(["GET", "POST"])
def choices_for_page(request: StaffRequest, presence_id: UUID) -> HttpResponse:
    """How the inbox works on one page."""
    presence = queries.page_managed(request.person, presence_id, at=clock.now())
    return _choices(request, presence.scope_id, name=presence.name)


@requires(Permission.MANAGE_PRESENCE)
@require_GET
def help_lines(request: StaffRequest) -> HttpResponse:
    """The help numbers, who has checked each, and the procedure card they stand on."""
    context = {
        "lines": [(line, forms.HelpLineForm(initial={"number": line.number})) for line in queries.help_lines()],
        "may_check": people.may(request.person, Permission.MANAGE_PRESENCE, scope_id=None, at=clock.now()),
    }
    return setting_up.shown(request, "inbox/settings/help_lines.html", "help", context)


@requires(Permission.MANAGE_PRESENCE)
@require_POST
def help_line(request: StaffRequest, line_id: UUID) -> HttpResponse:
    """Say that a number was looked up and is right."""
    number = acting.values(forms.HelpLineForm(request.POST))["number"]
    commands.check_help_line(line_id=line_id, number=number, by=request.person, at=clock.now())
    return respond.done(request, to=reverse("inbox:help-lines"), toast=_("Noted as checked by you."))


def _choices(request: StaffRequest, scope_id: UUID | None, *, name: str) -> HttpResponse:
    policies.check_can_set_rules(request.person, scope_id=scope_id, at=clock.now())
    setting = queries.setting_for(scope_id)
    initial = {field: getattr(setting, field) for field in forms.ChoicesForm.base_fields}
    form = forms.ChoicesForm(request.POST or None, initial=initial)
    context = {"form": form, "name": name}
    page = "inbox/settings/choices_one.html"
    if not setting_up.is_filled_in(form):
        return setting_up.shown(request, page, "choices", context, form=form)
    respond.redraw_on_refusal(request, page, {**context, **setting_up.frame(request, "choices")}, form=form)
    commands.change_setting(scope_id=scope_id, values=form.cleaned_data, by=request.person, at=clock.now())
    return respond.done(request, to=reverse("inbox:choices"), toast=_("The choices are saved."))


def _holders(request: StaffRequest) -> list[tuple[str, str]]:
    """For whom the person may set a rule: for all and for units only who decides for the whole municipality."""
    at = clock.now()
    pages = [(f"page:{row.public_id}", row.name) for row in queries.pages_managed(request.person, at=at)]
    if not people.may(request.person, Permission.MANAGE_PRESENCE, scope_id=None, at=at):
        return pages
    units = [(f"unit:{unit.public_id}", unit.name) for unit in queries.units()]
    return [(FOR_ALL[0], str(FOR_ALL[1])), *units, *pages]


def _held_by(request: StaffRequest, holder: str) -> dict[str, Any]:
    kind, _colon, public_id = holder.partition(":")
    if kind == "page":
        return {"scope_id": queries.page_managed(request.person, UUID(public_id), at=clock.now()).scope_id}
    return {"unit_id": UUID(public_id)} if kind == "unit" else {}
