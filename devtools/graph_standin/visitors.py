"""What citizens do, and what the page's people do elsewhere than through our app."""

from typing import Any

from devtools.graph_standin import events, names
from devtools.graph_standin.records import OUTSIDE_APP_ID, Comment, Message, Post, Thread
from devtools.graph_standin.world import World

MOST_AT_ONCE = 20_000


def who(world: World, content: dict[str, Any]) -> str:
    """`as_page` is someone at the municipality, writing on facebook.com itself."""
    if content.get("as_page"):
        return world.state.page.id
    return world.person_named(str(content.get("name") or "Test Testesen")).id


def outside(content: dict[str, Any]) -> str | None:
    return OUTSIDE_APP_ID if content.get("as_page") else None


def post_to_comment(world: World, content: dict[str, Any]) -> Post | Comment:
    """The post or comment named by `target`; without one, the newest post. Raises LookupError."""
    if content.get("target"):
        node = world.find(str(content["target"]))
        if isinstance(node, Post | Comment):
            return node
        raise LookupError("target: no such post or comment")
    posts = [row for row in world.state.posts if row.is_published and not row.is_deleted]
    if not posts:
        raise LookupError("there is no post to comment on")
    return posts[-1]


def comment(world: World, content: dict[str, Any]) -> dict[str, Any]:
    row = world.add_comment(
        post_to_comment(world, content),
        who(world, content),
        str(content.get("text", "")),
        attachment_url=content.get("attachment_url"),
        app_id=outside(content),
    )
    return {"id": row.id, "author_id": row.author_id, "post_id": row.post_id}


def post(world: World, content: dict[str, Any]) -> dict[str, Any]:
    row = world.add_post(who(world, content), str(content.get("text", "")), app_id=outside(content))
    return {"id": row.id, "author_id": row.author_id}


def message(world: World, content: dict[str, Any]) -> dict[str, Any]:
    person = world.person_named(str(content.get("name") or "Test Testesen"))
    urls = content.get("attachments") or []
    row = world.add_message(
        world.thread_with(person),
        str(content.get("text", "")),
        is_from_page=bool(content.get("as_page")),
        attachments=[{"type": "image", "payload": {"url": url}} for url in urls],
        reply_to=content.get("reply_to"),
        app_id=outside(content),
    )
    return {"id": row.id, "person_id": person.id, "thread_id": row.thread_id}


def target(world: World, content: dict[str, Any]) -> Post | Comment | Message | Thread:
    node = world.find(str(content.get("target", "")))
    if isinstance(node, Post | Comment | Message | Thread):
        return node
    raise LookupError("target: no such post, comment, message or thread")


def edit(world: World, content: dict[str, Any]) -> dict[str, Any]:
    node, text = target(world, content), str(content.get("text", ""))
    if isinstance(node, Comment):
        world.edit_comment(node, text)
    elif isinstance(node, Post):
        world.edit_post(node, text)
    elif isinstance(node, Message):
        world.edit_message(node, text)
    return {"id": node.id}


def delete(world: World, content: dict[str, Any]) -> dict[str, Any]:
    """The author takes it back; with `as_page`, someone at the municipality removes it on facebook.com."""
    node = target(world, content)
    if isinstance(node, Comment):
        world.delete_comment(node, by=world.state.page.id if content.get("as_page") else node.author_id)
    elif isinstance(node, Post):
        world.delete_post(node)
    elif isinstance(node, Message):
        world.unsend_message(node)
    return {"id": node.id}


def hide(world: World, content: dict[str, Any]) -> dict[str, Any]:
    """Someone hides, or shows again (`hidden` false), a comment or post on facebook.com."""
    node, hidden = target(world, content), bool(content.get("hidden", True))
    if isinstance(node, Comment):
        world.hide_comment(node, hidden)
    elif isinstance(node, Post):
        world.hide_post(node, hidden)
    return {"id": node.id}


def reaction(world: World, content: dict[str, Any]) -> dict[str, Any]:
    node, kind = target(world, content), content.get("reaction", "like")
    if isinstance(node, Message):
        world.react_to_message(node, kind)
    elif isinstance(node, Post | Comment):
        world.react(node, who(world, content), kind)
    return {"id": node.id}


def read(world: World, content: dict[str, Any]) -> dict[str, Any]:
    node = target(world, content)
    if not isinstance(node, Thread):
        raise LookupError("target: no such thread")
    world.read_thread(node)
    return {"id": node.id}


def mention(world: World, content: dict[str, Any]) -> dict[str, Any]:
    """A citizen names the page in a post elsewhere, which the page cannot read."""
    author = world.person_named(str(content.get("name") or "Test Testesen")).id
    post_id = f"{author}_{names.post_id(world.state).split('_')[1]}"
    world.happened(events.of_mention(world, post_id, str(content.get("text", ""))))
    return {"id": post_id}


def burst(world: World, content: dict[str, Any]) -> dict[str, Any]:
    """`count` comments at once from `people` citizens."""
    count, people = int(content.get("count", 100)), max(1, int(content.get("people", 25)))
    if count > MOST_AT_ONCE:
        raise ValueError(f"count: at most {MOST_AT_ONCE}")
    place = post_to_comment(world, content)
    text = str(content.get("text", "Kommentar nummer {number}"))
    ids = []
    for number in range(1, count + 1):
        author = world.person_named(f"Innbygger {number % people + 1}").id
        ids.append(world.add_comment(place, author, text.replace("{number}", str(number))).id)
    return {"ids": ids}


def person(world: World, content: dict[str, Any]) -> dict[str, Any]:
    """Sets a citizen's `is_unavailable`: cannot be written to."""
    row = world.person_named(str(content.get("name") or "Test Testesen"))
    row.is_unavailable = bool(content.get("is_unavailable", row.is_unavailable))
    return {"id": row.id, "name": row.name}


def thread_owner(world: World, content: dict[str, Any]) -> dict[str, Any]:
    """Another app takes the thread, as the page's own inbox does when someone answers there."""
    node = target(world, content)
    if not isinstance(node, Thread):
        raise LookupError("target: no such thread")
    node.owner_app_id = content.get("app_id", OUTSIDE_APP_ID)
    return {"id": node.id}


ACTS = {
    "comment": comment,
    "reply": comment,
    "post": post,
    "message": message,
    "edit": edit,
    "delete": delete,
    "hide": hide,
    "reaction": reaction,
    "read": read,
    "mention": mention,
    "burst": burst,
    "person": person,
    "thread_owner": thread_owner,
}
