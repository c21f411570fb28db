"""The comments of our own site as their connector reaches them: it asks, answers, hides, shows and removes."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import wraps
from typing import Any, TypeVar, cast
from uuid import UUID

from django.core.mail import send_mail
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from torg.channels import own_site
from torg.connectors.board import Standing, Unsure
from torg.connectors.contract import Gone, PlatformState
from torg.core import clock, sealing
from torg.site import articles, identity, writers
from torg.site.discussion import PLATFORM_STATES, standing
from torg.site.models import Comment, CommentState

STATES = {platform: ours for ours, platform in PLATFORM_STATES.items()}
NOTHING = UUID(int=0)
VERBS = {CommentState.HIDDEN: "hide", CommentState.SHOWN: "unhide", CommentState.REMOVED: "remove"}


Act = TypeVar("Act", bound=Callable[..., Any])


def or_unsure(act: Act) -> Act:
    """The act in a transaction; raises Unsure where the database fell silent, maybe after it had taken effect."""

    @wraps(act)
    def tried(*arguments: Any, **named: Any) -> Any:
        try:
            with transaction.atomic():
                return act(*arguments, **named)
        except (OperationalError, InterfaceError) as error:
            raise Unsure from error

    return cast(Act, tried)


class SiteBoard:
    """Acts take effect on the page in the same transaction, and are delivered back as every platform does."""

    def find(self, external_id: str) -> Standing | None:
        """The comment as it stands now; None when there never was one."""
        row = _rows().filter(public_id=_number(external_id)).first()
        return standing(row) if row else None

    def answers(self, parent_id: str, *, since: datetime) -> Sequence[Standing]:
        """Our answers to a comment that were written after `since`."""
        rows = _rows().filter(parent__public_id=_number(parent_id), is_own=True, written_at__gt=since)
        return [standing(row) for row in rows.order_by("written_at")]

    def changed(self, since: datetime | None, *, limit: int) -> Sequence[Standing]:
        """Comments and answers that changed at `since` or later, the oldest change first."""
        rows = _rows().filter(changed_at__gte=since) if since else _rows()
        return [standing(row) for row in rows.order_by("changed_at", "id")[:limit]]

    @or_unsure
    def answer(self, parent_id: str, text: str) -> Standing:
        """Put our answer below a comment, and tell its author by e-mail where they asked to hear of it."""
        parent, at = _locked(parent_id), clock.now()
        row = Comment.objects.create(
            scope_id=parent.scope_id,
            article_id=parent.article_id,
            # One level: an answer to an answer stands below the same comment.
            parent=parent.parent or parent,
            is_own=True,
            name=identity.current().name[:80],
            text=text,
            language=parent.language,
            state=CommentState.SHOWN,
            is_taken_in=True,
            written_at=at,
            changed_at=at,
        )
        _deliver("add", row, at=at)
        transaction.on_commit(lambda: _tell_of_answer(parent, standing(row).permalink))
        return standing(row)

    @or_unsure
    def edit(self, external_id: str, text: str) -> Standing:
        """Give an answer of ours another text, marked as changed."""
        row, at = _locked(external_id), clock.now()
        row.text, row.is_edited, row.changed_at = text, True, at
        row.save(update_fields=["text", "is_edited", "changed_at"])
        _deliver("edit", row, at=at)
        return standing(row)

    @or_unsure
    def change(self, external_id: str, state: PlatformState) -> Standing:
        """Hide a comment, show it again, or take it away for good with its text."""
        row, at = _locked(external_id), clock.now()
        row.move_to(STATES[state], at=at)
        _deliver(VERBS[STATES[state]], row, at=at)
        return standing(row)

    def write_privately(self, external_id: str, text: str) -> bool:
        """Send an e-mail to whoever wrote the comment; False when they left no address."""
        row = _rows().filter(public_id=_number(external_id)).first()
        address = bytes(writers.root_of(row).address) if row else b""
        if row is None or not address:
            return False
        with translation.override(row.language):
            subject = _("About what you wrote on our site")
        send_mail(subject, text, None, [sealing.unseal(address)])
        return True


def _rows() -> QuerySet[Comment]:
    return Comment.objects.select_related("parent")


def _locked(external_id: str) -> Comment:
    row: Comment | None = Comment.objects.select_for_update().filter(public_id=_number(external_id)).first()
    if row is None:
        raise Gone("it is no longer there")
    return row


def _number(external_id: str) -> UUID:
    try:
        return UUID(external_id)
    except ValueError:
        return NOTHING


def _deliver(verb: str, row: Comment, *, at: datetime) -> None:
    """Tell of it as a delivery, and draw the page again."""
    site = own_site.connection()
    if site is not None:
        own_site.tell_of_comment(site, verb, standing(row), at=at)
    articles.bring(row.article_id, at=at)


def _tell_of_answer(comment: Comment, address: str) -> None:
    first = writers.root_of(comment)
    if not first.address or not first.link_digest:
        return
    with translation.override(comment.language):
        told = _("We have answered what you wrote on our site. You find the answer here:")
        own = _("Here you can answer, change what you wrote, or take it back. Do not pass this address on:")
        subject = _("We have answered you")
    text = f"{told}\n\n{address}\n\n{own}\n\n{writers.link_of(first)}\n"
    send_mail(subject, text, None, [sealing.unseal(first.address)], fail_silently=True)
