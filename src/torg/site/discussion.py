"""Comments as an article's page shows them, and articles told to the channel that comments come through."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from torg.channels import own_site
from torg.connectors.board import Standing, Story
from torg.connectors.contract import PlatformState
from torg.people.models import Municipality
from torg.publishing import queries as publishing
from torg.site import addresses, choices, identity
from torg.site.models import Comment, Comments, CommentState

PLATFORM_STATES = {
    CommentState.HELD: PlatformState.HELD,
    CommentState.SHOWN: PlatformState.VISIBLE,
    CommentState.HIDDEN: PlatformState.HIDDEN_BY_US,
    CommentState.REMOVED: PlatformState.REMOVED_BY_US,
    CommentState.TAKEN_BACK: PlatformState.DELETED_BY_AUTHOR,
}


SEEN = (CommentState.SHOWN, CommentState.TAKEN_BACK)


@dataclass(frozen=True, slots=True)
class Branch:
    """A comment, our answers to it, and what its writer added: hidden ones are not here.

    Of one that its writer has taken back, what was answered still stands, and that it is gone.
    """

    comment: Comment
    answers: Sequence[Comment]

    @property
    def is_gone(self) -> bool:
        return self.comment.state == CommentState.TAKEN_BACK


@dataclass(frozen=True, slots=True)
class Discussion:
    """What stands under an article: whether anybody may write, whether it is shown at once, and what was written."""

    is_open: bool
    is_shown_at_once: bool
    branches: Sequence[Branch]

    @property
    def is_visible(self) -> bool:
        """Whether the page has anything to say about comments."""
        return self.is_open or bool(self.branches)


def of_article(article_id: UUID) -> Discussion:
    """The comments that people see now, the oldest first."""
    chosen = choices.now().comments
    rows = list(
        Comment.objects.filter(article_id=article_id, state__in=SEEN, is_taken_in=True).order_by("written_at", "id")
    )
    answers = [row for row in rows if row.parent_id is not None and row.state == CommentState.SHOWN]
    every = [
        Branch(row, [answer for answer in answers if answer.parent_id == row.pk])
        for row in rows
        if row.parent_id is None
    ]
    branches = [branch for branch in every if branch.answers or not branch.is_gone]
    is_open = chosen != Comments.CLOSED and own_site.connection() is not None
    return Discussion(is_open, chosen == Comments.SHOWN, branches)


def standing(row: Comment) -> Standing:
    """The comment as its connector knows it."""
    return Standing(
        external_id=str(row.public_id),
        article_id=str(row.article_id),
        parent_id=str(row.parent.public_id) if row.parent else None,
        writer_id=str((row.parent or row).public_id),
        name=row.name,
        text=row.text,
        is_own=row.is_own,
        state=PLATFORM_STATES[CommentState(row.state)],
        written_at=row.written_at,
        changed_at=row.changed_at,
        permalink=permalink(row, identity.current()),
    )


def permalink(row: Comment, municipality: Municipality) -> str:
    """The whole address of the comment on its article's page."""
    told = publishing.published_one(row.article_id)
    if told is None:
        return ""
    language = row.language if row.language in told.languages else told.language
    return f"{addresses.whole(addresses.article(told, municipality, language=language))}#c-{row.public_id}"


def tell_of_article(article_id: UUID, *, at: datetime) -> None:
    """Let the channel know the article, so that whoever reads a comment here sees what it is about."""
    site = own_site.connection()
    told = publishing.published_one(article_id)
    if site is None or told is None or told.is_withdrawn:
        return
    address = addresses.whole(addresses.article(told, identity.current()))
    story = Story(str(told.public_id), told.title, told.lead, address, told.corrected_at or told.published_at)
    own_site.tell_of_story(site, "edit" if told.corrected_at else "add", story, at=at)
