"""Word a rule, publish the wording from a day on, and withdraw it."""

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from torg.audit import commands as audit
from torg.core.actors import Actor
from torg.core.errors import Invalid, InvalidTransition, NotFound
from torg.moderation import default_rulebook, events, policies, queries
from torg.moderation.models import Rule, RuleVersion
from torg.moderation.types import RuleDraft, RuleState
from torg.people.acting import person_or_none
from torg.people.models import Person

# Rules are numbered one at a time.
NUMBERING_LOCK = 0x72756C65


@transaction.atomic
def draft_rule(*, draft: RuleDraft, by: Person, at: datetime) -> RuleVersion:
    """Begin a new rule; nobody outside sees it before it is published.

    Raises NotAllowed, Invalid without a title in bokmål.
    """
    policies.check_can_keep_rules(by, at=at)
    number = _next_number()
    rule = Rule.objects.create(code=f"own-{number}", number=number)
    version = _begin(rule, draft, by=by, at=at)
    audit.record(events.RULE_DRAFTED, actor=by, scope=None, target=version, at=at, facts={"rule": rule.number})
    return version


@transaction.atomic
def draft_version(*, rule_id: UUID, by: Person, at: datetime) -> RuleVersion:
    """Begin the next version of a rule from what it says now; gives the draft back where there is one already.

    Raises NotAllowed, NotFound.
    """
    policies.check_can_keep_rules(by, at=at)
    rule = _locked(rule_id)
    newest: RuleVersion | None = rule.versions.order_by("-number").first()
    if newest is None:
        raise NotFound(_("There is no such rule."))
    if newest.state == RuleState.DRAFT:
        return newest
    version = _begin(rule, newest.as_draft(), by=by, at=at)
    audit.record(events.RULE_DRAFTED, actor=by, scope=None, target=version, at=at, facts={"rule": rule.number})
    return version


@transaction.atomic
def edit_draft(*, rule_id: UUID, draft: RuleDraft, by: Person, at: datetime) -> RuleVersion:
    """Change what the draft of a rule says.

    Raises NotAllowed, NotFound, InvalidTransition without a draft, Invalid without a title in bokmål.
    """
    policies.check_can_keep_rules(by, at=at)
    version = _draft_of(_locked(rule_id))
    _check_titled(draft)
    version.word(draft)
    version.drafted_by, version.drafted_at = by, at
    version.save()
    audit.record(events.RULE_REWORDED, actor=by, scope=None, target=version, at=at)
    return version


@transaction.atomic
def discard_draft(*, rule_id: UUID, by: Person, at: datetime) -> None:
    """Throw the draft of a rule away; a rule that never was published goes with it.

    Raises NotAllowed, NotFound, InvalidTransition without a draft.
    """
    policies.check_can_keep_rules(by, at=at)
    rule = _locked(rule_id)
    version = _draft_of(rule)
    audit.record(events.RULE_DRAFT_DISCARDED, actor=by, scope=None, target=version, at=at, facts={"rule": rule.number})
    version.delete()
    if not rule.versions.exists():
        rule.delete()


@transaction.atomic
def publish_rule(*, rule_id: UUID, by: Person, at: datetime, valid_from: datetime | None = None) -> RuleVersion:
    """Publish the draft of a rule: from `valid_from` on, now when it is not given, it holds in place of the one before.

    What people wrote before is judged by the wording that held then (strategy F9).

    Raises NotAllowed, NotFound, InvalidTransition without a draft, Invalid for a wording that lacks a language, for a
    moment that has passed, or where another version begins later.
    """
    policies.check_can_keep_rules(by, at=at)
    rule = _locked(rule_id)
    version = _draft_of(rule)
    begins_at = valid_from or at
    if begins_at < at:
        raise Invalid(_("A rule cannot begin in the past."), field="valid_from")
    if rule.versions.filter(valid_from__gte=begins_at, ended_at=None).exists():
        raise Invalid(_("Another version is set to begin later. Choose a day after that."), field="valid_from")
    if not version.is_complete:
        raise Invalid(_("Write the title, the text and what notices say in bokmål, nynorsk and English first."))
    _set_published(version, valid_from=begins_at, by=by, at=at)
    version.save()
    facts = {"rule": rule.number, "version": version.number}
    audit.record(events.RULE_PUBLISHED, actor=by, scope=None, target=version, at=at, facts=facts)
    return version


@transaction.atomic
def withdraw_rule(*, rule_id: UUID, by: Person, at: datetime) -> RuleVersion:
    """Withdraw a rule: from now on it holds no more, and a version that was to begin later never will.

    Raises NotAllowed, NotFound, InvalidTransition when it does not hold and is not coming.
    """
    policies.check_can_keep_rules(by, at=at)
    rule = _locked(rule_id)
    version: RuleVersion | None = rule.versions.published().order_by("-valid_from").first()
    if version is None or version.ended_at is not None:
        raise InvalidTransition(_("This rule is not in force."))
    # One that was to take over has not done so: what holds until then ends with it.
    standing = [one for one in (queries.version_in_force(rule, at=at), version) if one is not None]
    for one in standing:
        RuleVersion.objects.filter(pk=one.pk, ended_at=None).update(ended_at=at, ended_by=by)
    version.refresh_from_db()
    facts = {"rule": rule.number, "version": version.number}
    audit.record(events.RULE_WITHDRAWN, actor=by, scope=None, target=version, at=at, facts=facts)
    return version


@transaction.atomic
def adopt_default_rulebook(*, by: Actor, at: datetime) -> list[RuleVersion]:
    """Publish the rulebook that Torg comes with, in force at once; nothing where there are rules already.

    Raises NotAllowed without the right to keep the rules.
    """
    policies.check_can_keep_rules(by, at=at)
    _number_alone()
    if queries.has_rules():
        return []
    defaults = default_rulebook.rules()
    rules = Rule.objects.bulk_create(
        Rule(code=given.code, number=number, finding_kinds=list(given.finding_kinds))
        for number, given in enumerate(defaults, start=1)
    )
    adopted = [_drafted(rule, 1, given.draft, by=by, at=at) for rule, given in zip(rules, defaults, strict=True)]
    for version in adopted:
        _set_published(version, valid_from=at, by=by, at=at)
    RuleVersion.objects.bulk_create(adopted)
    audit.record(events.RULEBOOK_ADOPTED, actor=by, scope=None, target=None, at=at, facts={"rules": len(adopted)})
    return adopted


def _begin(rule: Rule, draft: RuleDraft, *, by: Actor, at: datetime) -> RuleVersion:
    _check_titled(draft)
    newest = rule.versions.aggregate(newest=Max("number"))["newest"] or 0
    version = _drafted(rule, newest + 1, draft, by=by, at=at)
    version.save()
    return version


def _drafted(rule: Rule, number: int, draft: RuleDraft, *, by: Actor, at: datetime) -> RuleVersion:
    version = RuleVersion(rule=rule, number=number, drafted_by=person_or_none(by), drafted_at=at)
    version.word(draft)
    return version


def _set_published(version: RuleVersion, *, valid_from: datetime, by: Actor, at: datetime) -> None:
    version.state, version.valid_from = RuleState.PUBLISHED, valid_from
    version.published_by, version.published_at = person_or_none(by), at


def _check_titled(draft: RuleDraft) -> None:
    if not draft.wordings["nb"].title.strip():
        raise Invalid(_("Give the rule a title in bokmål."), field="title_nb")


def _locked(rule_id: UUID) -> Rule:
    rule = Rule.objects.select_for_update().filter(public_id=rule_id).first()
    if rule is None:
        raise NotFound(_("There is no such rule."))
    return rule


def _draft_of(rule: Rule) -> RuleVersion:
    version: RuleVersion | None = rule.versions.filter(state=RuleState.DRAFT).first()
    if version is None:
        raise InvalidTransition(_("This rule has no draft. Begin a new version first."))
    return version


def _number_alone() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [NUMBERING_LOCK])


def _next_number() -> int:
    _number_alone()
    return (Rule.objects.aggregate(highest=Max("number"))["highest"] or 0) + 1
