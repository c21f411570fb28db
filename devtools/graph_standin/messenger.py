"""Messenger: conversations, messages, the windows for sending, and who controls a thread."""

from typing import Any

from devtools.graph_standin import errors, events, paging, thread_shapes
from devtools.graph_standin.call import Call
from devtools.graph_standin.operations import serves
from devtools.graph_standin.records import OUR_APP_ID, OUTSIDE_APP_ID, Comment, Message, Page, Person, Thread
from devtools.graph_standin.shapes import PRIVATE_REPLY_WINDOW
from devtools.graph_standin.thread_shapes import MESSAGE, THREAD, WINDOW

MESSAGING = "pages_messaging"
HUMAN_AGENT_WINDOW = 7 * 24 * 3600
LONGEST_MESSAGE = 2000
TYPES = ("RESPONSE", "UPDATE", "MESSAGE_TAG", "UTILITY")


@serves(
    "Page",
    "GET",
    "conversations",
    scope=MESSAGING,
    params=("platform", "folder", "user_id", "updated_after_ms", "updated_before_ms"),
)
def conversations(call: Call, node: Page) -> dict[str, Any]:
    after, before = call.number("updated_after_ms", 0), call.number("updated_before_ms", 0)
    rows = [row for row in call.world.state.threads if call.text("user_id") in ("", row.person_id)]
    rows = [row for row in rows if row.updated * 1000 >= after and (not before or row.updated * 1000 <= before)]
    if call.text("platform").upper() == "INSTAGRAM":
        rows = []
    rows = sorted(rows, key=lambda row: row.updated)[::-1]
    wanted = call.wanted(THREAD.usual)
    return paging.page_of(
        call, f"{node.id}/conversations", rows, lambda row: THREAD.show(call, row, wanted), call.params
    )


@serves("UnifiedThread", "GET", scope=MESSAGING)
def thread(call: Call, node: Thread) -> dict[str, Any]:
    return THREAD.show(call, node, call.wanted(THREAD.usual))


@serves("UnifiedThread", "GET", "messages", scope=MESSAGING)
def messages(call: Call, node: Thread) -> dict[str, Any]:
    return thread_shapes.messages_below(call, node, call.params, call.wanted(MESSAGE.usual))


@serves("UnifiedMessage", "GET", scope=MESSAGING)
def message(call: Call, node: Message) -> dict[str, Any]:
    return MESSAGE.show(call, node, call.wanted(MESSAGE.usual))


@serves(
    "Page", "POST", "messages", scope=MESSAGING, params=("recipient", "message", "messaging_type", "tag", "reply_to")
)
def send(call: Call, node: Page) -> dict[str, Any]:
    """To a person within the window, or once to the author of a comment."""
    recipient = call.structure("recipient")
    content = call.structure("message")
    check_content(call, content)
    if "comment_id" in recipient:
        return send_private_reply(call, str(recipient["comment_id"]), content)
    person = call.world.find(str(recipient.get("id", "")))
    if not isinstance(person, Person):
        raise errors.NO_SUCH_RECIPIENT
    return sent(call, check_may_send(call, person), content)


def check_content(call: Call, content: dict[str, Any]) -> None:
    if not (content.get("text") or content.get("attachment")):
        raise errors.bad_parameter("Message cannot be empty, must provide valid attachment or text")
    if content.get("text") and content.get("attachment"):
        raise errors.bad_parameter("Text and an attachment go in separate messages")
    if len(content.get("text", "")) > LONGEST_MESSAGE:
        raise errors.bad_parameter("Length of param message[text] must be less than or equal to 2000")
    if call.text("messaging_type") and call.text("messaging_type") not in TYPES:
        raise errors.bad_parameter(f"Param messaging_type must be one of {{{', '.join(TYPES)}}}")


def check_may_send(call: Call, person: Person) -> Thread:
    """24 hours from the person's last message; seven days with the tag HUMAN_AGENT."""
    thread = next((row for row in call.world.state.threads if row.person_id == person.id), None)
    if thread is None:
        raise errors.NO_SUCH_RECIPIENT
    if person.is_unavailable or person.is_blocked:
        raise errors.PERSON_UNAVAILABLE
    if thread.owner_app_id not in (None, OUR_APP_ID):
        raise errors.ANOTHER_APP_OWNS
    is_tagged = call.text("messaging_type") == "MESSAGE_TAG" and call.text("tag") == "HUMAN_AGENT"
    window = HUMAN_AGENT_WINDOW if is_tagged else WINDOW
    if thread.last_inbound is None or call.world.clock.now() - thread.last_inbound > window:
        raise errors.OUTSIDE_WINDOW
    return thread


def send_private_reply(call: Call, comment_id: str, content: dict[str, Any]) -> dict[str, Any]:
    """Opens no window: that takes an answer from the person."""
    comment = call.world.find(comment_id)
    if not isinstance(comment, Comment):
        raise errors.gone("POST", comment_id)
    person = call.world.find(comment.author_id)
    if not isinstance(person, Person) or person.is_unavailable:
        raise errors.PERSON_UNAVAILABLE
    if comment.private_reply_thread:
        raise errors.ALREADY_REPLIED
    if call.world.clock.now() - comment.created > PRIVATE_REPLY_WINDOW:
        raise errors.REPLY_TOO_LATE
    thread = call.world.thread_with(person)
    comment.private_reply_thread = thread.id
    return sent(call, thread, content)


def sent(call: Call, thread: Thread, content: dict[str, Any]) -> dict[str, Any]:
    attachments = [content["attachment"]] if content.get("attachment") else []
    message = call.world.add_message(
        thread,
        content.get("text", ""),
        is_from_page=True,
        attachments=attachments,
        app_id=OUR_APP_ID,
        reply_to=call.structure("reply_to").get("mid"),
        tag=call.text("tag") or None,
    )
    return {"recipient_id": thread.person_id, "message_id": message.id}


def thread_of_recipient(call: Call) -> Thread:
    text = call.required("recipient")
    number = str(call.structure("recipient").get("id", "")) if text.startswith("{") else text
    for row in call.world.state.threads:
        if row.person_id == number:
            return row
    raise errors.NO_SUCH_RECIPIENT


@serves("Page", "GET", "thread_owner", scope=MESSAGING, params=("recipient",))
def thread_owner(call: Call, node: Page) -> dict[str, Any]:
    row = thread_of_recipient(call)
    return {"data": [{"thread_owner": {"app_id": row.owner_app_id}}] if row.owner_app_id else []}


def hand_over(call: Call, row: Thread, app_id: str | None) -> dict[str, Any]:
    previous, row.owner_app_id = row.owner_app_id, app_id
    call.world.happened(events.of_control(call.world, row, previous))
    return {"success": True}


@serves("Page", "POST", "take_thread_control", scope=MESSAGING, params=("recipient", "metadata"))
def take_control(call: Call, node: Page) -> dict[str, Any]:
    return hand_over(call, thread_of_recipient(call), OUR_APP_ID)


@serves("Page", "POST", "pass_thread_control", scope=MESSAGING, params=("recipient", "target_app_id", "metadata"))
def pass_control(call: Call, node: Page) -> dict[str, Any]:
    return hand_over(call, thread_of_recipient(call), call.text("target_app_id") or OUTSIDE_APP_ID)


@serves("Page", "POST", "release_thread_control", scope=MESSAGING, params=("recipient",))
def release_control(call: Call, node: Page) -> dict[str, Any]:
    return hand_over(call, thread_of_recipient(call), None)
