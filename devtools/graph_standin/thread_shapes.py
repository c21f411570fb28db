"""How Messenger's threads and messages are shown."""

from collections.abc import Mapping, Sequence
from typing import Any

from devtools.graph_standin import paging
from devtools.graph_standin.call import Call
from devtools.graph_standin.clock import graph_time
from devtools.graph_standin.fieldspec import Wanted
from devtools.graph_standin.records import OUR_APP_ID, Message, Thread
from devtools.graph_standin.shape import ABSENT, Shape, addressable

WINDOW = 24 * 3600
MESSAGES_WITH_DETAILS = 20


def addressed(call: Call, author_id: str) -> dict[str, str]:
    return {"name": call.world.author_name(author_id), "email": f"{author_id}@facebook.com", "id": author_id}


def participants(call: Call, thread: Thread) -> dict[str, Any]:
    return {"data": [addressed(call, thread.person_id), addressed(call, call.world.state.page.id)]}


def snippet(call: Call, thread: Thread) -> Any:
    messages = call.world.messages_in(thread)
    return messages[-1].text[:100] if messages else ABSENT


def unread(call: Call, thread: Thread) -> int:
    messages = call.world.messages_in(thread)
    answered = max((row.created for row in messages if row.is_from_page), default=0)
    return sum(not row.is_from_page and row.created > answered for row in messages)


def can_reply(call: Call, thread: Thread) -> bool:
    return thread.last_inbound is not None and call.world.clock.now() - thread.last_inbound <= WINDOW


def messages_below(call: Call, thread: Any, options: Mapping[str, str], below: Sequence[Wanted]) -> dict[str, Any]:
    """Newest first; details only of the newest twenty, the rest show id and time."""
    rows = call.world.messages_in(thread)[::-1]
    detailed = {row.id for row in rows[:MESSAGES_WITH_DETAILS]}
    wanted = list(below) or [Wanted(name) for name in MESSAGE.usual]
    bare = [one for one in wanted if one.name in ("id", "created_time")]

    def show(row: Message) -> dict[str, Any]:
        return MESSAGE.show(call, row, wanted if row.id in detailed else bare)

    return paging.page_of(call, f"{thread.id}/messages", rows, show, addressable(options, below))


THREAD = Shape(
    name="UnifiedThread",
    usual=("id", "link", "updated_time"),
    fields={
        "can_reply": can_reply,
        "folder": lambda call, row: "inbox",
        "id": lambda call, row: row.id,
        "is_owner": lambda call, row: row.owner_app_id in (None, OUR_APP_ID),
        "is_subscribed": lambda call, row: True,
        "link": lambda call, row: f"/{call.world.state.page.id}/inbox/{row.id[2:]}/?section=messages",
        "message_count": lambda call, row: len(call.world.messages_in(row)),
        "name": lambda call, row: call.world.author_name(row.person_id),
        "participants": participants,
        "scoped_thread_key": lambda call, row: row.id,
        "senders": participants,
        "snippet": snippet,
        "unread_count": unread,
        "updated_time": lambda call, row: graph_time(row.updated),
    },
    edges={"messages": messages_below},
)


def ends_of(call: Call, message: Message) -> tuple[str, str]:
    thread = call.world.index[message.thread_id]
    assert isinstance(thread, Thread)
    page = call.world.state.page.id
    return (page, thread.person_id) if message.is_from_page else (thread.person_id, page)


def message_attachments(call: Call, message: Message) -> Any:
    if not message.attachments or "attachments" in call.withheld:
        return ABSENT
    return {"data": [stored_attachment(message, place, one) for place, one in enumerate(message.attachments)]}


def stored_attachment(message: Message, place: int, attachment: dict[str, Any]) -> dict[str, Any]:
    url = attachment["payload"].get("url", "")
    shown: dict[str, Any] = {"id": f"{abs(int(message.created * 1000))}{place}", "name": url.rsplit("/", 1)[-1]}
    if attachment["type"] == "image":
        data = {"width": 720, "height": 720, "max_width": 720, "max_height": 720, "url": url, "preview_url": url}
        return shown | {"mime_type": "image/jpeg", "size": None, "image_data": data}
    return shown | {"mime_type": "application/octet-stream", "size": None, "file_url": url}


MESSAGE = Shape(
    name="UnifiedMessage",
    usual=("id", "created_time"),
    fields={
        "attachments": message_attachments,
        "created_time": lambda call, row: graph_time(row.created),
        "from": lambda call, row: addressed(call, ends_of(call, row)[0]),
        "id": lambda call, row: row.id,
        "message": lambda call, row: row.text,
        "sticker": lambda call, row: ABSENT,
        "tags": lambda call, row: {"data": [{"name": "inbox"}, {"name": "sent" if row.is_from_page else "read"}]},
        "to": lambda call, row: {"data": [addressed(call, ends_of(call, row)[1])]},
    },
    edges={},
)
