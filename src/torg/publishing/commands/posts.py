"""What is done about a post on its channel, and what the platform tells of it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.audit import commands as audit
from torg.connectors.contract import ActKind
from torg.core import jobs
from torg.core.actors import Actor, Rule
from torg.core.errors import Invalid, InvalidTransition
from torg.outbox import commands as outbox
from torg.outbox.models import ActState
from torg.outbox.types import Sent
from torg.people.models import Person
from torg.publishing import events, going_out, loading, policies
from torg.publishing.models import ArticleState, ChannelPost, PostState

SENDING = Rule("publishing.sending", "1")

AFTER_PUBLISHING = {
    ActState.PLANNED: PostState.ON_ITS_WAY,
    ActState.CONFIRMED: PostState.PUBLISHED,
    ActState.UNCONFIRMED: PostState.UNCONFIRMED,
    ActState.REFUSED: PostState.STOPPED,
    ActState.FAILED: PostState.STOPPED,
    ActState.WITHDRAWN: PostState.GIVEN_UP,
}
# Until the platform has deleted it, it stands there.
AFTER_DELETING = {
    ActState.CONFIRMED: PostState.DELETED,
    ActState.REFUSED: PostState.PUBLISHED,
    ActState.FAILED: PostState.PUBLISHED,
    ActState.WITHDRAWN: PostState.PUBLISHED,
}
GONE = "Gone"


@transaction.atomic
def retry_post(*, post_id: UUID, by: Person, at: datetime) -> ChannelPost:
    """Try again what did not go out; where nobody knows how it ended, the platform is looked at first.

    Raises NotFound, NotAllowed, InvalidTransition when there is nothing to try, or, for an article that is withdrawn,
    nothing to look for.
    """
    post = loading.post_for_change(post_id, by=by, at=at)
    policies.check_can_write(by, post.scope_id, at=at)
    if post.article.state != ArticleState.PUBLISHED and post.state != PostState.UNCONFIRMED:
        raise InvalidTransition(_("The article is withdrawn, so no post may lead to it."))
    if post.act_id is None or post.state not in {PostState.STOPPED, PostState.UNCONFIRMED}:
        raise InvalidTransition(_("There is nothing to try again. Load the page again."))
    outbox.retry(act_id=post.act_id, by=by, at=at, within=[post.scope_id])
    post.refresh_from_db()
    audit.record(events.POST_RETRIED, actor=by, scope=post.scope_id, target=post, at=at)
    return post


@transaction.atomic
def give_up_post(*, post_id: UUID, by: Person, at: datetime) -> ChannelPost:
    """Give up a post that has not gone out. Raises NotFound, NotAllowed, InvalidTransition when it may have."""
    post = loading.post_for_change(post_id, by=by, at=at)
    policies.check_can_write(by, post.scope_id, at=at)
    if post.act_id is None or post.state not in {PostState.STOPPED, PostState.ON_ITS_WAY}:
        raise InvalidTransition(_("This can no longer be given up. Load the page again."))
    outbox.withdraw(act_id=post.act_id, by=by, at=at, within=[post.scope_id])
    post.refresh_from_db()
    audit.record(events.POST_GIVEN_UP, actor=by, scope=post.scope_id, target=post, at=at)
    return post


@transaction.atomic
def delete_post(*, post_id: UUID, reason: str, by: Person, at: datetime) -> ChannelPost:
    """Delete our own post on its channel (slette innlegg); the article stands.

    What others have written beneath it disappears for the public with it; what we have received is kept.
    Raises NotFound, NotAllowed, Invalid without a reason, InvalidTransition when it does not stand there.
    """
    post = loading.post_for_change(post_id, by=by, at=at)
    policies.check_can_write(by, post.scope_id, at=at)
    # Once the statement is withdrawn, nothing else takes away a post that came, or was left, after it.
    if post.article.state != ArticleState.WITHDRAWN:
        loading.check_carries_no_statement(post.article)
    if not reason.strip():
        raise Invalid(_("Write why."), field="reason")
    going_out.delete_on_channel(post, reason=reason, by=by, at=at)
    audit.record(events.POST_DELETED, actor=by, scope=post.scope_id, target=post, at=at)
    return post


@transaction.atomic
def note_post_outcome(*, subject_id: UUID, act: Sent, at: datetime, by: Actor = SENDING) -> None:
    """Note what the outbox tells of a post; one that waits for another try goes nowhere once its article is withdrawn.

    Args:
        subject_id: the post's public id.
        act: the act as the outbox has it now.
        at: now.
        by: the rule that acts.
    """
    post = ChannelPost.objects.select_for_update().filter(public_id=subject_id).first()
    if post is None:
        return
    state = _state_after(post, act)
    if state is not None and state != post.state:
        post.move_to(state)
    has_landed = act.kind == ActKind.PUBLISH and post.state == PostState.PUBLISHED and post.published_at is None
    if has_landed:
        post.external_id, post.permalink = act.external_id, act.permalink
        post.published_at = act.finished_at or at
    if post.state == PostState.DELETED and post.deleted_at is None:
        post.deleted_at = act.finished_at or at
    post.save()
    facts = {"state": post.state, "kind": act.kind}
    audit.record(events.POST_OUTCOME, actor=by, scope=post.scope_id, target=post, at=at, facts=facts)
    if post.article.state == ArticleState.WITHDRAWN and act.state == ActState.PLANNED and act.kind == ActKind.PUBLISH:
        outbox.withdraw(act_id=act.public_id, by=by, at=at)
    if has_landed:
        _enqueue_what_waited(post)


def _enqueue_what_waited(post: ChannelPost) -> None:
    """What happened to the article while its post was in the air."""
    if post.article.state == ArticleState.WITHDRAWN:
        jobs.enqueue("publishing.delete_landed", post_id=str(post.public_id))
    elif post.article.published_number != post.number:
        jobs.enqueue("publishing.carry_correction", post_id=str(post.public_id))


def _state_after(post: ChannelPost, act: Sent) -> PostState | None:
    """The state that an act leads to; None when it changes nothing, as an edit never does."""
    if act.kind == ActKind.PUBLISH:
        # Somebody can settle an act without knowing the platform's id: then nobody can say that it is out.
        if act.state == ActState.CONFIRMED and not act.external_id:
            return PostState.UNCONFIRMED
        return AFTER_PUBLISHING.get(ActState(act.state))
    if act.kind == ActKind.DELETE:
        is_gone = act.state == ActState.REFUSED and act.error_class == GONE
        return PostState.DELETED if is_gone else AFTER_DELETING.get(ActState(act.state))
    return None
