"""How the author of an item can be told, until when, and why not where there is no way."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from torg.connectors.contract import ActKind
from torg.dialogue.models import Item, PlatformState, ThreadKind
from torg.inbox import windows
from torg.inbox.models import Answer
from torg.inbox.types import AnswerKind, AnswerState
from torg.moderation.models import Notice
from torg.moderation.words import NoNotice, NoticeState

CAME_TO_NOTHING = (AnswerState.REJECTED, AnswerState.SUPERSEDED, AnswerState.WITHDRAWN, AnswerState.REFUSED)
NOT_THERE = (PlatformState.DELETED_BY_AUTHOR, PlatformState.REMOVED_BY_US, PlatformState.UNREACHABLE)


@dataclass(frozen=True, slots=True)
class Way:
    """A way to tell the author (`kind`, at most `limit` characters), or why there is none."""

    kind: ActKind | None = None
    limit: int = 0
    closes_at: datetime | None = None
    why_not: NoNotice | None = None

    @property
    def closes_with_deletion(self) -> bool:
        """Whether the notice must go first: a private reply refers to the comment, which must still be there."""
        return self.kind == ActKind.PRIVATE_REPLY


def way_to_tell(item: Item, *, is_used: bool, at: datetime) -> Way:
    """The way to the author now, whatever state our connection is in: a dead key is mended, a closed window is not.

    Args:
        item: with its thread and connection.
        is_used: the item has had its one private reply.
        at: now.
    """
    able = windows.capabilities_of(item.thread.connection)
    if item.thread.kind == ThreadKind.PRIVATE:
        span = able.human_window_seconds or able.message_window_seconds
        closes_at = _end(item.thread.last_inbound_at or item.posted_at, span)
        return _way(ActKind.MESSAGE, able.can_message, closes_at, at)
    if item.platform_state in NOT_THERE:
        return Way(why_not=NoNotice.GONE)
    if is_used and able.can_reply_privately:
        return Way(why_not=NoNotice.WAY_USED)
    closes_at = _end(item.posted_at, able.private_reply_window_seconds)
    return _way(ActKind.PRIVATE_REPLY, able.can_reply_privately, closes_at, at)


def used(items: Collection[Item]) -> set[int]:
    """Of these items, those that have had their one private reply, or are about to. One query for all."""
    answers = Answer.objects.filter(item__in=items, kind=AnswerKind.PRIVATE_REPLY).exclude(state__in=CAME_TO_NOTHING)
    notices = Notice.objects.filter(decision__case__item__in=items, way=ActKind.PRIVATE_REPLY.value).exclude(
        state=NoticeState.NOT_SENT
    )
    told = notices.values_list("decision__case__item_id", flat=True)
    return set(answers.values_list("item_id", flat=True).union(told))


def _way(kind: ActKind, is_able: bool, closes_at: datetime | None, at: datetime) -> Way:
    if not is_able:
        return Way(why_not=NoNotice.NO_WAY)
    if closes_at is not None and closes_at <= at:
        return Way(closes_at=closes_at, why_not=NoNotice.WINDOW_CLOSED)
    return Way(kind, windows.MESSAGE_LIMIT, closes_at)


def _end(start: datetime, seconds: int | None) -> datetime | None:
    return None if seconds is None else start + timedelta(seconds=seconds)
