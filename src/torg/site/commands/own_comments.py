"""What whoever wrote a comment does with it afterwards, by the secret link: answers, changes it, takes it back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.audit import commands as audit
from torg.channels import own_site
from torg.core.actors import Actor
from torg.core.errors import Invalid, InvalidTransition, NotFound, Unavailable
from torg.publishing import queries as publishing
from torg.site import articles, choices, commenting, discussion, events, writers
from torg.site.commands.comments import VISITOR
from torg.site.models import Comment, Comments, CommentState

# More belongs in a conversation on the telephone.
MOST_IN_BRANCH = 30


@transaction.atomic
def answer_in_branch(*, secret: str, text: str, by: Actor = VISITOR, at: datetime) -> Comment:
    """Go on below one's own comment; it is looked through like any other before it is shown.

    Raises NotFound for an unknown link, Unavailable while comments are closed, Invalid for no text or too much.
    """
    root = writers.comment_by(secret)
    commenting.check_text(text)
    told = publishing.published_one(root.article_id)
    if own_site.connection() is None or choices.now().comments == Comments.CLOSED or told is None or told.is_withdrawn:
        raise Unavailable(_("Nobody can comment here now. Call us, or write to us in another way."))
    if root.answers.count() >= MOST_IN_BRANCH or not root.can_be_changed:
        raise Invalid(_("You cannot write more below this comment. Write a new one, or call us."), field="text")
    row = Comment.objects.create(
        scope_id=root.scope_id,
        article_id=root.article_id,
        parent=root,
        name=root.name,
        text=text.strip(),
        language=root.language,
        written_at=at,
        changed_at=at,
    )
    _tell("add", row, at=at)
    audit.record(events.COMMENT_RECEIVED, actor=by, scope=row.scope_id, target=row, at=at)
    return row


@transaction.atomic
def change_comment(*, secret: str, comment_id: UUID, text: str, by: Actor = VISITOR, at: datetime) -> Comment:
    """Give one's comment another text. Its former words are kept, and it is looked through anew before it is shown.

    Raises NotFound, Invalid for no text or too much, InvalidTransition for what we have hidden or removed.
    """
    row = writers.written_by(secret, comment_id)
    commenting.check_text(text)
    if not row.can_be_changed:
        raise InvalidTransition(_("This comment can no longer be changed. Write a new one, or call us."))
    if own_site.connection() is None:
        raise Unavailable(_("Nobody can comment here now. Call us, or write to us in another way."))
    if row.text == text.strip():
        return row
    row.text, row.is_edited, row.is_taken_in = text.strip(), True, False
    row.save(update_fields=["text", "is_edited", "is_taken_in"])
    row.move_to(CommentState.HELD, at=at)
    Comment.objects.filter(pk=row.pk).update(changed_at=at)
    row.changed_at = at
    _tell("edit", row, at=at)
    articles.bring(row.article_id, at=at)
    audit.record(events.COMMENT_CHANGED, actor=by, scope=row.scope_id, target=row, at=at)
    return row


@transaction.atomic
def take_back_comment(*, secret: str, comment_id: UUID, by: Actor = VISITOR, at: datetime) -> Comment:
    """Take one's comment away (trekke tilbake). Of its words nothing is left on the site.

    It is possible for as long as the comment stands, also while nobody can write here any more. Those who answer are
    told at once, or by the next reading of the site when it is a channel again. Raises NotFound.
    """
    row = writers.written_by(secret, comment_id)
    if row.state == CommentState.TAKEN_BACK:
        return row
    row.move_to(CommentState.TAKEN_BACK, at=at)
    site = own_site.connection()
    if site is not None:
        own_site.tell_of_comment(site, "remove", discussion.standing(row), at=at)
    articles.bring(row.article_id, at=at)
    audit.record(events.COMMENT_TAKEN_BACK, actor=by, scope=row.scope_id, target=row, at=at)
    return row


def _tell(verb: str, row: Comment, *, at: datetime) -> None:
    site = own_site.connection()
    if site is None:
        raise NotFound(_("There is no such comment."))
    own_site.tell_of_comment(site, verb, discussion.standing(row), at=at)
