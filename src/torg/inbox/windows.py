"""Which ways there are to answer, until when, and what to do where a way is closed."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from torg.channels.models import Connection
from torg.channels.models.connection import ConnectionState
from torg.connectors.contract import Capabilities
from torg.dialogue.models import Item, PlatformState, Thread, ThreadKind
from torg.inbox.types import AnswerKind

_CAPABILITY_NAMES = {each.name for each in fields(Capabilities)}


@dataclass(frozen=True, slots=True)
class Way:
    """One way to answer: open until `closes_at` (None: no end), or closed with a reason and another way."""

    kind: AnswerKind
    is_open: bool
    closes_at: datetime | None = None
    limit: int | None = None
    reason: str = ""
    other_way: str = ""
    # Inside the platform's longer window only what a person writes may be sent.
    is_for_people_only: bool = False


def capabilities_of(connection: Connection) -> Capabilities:
    """What the connection can do, as read from the platform."""
    stored: Mapping[str, Any] = connection.capabilities
    return Capabilities(**{name: value for name, value in stored.items() if name in _CAPABILITY_NAMES})


def ways(*, thread: Thread, item: Item | None, has_private_reply: bool, at: datetime) -> list[Way]:
    """All ways that the place knows, the first open one being the usual one.

    Args:
        thread: with its connection.
        item: what is answered; for private messages the newest inbound one.
        has_private_reply: the comment has had its one private reply.
        at: now.
    """
    able = capabilities_of(thread.connection)
    if thread.kind == ThreadKind.PRIVATE:
        found = [_message(thread, able, at)]
    else:
        found = [_public(item, able), _private_reply(item, able, has_private_reply, at)]
    problem = _dead(thread.connection)
    return (
        [_closed(way.kind, problem, _("Answer by phone or letter, and note it here.")) for way in found]
        if (problem)
        else found
    )


def way_of(kind: AnswerKind, *, thread: Thread, item: Item | None, has_private_reply: bool, at: datetime) -> Way:
    """The one way of this kind; a kind that the place does not know is closed."""
    for way in ways(thread=thread, item=item, has_private_reply=has_private_reply, at=at):
        if way.kind == kind:
            return way
    return _closed(kind, _("This cannot be answered that way."), _("Choose one of the ways that are open."))


def _dead(connection: Connection) -> str:
    if connection.state == ConnectionState.ACTIVE:
        return ""
    if connection.state == ConnectionState.CLOSED:
        return _("The connection to %(name)s is closed.") % {"name": connection.name or connection.platform}
    return _("We have lost the connection to %(name)s; it must be connected again.") % {
        "name": connection.name or connection.platform
    }


def _public(item: Item | None, able: Capabilities) -> Way:
    kind = AnswerKind.PUBLIC_REPLY
    if not able.can_reply:
        return _closed(kind, _("The platform does not let us reply here."), _("Answer privately, by phone or letter."))
    if item is None or item.is_unsent or item.platform_state in _NOT_THERE:
        return _closed(kind, _("The comment is no longer there."), _("Answer another comment, or close the enquiry."))
    return Way(kind, is_open=True, limit=able.max_text_length)


_NOT_THERE = {PlatformState.DELETED_BY_AUTHOR, PlatformState.REMOVED_BY_US, PlatformState.UNREACHABLE}


def _private_reply(item: Item | None, able: Capabilities, has_private_reply: bool, at: datetime) -> Way:
    """Once for each comment, and within the platform's days from when it was posted."""
    kind = AnswerKind.PRIVATE_REPLY
    public = _("Answer in public, or by phone or letter.")
    if not able.can_reply_privately or item is None:
        return _closed(kind, _("The platform does not let us reply privately here."), public)
    if has_private_reply:
        return _closed(kind, _("This comment has had its one private reply."), public)
    closes_at = _end(item.posted_at, able.private_reply_window_seconds)
    if closes_at is not None and closes_at < at:
        return _closed(kind, _("The time for a private reply to this comment has passed."), public, closes_at)
    return Way(kind, is_open=True, closes_at=closes_at, limit=MESSAGE_LIMIT)


def _message(thread: Thread, able: Capabilities, at: datetime) -> Way:
    """Freely in the first window after the person's last message, by hand in the longer one, then not at all."""
    kind = AnswerKind.MESSAGE
    letter = _("Answer by letter, e-mail or phone, or ask the person to write again.")
    if not able.can_message:
        return _closed(kind, _("The platform does not let us send messages here."), letter)
    last = thread.last_inbound_at
    if able.message_window_seconds is None:
        return Way(kind, is_open=True, limit=MESSAGE_LIMIT)
    if last is None:
        return _closed(kind, _("The person has not written to us, so we may not write first."), letter)
    freely = last + timedelta(seconds=able.message_window_seconds)
    by_hand = _end(last, able.human_window_seconds)
    if at <= freely:
        return Way(kind, is_open=True, closes_at=max(freely, by_hand or freely), limit=MESSAGE_LIMIT)
    if by_hand is not None and at <= by_hand:
        return Way(kind, is_open=True, closes_at=by_hand, limit=MESSAGE_LIMIT, is_for_people_only=True)
    closed = by_hand or freely
    return _closed(kind, _("The platform's time for answering this message has passed."), letter, closed)


# Messenger takes 2,000 characters in a message, whatever a comment may hold.
MESSAGE_LIMIT = 2000


def _end(start: datetime, seconds: int | None) -> datetime | None:
    return None if seconds is None else start + timedelta(seconds=seconds)


def _closed(kind: AnswerKind, reason: str, other_way: str, closes_at: datetime | None = None) -> Way:
    return Way(kind, is_open=False, closes_at=closes_at, reason=reason, other_way=other_way)


def length(text: str) -> int:
    """How long a text is to Meta: in UTF-16 units, so that an emoji is two or more."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
