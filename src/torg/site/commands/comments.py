"""Take a comment on our own site, show it once it has come in, and show what waited for one of us."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.audit import commands as audit
from torg.channels import own_site
from torg.connectors.board import OWN_SITE
from torg.connectors.texts import is_same_text
from torg.core import sealing
from torg.core.actors import Actor, Rule
from torg.core.errors import Invalid, NotFound, Stale, Unavailable
from torg.dialogue.models import Item
from torg.moderation import suspecting
from torg.people import policies
from torg.people.types import Permission
from torg.publishing import queries as publishing
from torg.site import articles, choices, commenting, discussion, events, writers
from torg.site.commenting import LONGEST_NAME, Written
from torg.site.models import Comment, Comments, CommentState
from torg.triage.models import Finding

VISITOR = Rule("site.visitor", "1")
SHOWING = Rule("site.show_comments", "1")


@transaction.atomic
def receive_comment(*, written: Written, by: Actor = VISITOR, at: datetime) -> Comment:
    """Keep what somebody wrote under an article, as a delivery like any channel's; nobody sees it yet.

    Raises NotFound without such an article, Unavailable while comments are closed, Invalid for no text or too much.
    """
    told = publishing.published_one(written.article_id)
    if told is None or told.is_withdrawn:
        raise NotFound(_("There is no such article."))
    site = own_site.connection()
    if site is None or choices.now().comments == Comments.CLOSED:
        raise Unavailable(_("Nobody can comment here now. Call us, or write to us in another way."))
    _check(written)
    link = writers.new_link()
    row = Comment.objects.create(
        scope_id=site.scope_id,
        article_id=written.article_id,
        name=written.name.strip(),
        text=written.text.strip(),
        address=sealing.seal(written.email) if written.email else b"",
        language=written.language,
        link_digest=link.digest,
        link_sealed=link.sealed,
        written_at=at,
        changed_at=at,
    )
    own_site.tell_of_comment(site, "add", discussion.standing(row), at=at)
    audit.record(events.COMMENT_RECEIVED, actor=by, scope=row.scope_id, target=row, at=at)
    return row


@transaction.atomic
def take_in_comments(*, limit: int, at: datetime, by: Actor = SHOWING) -> int:
    """Show what has come in since last time, where comments are shown at once; returns how many were taken in.

    A batch consumer. What the software has masked, or found reason to look at, waits for one of us either way.
    """
    waiting = list(Comment.objects.select_for_update(skip_locked=True).filter(is_taken_in=False)[:limit])
    items = {item.external_id: item for item in _items(waiting)}
    arrived = [row for row in waiting if _is_here(row, items.get(str(row.public_id)))]
    doubtful = _doubtful(list(items.values()))
    shows = choices.now().comments == Comments.SHOWN
    for row in arrived:
        row.is_taken_in = True
        row.save(update_fields=["is_taken_in"])
        # What one of us has hidden, or its writer has taken back, meanwhile stays as it is.
        if shows and row.state == CommentState.HELD and items[str(row.public_id)].pk not in doubtful:
            _show(row, at=at)
    if arrived:
        facts = {"comments": len(arrived), "doubtful": len(doubtful)}
        audit.record_batch(events.COMMENTS_TAKEN_IN, actor=by, at=at, facts=facts)
    return len(arrived)


@transaction.atomic
def show_comment(*, comment_id: UUID, seen_at: datetime, by: Actor, at: datetime) -> Comment:
    """Let a comment that waited be seen by everyone, in the words that `by` has read.

    Args:
        comment_id: which.
        seen_at: when the words that were read were last changed.
        by: who has looked.
        at: now.

    Raises NotFound, NotAllowed without the right to hide there, Stale when its writer has changed it since.
    """
    rows = Comment.objects.visible_to(by, at=at).select_for_update().filter(is_taken_in=True, is_own=False)
    row: Comment | None = rows.filter(public_id=comment_id, state=CommentState.HELD).first()
    if row is None:
        raise NotFound(_("There is no such comment that waits."))
    policies.check_may(by, Permission.HIDE, scope_id=row.scope_id, at=at)
    if row.changed_at > seen_at:
        raise Stale(_("Whoever wrote the comment has changed it since you read it. Load the page again."))
    _show(row, at=at)
    audit.record(events.COMMENT_SHOWN, actor=by, scope=row.scope_id, target=row, at=at)
    return row


def _check(written: Written) -> None:
    commenting.check_text(written.text)
    if "\x00" in written.name + written.email:
        raise Invalid(_("Something in this cannot be stored. Remove unusual signs and try again."), field="text")
    if len(written.name) > LONGEST_NAME:
        raise Invalid(_("Write at most 4,000 characters."), field="text")


def _is_here(row: Comment, item: Item | None) -> bool:
    """Whether the comment has come in, in the words that it has now; of what is gone there are none to wait for."""
    return item is not None and (row.is_gone or not row.is_edited or is_same_text(item.text, row.text))


def _items(rows: Sequence[Comment]) -> list[Item]:
    numbers = [str(row.public_id) for row in rows]
    return list(Item.objects.filter(connection__platform=OWN_SITE, external_id__in=numbers, is_placeholder=False))


def _doubtful(items: Sequence[Item]) -> set[int]:
    found = Finding.objects.filter(suspecting.raises_a_case(), item__in=items, is_current=True)
    masked = {item.pk for item in items if item.masked_text != item.text}
    return masked | set(found.values_list("item_id", flat=True))


def _show(row: Comment, *, at: datetime) -> None:
    row.move_to(CommentState.SHOWN, at=at)
    site = own_site.connection()
    if site is not None:
        own_site.tell_of_comment(site, "unhide", discussion.standing(row), at=at)
    articles.bring(row.article_id, at=at)
