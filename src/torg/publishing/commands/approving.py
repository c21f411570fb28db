"""Asking for approval, giving it, sending back, and letting something past the gate."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.audit import commands as audit
from torg.core.errors import Invalid, InvalidTransition, Stale
from torg.people import queries as people
from torg.people.models import Person
from torg.publishing import approval, checking, events, loading, policies
from torg.publishing.models import (
    Article,
    ArticleComment,
    ArticleState,
    ArticleVersion,
    GateOverride,
    VersionApproval,
)
from torg.publishing.queries.plan import planned_moment


@transaction.atomic
def submit(*, article_id: UUID, by: Person, at: datetime) -> Article:
    """Ask for approval of the newest version; who may publish it alone has it approved at once.

    Raises NotFound, NotPassed when the gate refuses it, InvalidTransition.
    """
    article = loading.article_for_change(article_id, by=by, at=at)
    policies.check_can_write(by, article.scope_id, at=at)
    version = loading.newest_version(article)
    policies.check_passes(article, version, at=at)
    if approval.standing_of(article, version, at=at).is_enough:
        _become_approved(article, at=at)
    else:
        article.move_to(ArticleState.WAITING)
    article.save(update_fields=["state"])
    facts: dict[str, int | str] = {"number": version.number, "state": article.state}
    audit.record(events.SUBMITTED, actor=by, scope=article.scope_id, target=article, at=at, facts=facts)
    return article


@transaction.atomic
def approve(*, article_id: UUID, number: int, by: Person, at: datetime) -> VersionApproval:
    """Approve a version (godkjenne). Of a published article too: then the newer version may be published.

    Args:
        article_id: which.
        number: the version that the person has read.
        by: who, never the one who wrote it.
        at: now.

    Raises NotFound, NotAllowed, Stale when it has been changed since, NotPassed, InvalidTransition.
    """
    article = loading.article_for_change(article_id, by=by, at=at)
    version = loading.newest_version(article)
    if version.number != number:
        raise Stale(_("The article has been changed since you read it. Read the new version first."))
    policies.check_can_approve(by, article, version, at=at)
    policies.check_passes(article, version, at=at)
    if article.state not in {ArticleState.WAITING, ArticleState.PUBLISHED}:
        raise InvalidTransition(_("Nobody has asked for approval of this. Load the page again."))
    given = _approve(version, article, by=by, at=at)
    if article.state == ArticleState.WAITING and _is_enough_now(article, at=at):
        _become_approved(article, at=at)
        article.save(update_fields=["state"])
    facts: dict[str, int | str] = {"number": number, "role": given.role}
    audit.record(events.APPROVED, actor=by, scope=article.scope_id, target=article, at=at, facts=facts)
    return given


@transaction.atomic
def send_back(*, article_id: UUID, reason: str, by: Person, at: datetime) -> Article:
    """Send an article back to whoever wrote it, with what should be changed. Raises NotFound, NotAllowed, Invalid."""
    article = loading.article_for_change(article_id, by=by, at=at)
    policies.check_can_send_back(by, article, at=at)
    if not reason.strip():
        raise Invalid(_("Write what should be changed."), field="reason")
    article.move_to(ArticleState.DRAFT)
    article.save(update_fields=["state"])
    ArticleComment.objects.create(article=article, text=reason.strip(), written_by=by, written_at=at)
    audit.record(events.SENT_BACK, actor=by, scope=article.scope_id, target=article, at=at)
    return article


@transaction.atomic
def override_gate(
    *,
    article_id: UUID,
    number: int,
    codes: Collection[str],
    reason: str,
    incident_id: UUID | None = None,
    by: Person,
    at: datetime,
) -> GateOverride:
    """Let a version past what the gate refuses (overstyre), which the information officer alone may (strategy A1).

    Args:
        article_id: which.
        number: the version that the person has read.
        codes: what is let past.
        reason: why; kept, and the event is in the log.
        incident_id: the incident whose statement it carries, from the crisis room.
        by: who.
        at: now.

    Raises NotFound, NotAllowed, Stale, Invalid without a reason, or for what the gate does not refuse, or for what the
    media library forbids: rights and consent are others', and nobody here can let them past.
    """
    article = loading.article_for_change(article_id, by=by, at=at, incident_id=incident_id)
    policies.check_can_override(by, article, at=at)
    version = loading.newest_version(article)
    if version.number != number:
        raise Stale(_("The article has been changed since you read it. Read the new version first."))
    if not reason.strip():
        raise Invalid(_("Write why it must go out as it is."), field="reason")
    left = {remark.code for remark in checking.refusals_left(article, version, at=at)} - {checking.OBSTACLE}
    if not codes or not set(codes) <= left:
        raise Invalid(_("Choose what to let past from the list."), field="codes")
    made = GateOverride.objects.create(
        version=version, codes=sorted(set(codes)), reason=reason.strip(), overridden_by=by, overridden_at=at
    )
    facts: dict[str, int | str] = {"number": number, "codes": "/".join(made.codes)[:80]}
    audit.record(events.GATE_OVERRIDDEN, actor=by, scope=article.scope_id, target=article, at=at, facts=facts)
    return made


def _approve(version: ArticleVersion, article: Article, *, by: Person, at: datetime) -> VersionApproval:
    if version.approvals.filter(approved_by=by).exists():
        raise InvalidTransition(_("You have approved this version already."))
    role = people.role_in(by, article.scope_id, at=at)
    return VersionApproval.objects.create(version=version, approved_by=by, approved_at=at, role=role)


def _become_approved(article: Article, *, at: datetime) -> None:
    """What has a time ahead in the plan takes its place there; the rest waits for one, or is published by hand."""
    article.move_to(ArticleState.APPROVED)
    planned_for = planned_moment(article)
    if planned_for is not None and planned_for > at:
        article.move_to(ArticleState.PLANNED)


def _is_enough_now(article: Article, *, at: datetime) -> bool:
    return approval.standing_of(article, loading.newest_version(article), at=at).is_enough
