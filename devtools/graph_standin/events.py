"""What a webhook says of each happening: `changes` of the feed in seconds, `messaging` in milliseconds."""

from typing import TYPE_CHECKING, Any

from devtools.graph_standin import links
from devtools.graph_standin.clock import graph_time
from devtools.graph_standin.records import OUR_APP_ID, Comment, Event, Message, Post, Thread

if TYPE_CHECKING:
    from devtools.graph_standin.world import World

EMOJI = {"love": "❤", "smile": "😆", "wow": "😮", "sad": "😢", "angry": "😠", "like": "👍", "dislike": "👎"}


def person(world: "World", author_id: str) -> dict[str, str]:
    return {"id": author_id, "name": world.author_name(author_id)}


def in_feed(world: "World", value: dict[str, Any]) -> Event:
    return Event("feed", "changes", world.clock.now(), value)


def kind_of_post(world: "World", post: Post) -> str:
    if post.author_id != world.state.page.id:
        return "post"
    if post.video_id:
        return "video"
    if len(post.photo_ids) == 1:
        return "photo"
    return "share" if post.link else "status"


def of_post(world: "World", post: Post, verb: str) -> Event:
    value: dict[str, Any] = {
        "from": person(world, post.author_id),
        "post_id": post.id,
        "created_time": int(post.created),
        "item": kind_of_post(world, post),
        "published": int(post.is_published),
        "verb": verb,
    }
    if post.message:
        value["message"] = post.message
    if post.link:
        value["link"] = post.link
    if post.video_id:
        value |= {"video_id": post.video_id, "link": links.of_video(world, post.video_id)}
    photos = [links.photo_source(world, photo_id) for photo_id in post.photo_ids]
    if len(photos) == 1:
        value |= {"photo_id": post.photo_ids[0], "link": photos[0]}
    elif photos:
        value["photos"] = photos
    return in_feed(world, value)


def of_removed_post(world: "World", post: Post) -> Event:
    value = {
        "from": person(world, post.author_id),
        "post_id": post.id,
        "created_time": int(world.clock.now()),
        "item": "post",
        "recipient_id": world.state.page.id,
        "verb": "remove",
    }
    return in_feed(world, value)


def post_of_comment(world: "World", comment: Comment) -> dict[str, Any]:
    post = world.index[comment.post_id]
    assert isinstance(post, Post)
    return {
        "status_type": links.status_type(post),
        "is_published": post.is_published,
        "updated_time": graph_time(post.updated),
        "permalink_url": links.of_post(world, post),
        "promotion_status": "inactive",
        "id": post.id,
    }


def of_comment(world: "World", comment: Comment, verb: str) -> Event:
    """Hiding is told as the page's act, whoever wrote the comment."""
    actor = world.state.page.id if verb in ("hide", "unhide") else comment.author_id
    value: dict[str, Any] = {
        "from": person(world, actor),
        "post": post_of_comment(world, comment),
        "message": comment.message,
        "post_id": comment.post_id,
        "comment_id": comment.id,
        "created_time": int(comment.created),
        "item": "comment",
        "parent_id": comment.parent_id or comment.post_id,
        "verb": verb,
    }
    if comment.attachment_url:
        value["photo"] = comment.attachment_url
    return in_feed(world, value)


def of_removed_comment(world: "World", comment: Comment, by: str) -> Event:
    """A removal carries no text."""
    value = {
        "from": person(world, by),
        "post_id": comment.post_id,
        "comment_id": comment.id,
        "created_time": int(world.clock.now()),
        "item": "comment",
        "parent_id": comment.parent_id or comment.post_id,
        "verb": "remove",
    }
    return in_feed(world, value)


def of_reaction(world: "World", target: Post | Comment, person_id: str, verb: str, kind: str) -> Event:
    """A reaction to a comment carries the comment's id, and is no comment."""
    value: dict[str, Any] = {
        "from": person(world, person_id),
        "post_id": target.post_id if isinstance(target, Comment) else target.id,
        "created_time": int(world.clock.now()),
        "item": "reaction",
        "reaction_type": kind,
        "verb": verb,
        "parent_id": target.id,
    }
    if isinstance(target, Comment):
        value |= {"comment_id": target.id, "parent_id": target.parent_id or target.post_id}
    return in_feed(world, value)


def of_mention(world: "World", post_id: str, text: str) -> Event:
    """Someone names the page in a post of their own; who, is not told."""
    now = world.clock.now()
    value = {"post_id": post_id, "created_time": int(now), "item": "post", "verb": "add", "message": text}
    return Event("mention", "changes", now, value)


def milliseconds(seconds: float) -> int:
    return int(seconds * 1000)


def between(world: "World", thread: Thread, *, from_page: bool, at: float) -> dict[str, Any]:
    ends = [{"id": world.state.page.id}, {"id": thread.person_id}]
    sender, recipient = ends if from_page else reversed(ends)
    return {"sender": sender, "recipient": recipient, "timestamp": milliseconds(at)}


def thread_of(world: "World", message: Message) -> Thread:
    thread = world.index[message.thread_id]
    assert isinstance(thread, Thread)
    return thread


def in_messenger(world: "World", thread: Thread, field: str, value: dict[str, Any]) -> Event:
    """When another app has the thread, the same comes as `standby`."""
    is_ours = thread.owner_app_id in (None, OUR_APP_ID)
    return Event(field, "messaging" if is_ours else "standby", world.clock.now(), value)


def of_message(world: "World", message: Message) -> Event:
    thread = thread_of(world, message)
    content: dict[str, Any] = {"mid": message.id}
    if message.text:
        content["text"] = message.text
    if message.attachments:
        content["attachments"] = message.attachments
    if message.reply_to:
        content["reply_to"] = {"mid": message.reply_to}
    if message.is_from_page:
        content |= {"is_echo": True, "app_id": int(message.app_id or OUR_APP_ID)}
    value = between(world, thread, from_page=message.is_from_page, at=message.created) | {"message": content}
    return in_messenger(world, thread, "message_echoes" if message.is_from_page else "messages", value)


def of_edited_message(world: "World", message: Message) -> Event:
    thread = thread_of(world, message)
    edit = {"mid": message.id, "text": message.text, "num_edit": message.edits}
    value = between(world, thread, from_page=False, at=world.clock.now()) | {"message_edit": edit}
    return in_messenger(world, thread, "message_edits", value)


def of_unsent_message(world: "World", message: Message) -> Event:
    thread = thread_of(world, message)
    value = between(world, thread, from_page=message.is_from_page, at=world.clock.now())
    return in_messenger(world, thread, "messages", value | {"message": {"mid": message.id, "is_deleted": True}})


def of_message_reaction(world: "World", message: Message) -> Event:
    thread = thread_of(world, message)
    reaction = {"mid": message.id, "action": "unreact"}
    if message.reaction:
        emoji = EMOJI.get(message.reaction, "👍")
        reaction = {"mid": message.id, "action": "react", "emoji": emoji, "reaction": message.reaction}
    value = between(world, thread, from_page=False, at=world.clock.now()) | {"reaction": reaction}
    return in_messenger(world, thread, "message_reactions", value)


def of_arrival(world: "World", message: Message) -> Event:
    thread = thread_of(world, message)
    delivery = {"mids": [message.id], "watermark": milliseconds(message.created)}
    value = between(world, thread, from_page=False, at=world.clock.now()) | {"delivery": delivery}
    return in_messenger(world, thread, "message_deliveries", value)


def of_reading(world: "World", thread: Thread) -> Event:
    value = between(world, thread, from_page=False, at=world.clock.now())
    return in_messenger(
        world, thread, "message_reads", value | {"read": {"watermark": milliseconds(thread.read_until)}}
    )


def of_control(world: "World", thread: Thread, previous: str | None) -> Event:
    """Another app took or passed the thread."""
    value = between(world, thread, from_page=False, at=world.clock.now())
    change = {"new_owner_app_id": thread.owner_app_id, "previous_owner_app_id": previous, "metadata": ""}
    return Event("messaging_handovers", "messaging", world.clock.now(), value | {"pass_thread_control": change})
