"""Publishing and correcting articles."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from torg.audit import commands as audit
from torg.core.actors import Actor
from torg.core.errors import Invalid, InvalidTransition, NotAllowed, Stale
from torg.people import queries as people
from torg.people.acting import person_or_none
from torg.publishing import events, going_out, loading, policies, writing
from torg.publishing.models import (
    Article,
    ArticleState,
    ArticleVersion,
    ChannelPost,
    Correction,
    VersionApproval,
)
from torg.publishing.queries import plan as queries
from torg.publishing.queries.versions import version_of
from torg.publishing.types import Approval
from torg.publishing.website import website


@transaction.atomic
def publish(
    *, article_id: UUID, number: int, targets: Collection[UUID] | None = None, by: Actor, at: datetime
) -> Article:
    """Publish an approved article now (publisere): on our own site, then on each channel through the outbox.

    Args:
        article_id: which.
        number: the version that the person has seen.
        targets: connections to publish on; None for all that it has a text for.
        by: who.
        at: now.

    Raises NotFound, NotAllowed, Stale, NotPassed, InvalidTransition when it lacks approval, is on hold or is out.
    """
    article = loading.article_for_change(article_id, by=by, at=at)
    policies.check_can_write(by, article.scope_id, at=at)
    policies.check_is_unpublished(article)
    version = _seen(article, number)
    if article.state not in {ArticleState.APPROVED, ArticleState.PLANNED}:
        raise InvalidTransition(_("This is not approved yet. Ask for approval first."))
    if queries.is_on_hold(article) or (article.state == ArticleState.APPROVED and queries.hold_in_force()):
        raise InvalidTransition(_("Publishing is on hold. Ask whoever leads the crisis work to release it."))
    policies.check_is_approved(article, version, at=at)
    policies.check_passes(article, version, at=at)
    posts = going_out.send_out(article, version, by=by, at=at, targets=targets)
    facts = {"number": version.number, "targets": len(posts)}
    audit.record(events.PUBLISHED, actor=by, scope=article.scope_id, target=article, at=at, facts=facts)
    return article


@transaction.atomic
def publish_now(
    *, article_id: UUID, version: int, targets: Collection[UUID] | None, approval: Approval, by: Actor, at: datetime
) -> Article:
    """Publish at once, on the approval given with it, also while the plan is on hold: what a crisis needs.

    Args:
        article_id: an article or statement that is not out.
        version: the number of the version that was approved.
        targets: connections to publish on; None for all that it has a text for.
        approval: who approved; `crisis` is asked of `settings.CRISIS_APPROVAL`, and `rule` of the rules in force.
        by: who.
        at: now.

    Raises NotFound, NotAllowed when the crisis policy does not allow it, Stale, NotPassed, InvalidTransition.
    """
    article = loading.article_for_change(article_id, by=by, at=at, incident_id=_incident(approval))
    policies.check_can_write(by, article.scope_id, at=at)
    policies.check_is_unpublished(article)
    found = _seen(article, version)
    if approval.allowed_by == "crisis":
        _approve_in_crisis(article, found, approval, at=at)
    policies.check_is_approved(article, loading.newest_version(article), at=at)
    policies.check_passes(article, found, at=at)
    if article.state in {ArticleState.DRAFT, ArticleState.WAITING}:
        article.move_to(ArticleState.APPROVED)
    posts = going_out.send_out(article, found, by=by, at=at, targets=targets)
    facts: dict[str, int | str] = {
        "number": version,
        "targets": len(posts),
        "allowed_by": approval.allowed_by,
        "approved_by": str(approval.approved_by),
    }
    audit.record(events.PUBLISHED, actor=by, scope=article.scope_id, target=article, at=at, facts=facts)
    return article


@transaction.atomic
def publish_correction(
    *,
    article_id: UUID,
    number: int,
    told: Mapping[str, str],
    approval: Approval | None = None,
    by: Actor,
    at: datetime,
) -> Correction:
    """Publish a newer version of a published article, and say on it what was corrected (rettelse).

    Posts whose text has changed are changed on platforms that let us, those on their way when they have come there;
    channels that are new get their post.

    Args:
        article_id: which.
        number: the newer version, as seen.
        told: what was corrected, by language; the main one at least.
        approval: a single one that a crisis policy allows; None where the rules in force decide.
        by: who.
        at: now.

    Raises NotFound, NotAllowed, Stale, NotPassed, Invalid without words, InvalidTransition without approval or changes.
    """
    article = loading.article_for_change(article_id, by=by, at=at, incident_id=_incident(approval))
    policies.check_can_write(by, article.scope_id, at=at)
    if article.state != ArticleState.PUBLISHED or not article.has_changes:
        raise InvalidTransition(_("There is nothing new to publish. Change the article first."))
    version, before = _seen(article, number), version_of(article, article.published_number)
    if not told.get(version.main_language, "").strip():
        raise Invalid(_("Write what was corrected, for those who read it before."), field="told")
    if approval is not None and approval.allowed_by == "crisis":
        _approve_in_crisis(article, version, approval, at=at)
    policies.check_is_approved(article, loading.newest_version(article), at=at)
    policies.check_passes(article, version, at=at)
    made = Correction.objects.create(
        version=version,
        told={code: text.strip() for code, text in told.items() if text.strip()},
        corrected_by=person_or_none(by),
        corrected_at=at,
    )
    writing.make_slugs(article, version)
    article.published_number, article.corrected_at = version.number, at
    article.save(update_fields=["published_number", "corrected_at"])
    addresses = website().show(article_id=article.public_id, by=by, at=at)
    changed = _carry_to_posts(article, version, before, addresses, at=at)
    facts = {"number": number, "targets": changed}
    audit.record(events.CORRECTED, actor=by, scope=article.scope_id, target=article, at=at, facts=facts)
    return made


@transaction.atomic
def carry_correction(*, post_id: UUID, by: Actor, at: datetime) -> int:
    """Let a post say what its article was corrected to while the post was on its way; returns how many are changed.

    Raises NotFound.
    """
    found: ChannelPost = loading.found(ChannelPost.objects.all(), post_id)
    # The article first, as whoever corrects it does.
    article = Article.objects.select_for_update().get(pk=found.article_id)
    post = article.posts.select_for_update(of=("self",)).select_related("connection").get(pk=found.pk)
    version = version_of(article, article.published_number)
    if article.state != ArticleState.PUBLISHED or version is None or version.number == post.number:
        return 0
    addresses = website().show(article_id=article.public_id, by=by, at=at)
    changed = going_out.carry([post], version, version_of(article, post.number), addresses, at=at)
    facts = {"number": version.number, "targets": changed}
    audit.record(events.POST_CORRECTED, actor=by, scope=post.scope_id, target=post, at=at, facts=facts)
    return changed


def _incident(approval: Approval | None) -> UUID | None:
    """The incident in whose name it is done."""
    return approval.incident_id if approval is not None and approval.allowed_by == "crisis" else None


def _seen(article: Article, number: int) -> ArticleVersion:
    version = loading.newest_version(article)
    if version.number != number:
        raise Stale(_("The article has been changed since you opened it. Read the new version first."))
    return version


def _approve_in_crisis(article: Article, version: ArticleVersion, approval: Approval, *, at: datetime) -> None:
    allows = import_string(settings.CRISIS_APPROVAL) if settings.CRISIS_APPROVAL else None
    person = people.person_or_absent(approval.approved_by)
    if allows is None or not allows(incident_id=approval.incident_id, person=person, at=at):
        raise NotAllowed(_("The crisis work does not let this person approve alone. Ask for a second approval."))
    VersionApproval.objects.get_or_create(
        version=version,
        approved_by=person,
        allowed_by="crisis",
        defaults={
            "approved_at": at,
            "role": people.role_in(person, article.scope_id, at=at),
            "incident_id": approval.incident_id,
        },
    )


def _carry_to_posts(
    article: Article,
    version: ArticleVersion,
    before: ArticleVersion | None,
    addresses: Mapping[str, str],
    *,
    at: datetime,
) -> int:
    """Change the posts whose text is another now, and make those that are new; returns how many."""
    # Locked: one that lands meanwhile waits, and then knows that there is a correction to carry.
    posts = list(article.posts.select_for_update(of=("self",)).select_related("connection"))
    there = {post.connection_id for post in posts}
    new = [text for text in version.channel_texts.all() if text.connection_id not in there]
    changed = going_out.carry(posts, version, before, addresses, at=at)
    return changed + len(going_out.plan_posts(article, version, new, addresses, at=at))
