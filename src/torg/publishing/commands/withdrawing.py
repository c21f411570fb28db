"""Withdrawing articles, and what becomes of the posts that were on their way just then."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.audit import commands as audit
from torg.core.actors import Actor
from torg.core.errors import Invalid
from torg.outbox import commands as outbox
from torg.outbox import queries as acts
from torg.outbox.models import ActState
from torg.people.models import Person
from torg.publishing import events, going_out, loading, policies
from torg.publishing.models import Article, ArticleState, ChannelPost, PostState, PostWithdrawal
from torg.publishing.website import website


@transaction.atomic
def withdraw_article(
    *,
    article_id: UUID,
    reason: str,
    deletes_posts: bool = False,
    incident_id: UUID | None = None,
    by: Person,
    at: datetime,
) -> Article:
    """Take a published article off the site (trekke tilbake); what has not gone out to channels does not.

    Args:
        article_id: which.
        reason: why; kept with each post that is deleted.
        deletes_posts: also delete our own posts on their channels, those that are in the air as soon as they land.
        incident_id: the incident whose statement it carries, from the crisis room.
        by: who.
        at: now.

    Raises NotFound, NotAllowed, Invalid without a reason, InvalidTransition when it is not published.
    """
    article = loading.article_for_change(article_id, by=by, at=at, incident_id=incident_id)
    policies.check_can_write(by, article.scope_id, at=at)
    if not reason.strip():
        raise Invalid(_("Write why."), field="reason")
    article.move_to(ArticleState.WITHDRAWN)
    article.withdrawn_at = at
    article.save(update_fields=["state", "withdrawn_at"])
    website().hide(article_id=article.public_id, by=by, at=at)
    for post in article.posts.select_for_update(of=("self",)).select_related("connection"):
        _stop(post, by=by, at=at)
        if deletes_posts:
            _delete(post, reason=reason, by=by, at=at)
    audit.record(events.WITHDRAWN, actor=by, scope=article.scope_id, target=article, at=at)
    return article


@transaction.atomic
def delete_landed_post(*, post_id: UUID, by: Actor, at: datetime) -> bool:
    """Delete a post that landed after its article was withdrawn, when whoever withdrew it asked for that.

    The ground is theirs: the reason and the person. Returns whether it is being deleted;
    not when somebody has deleted it meanwhile. Raises NotFound.
    """
    post: ChannelPost = loading.found(
        ChannelPost.objects.select_for_update(of=("self",)).select_related("connection"), post_id
    )
    asked = post.awaited_deletion
    if asked is None or post.state != PostState.PUBLISHED:
        return False
    going_out.delete_on_channel(post, reason=asked.reason, by=asked.decided_by, at=at)
    audit.record(events.POST_DELETED, actor=by, scope=post.scope_id, target=post, at=at)
    return True


def _stop(post: ChannelPost, *, by: Person, at: datetime) -> None:
    """Take back what has not left; what is in the air is told of when it has landed."""
    if post.state not in {PostState.ON_ITS_WAY, PostState.STOPPED} or post.act_id is None:
        return
    standing = acts.state_of(going_out.SUBJECT, post.public_id)
    if standing is not None and standing.state in {ActState.PLANNED, ActState.REFUSED, ActState.FAILED}:
        outbox.withdraw(act_id=post.act_id, by=by, at=at)
        post.refresh_from_db()


def _delete(post: ChannelPost, *, reason: str, by: Person, at: datetime) -> None:
    """Delete what stands; of what is in the air, write down that it is to be deleted once its id is known."""
    if post.state == PostState.PUBLISHED:
        going_out.delete_on_channel(post, reason=reason, by=by, at=at)
    elif post.is_in_the_air:
        PostWithdrawal.objects.create(post=post, external_id="", reason=reason.strip(), decided_by=by, decided_at=at)
