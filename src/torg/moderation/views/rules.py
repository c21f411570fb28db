"""The rulebook as those who keep it see it, and as colleagues read it."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from torg.core import clock
from torg.moderation import commands, comparison, forms, queries
from torg.moderation.models import Rule, RuleVersion
from torg.moderation.types import LANGUAGE_NAMES, LANGUAGES, RuleState, Wording
from torg.people import queries as people
from torg.people.access import StaffRequest, requires, requires_everywhere
from torg.people.types import Permission
from torg.ui import respond


@requires(Permission.READ)
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """Every rule with what holds, what is coming and what is worked on."""
    at = clock.now()
    context = {"lines": queries.rulebook(at=at), "may_keep": _may_keep(request), "at": at}
    return respond.respond(request, "moderation/rules/index.html", context)


@requires_everywhere(Permission.KEEP_RULES)
@require_POST
def adoption(request: StaffRequest) -> HttpResponse:
    """Begin with the rulebook that Torg comes with."""
    commands.adopt_default_rulebook(by=request.person, at=clock.now())
    return respond.done(request, to=reverse("moderation:rules"), toast=_("The rules are in force. Read them through."))


@requires_everywhere(Permission.KEEP_RULES)
@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """Begin a new rule."""
    form = forms.RuleForm.of(None, request.POST or None)
    context = {"form": form, "rule": None}
    if not (form.is_bound and form.is_valid()):
        return _form_page(request, context, form)
    respond.redraw_on_refusal(request, "moderation/rules/form.html", context, form=form)
    made = commands.draft_rule(draft=form.draft(), by=request.person, at=clock.now())
    return respond.done(request, to=_address(made.rule), toast=_("The draft is kept. Only colleagues see it."))


@requires(Permission.READ)
@require_GET
def rule(request: StaffRequest, rule_id: UUID) -> HttpResponse:
    """One rule: what holds, the draft beside what it changes, and every version."""
    at = clock.now()
    found = queries.rule_or_absent(rule_id)
    lessons = queries.lessons_of(found, request.person, at=at)
    context = {**_told(found, at=at), "may_keep": _may_keep(request), "form": forms.PublicationForm(), "at": at}
    return respond.respond(request, "moderation/rules/rule.html", {**context, "lessons": lessons})


@requires(Permission.READ)
@require_GET
def compared(request: StaffRequest, rule_id: UUID) -> HttpResponse:
    """Two versions of a rule beside each other, in each language; the newest two when none is chosen."""
    found = queries.rule_or_absent(rule_id)
    versions = queries.history(found)
    after = _chosen(versions, request.GET.get("after"), default=versions[0])
    before = _chosen(versions, request.GET.get("before"), default=versions[1] if len(versions) > 1 else versions[0])
    context = {
        "rule": found,
        "versions": versions,
        "before": before,
        "after": after,
        "languages": [(code, LANGUAGE_NAMES[code], differences(before, after, code)) for code in LANGUAGES],
    }
    return respond.respond(request, "moderation/rules/comparison.html", context)


@requires_everywhere(Permission.KEEP_RULES)
@require_POST
def begin(request: StaffRequest, rule_id: UUID) -> HttpResponse:
    """Begin the next version of a rule."""
    commands.draft_version(rule_id=rule_id, by=request.person, at=clock.now())
    return respond.done(request, to=reverse("moderation:rule-draft", args=[rule_id]))


@requires_everywhere(Permission.KEEP_RULES)
@require_http_methods(["GET", "POST"])
def draft(request: StaffRequest, rule_id: UUID) -> HttpResponse:
    """Work on the draft of a rule."""
    at = clock.now()
    found = queries.rule_or_absent(rule_id)
    told = _told(found, at=at)
    form = forms.RuleForm.of(told["draft"] and told["draft"].as_draft(), request.POST or None)
    context = {"form": form, "rule": found}
    if not (form.is_bound and form.is_valid()):
        return _form_page(request, context, form)
    respond.redraw_on_refusal(request, "moderation/rules/form.html", context, form=form)
    commands.edit_draft(rule_id=rule_id, draft=form.draft(), by=request.person, at=at)
    return respond.done(request, to=_address(found), toast=_("The draft is kept. Only colleagues see it."))


@requires_everywhere(Permission.KEEP_RULES)
@require_POST
def draft_removal(request: StaffRequest, rule_id: UUID) -> HttpResponse:
    """Throw the draft of a rule away."""
    commands.discard_draft(rule_id=rule_id, by=request.person, at=clock.now())
    return respond.done(request, to=reverse("moderation:rules"), toast=_("The draft is thrown away."))


@requires_everywhere(Permission.KEEP_RULES)
@require_POST
def publication(request: StaffRequest, rule_id: UUID) -> HttpResponse:
    """Publish the draft of a rule, now or from a day on."""
    at = clock.now()
    found = queries.rule_or_absent(rule_id)
    form = forms.PublicationForm(request.POST)
    context = {**_told(found, at=at), "may_keep": True, "form": form, "at": at}
    if not form.is_valid():
        return respond.respond(request, "moderation/rules/rule.html", context, status=422)
    respond.redraw_on_refusal(request, "moderation/rules/rule.html", context, form=form)
    commands.publish_rule(rule_id=rule_id, by=request.person, at=at, **form.cleaned_data)
    return respond.done(request, to=_address(found), toast=_("Published. The public site shows it within a minute."))


@requires_everywhere(Permission.KEEP_RULES)
@require_POST
def withdrawal(request: StaffRequest, rule_id: UUID) -> HttpResponse:
    """Withdraw a rule."""
    withdrawn = commands.withdraw_rule(rule_id=rule_id, by=request.person, at=clock.now())
    return respond.done(request, to=_address(withdrawn.rule), toast=_("The rule holds no more."))


def differences(before: RuleVersion, after: RuleVersion, language: str) -> list[tuple[str, list[comparison.Piece]]]:
    """Each part of the wording in one language, with what was taken away and what came."""
    old, new_one = before.wording(language), after.wording(language)
    return [(part, comparison.pieces(getattr(old, part), getattr(new_one, part))) for part in Wording.__slots__]


def _told(found: Rule, *, at: Any) -> dict[str, Any]:
    versions = queries.history(found)
    current = queries.version_in_force(found, at=at)
    working = next((one for one in versions if one.state == RuleState.DRAFT), None)
    shown = current or versions[0]
    return {
        "rule": found,
        "versions": versions,
        "current": current,
        "draft": working,
        "shown": shown,
        "changes": differences(current, working, get_language() or "nb") if current and working else [],
        "languages": LANGUAGE_NAMES.items(),
        "can_withdraw": any(one.state == RuleState.PUBLISHED and one.ended_at is None for one in versions),
    }


def _chosen(versions: list[RuleVersion], number: str | None, *, default: RuleVersion) -> RuleVersion:
    return next((one for one in versions if str(one.number) == number), default)


def _form_page(request: StaffRequest, context: dict[str, Any], form: forms.RuleForm) -> HttpResponse:
    return respond.respond(request, "moderation/rules/form.html", context, status=422 if form.errors else 200)


def _may_keep(request: StaffRequest) -> bool:
    return people.may(request.person, Permission.KEEP_RULES, scope_id=None, at=clock.now())


def _address(found: Rule) -> str:
    return reverse("moderation:rule", args=[found.public_id])
