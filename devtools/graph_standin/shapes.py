"""How posts, comments, photos, the page and people are shown; no field that Facebook's own SDK does not know."""

from collections.abc import Mapping, Sequence
from typing import Any

from devtools.graph_standin import links, paging
from devtools.graph_standin.call import Call
from devtools.graph_standin.clock import graph_time, seconds_of
from devtools.graph_standin.fieldspec import Wanted
from devtools.graph_standin.records import OUR_APP_ID, OUTSIDE_APP_ID, Comment, Page, Photo, Post, Video
from devtools.graph_standin.shape import ABSENT, Shape, addressable

PRIVATE_REPLY_WINDOW = 7 * 24 * 3600


def author(call: Call, author_id: str) -> Any:
    """Nobody's name without pages_read_user_content; the page's own name always."""
    is_page = author_id == call.world.state.page.id
    if not is_page and ("from" in call.withheld or not call.may_see_people):
        return ABSENT
    return {"name": call.world.author_name(author_id), "id": author_id}


def application(app_id: str | None) -> Any:
    if app_id == OUR_APP_ID:
        return {"name": "Torg (øving)", "namespace": "torg-oving", "id": app_id}
    return {"name": "Meta Business Suite", "id": app_id} if app_id else ABSENT


def admin(app_id: str | None) -> Any:
    return {"name": "Øvingsredaktør", "id": OUTSIDE_APP_ID} if app_id else ABSENT


def reactions_of(call: Call, node: Post | Comment) -> list[Any]:
    return [row for row in call.world.state.reactions if row.target_id == node.id]


def likes_of(call: Call, node: Post | Comment) -> int:
    return sum(row.kind == "like" for row in reactions_of(call, node))


# Comments


def can_reply_privately(call: Call, comment: Comment) -> bool:
    age = call.world.clock.now() - comment.created
    is_citizens = comment.author_id != call.world.state.page.id
    return is_citizens and comment.private_reply_thread is None and age <= PRIVATE_REPLY_WINDOW


def parent(call: Call, comment: Comment) -> Any:
    above = call.world.find(comment.parent_id) if comment.parent_id else None
    return COMMENT.show(call, above, [Wanted(name) for name in COMMENT.usual]) if above else ABSENT


def comment_attachment(call: Call, comment: Comment) -> Any:
    if not comment.attachment_url or "attachments" in call.withheld:
        return ABSENT
    return {
        "media": {"image": {"height": 720, "src": comment.attachment_url, "width": 720}},
        "target": {"id": comment.id.split("_")[1], "url": links.of_comment(call.world, comment)},
        "type": "photo",
        "url": links.of_comment(call.world, comment),
    }


def comment_object(call: Call, comment: Comment) -> Any:
    post = call.world.index[comment.post_id]
    assert isinstance(post, Post)
    return {"created_time": graph_time(post.created), "id": post.id}


def private_conversation(call: Call, comment: Comment) -> Any:
    thread = call.world.index.get(comment.private_reply_thread or "")
    return {"id": thread.id, "link": f"/{call.world.state.page.id}/inbox/"} if thread else ABSENT


def is_citizens(call: Call, comment: Comment) -> bool:
    return comment.author_id != call.world.state.page.id


def comments_below(call: Call, node: Any, options: Mapping[str, str], below: Sequence[Wanted]) -> dict[str, Any]:
    rows = chosen_comments(call, node, options)
    wanted = list(below) or [Wanted(name) for name in COMMENT.usual]
    params = addressable(options, below)
    answer = paging.page_of(call, f"{node.id}/comments", rows, lambda row: COMMENT.show(call, row, wanted), params)
    if options.get("summary") in ("true", "1", "total_count"):
        order = "ranked" if options.get("order") is None else options["order"]
        answer["summary"] = {"order": order, "total_count": len(rows), "can_comment": True}
    return answer


def chosen_comments(call: Call, node: Any, options: Mapping[str, str]) -> list[Comment]:
    rows = call.world.replies_to(node)
    if not isinstance(node, Comment) and options.get("filter", "toplevel") == "toplevel":
        rows = [row for row in rows if row.parent_id is None]
    if since := options.get("since"):
        rows = [row for row in rows if row.created >= seconds_of(since)]
    oldest_first = sorted(rows, key=lambda row: row.created)
    return oldest_first[::-1] if options.get("order") == "reverse_chronological" else oldest_first


def reactions_below(call: Call, node: Any, options: Mapping[str, str], below: Sequence[Wanted]) -> dict[str, Any]:
    rows = [row for row in reactions_of(call, node) if options.get("type", row.kind.upper()) == row.kind.upper()]
    names = call.world.author_name

    def show(row: Any) -> dict[str, Any]:
        return {"id": row.person_id, "name": names(row.person_id), "type": row.kind.upper()}

    answer = paging.page_of(call, f"{node.id}/reactions", rows, show, dict(options))
    if options.get("summary"):
        answer["summary"] = {"total_count": len(rows), "viewer_reaction": "NONE"}
    return answer


COMMENT = Shape(
    name="Comment",
    usual=("created_time", "from", "message", "id"),
    fields={
        "admin_creator": lambda call, row: admin(row.app_id),
        "application": lambda call, row: application(row.app_id),
        "attachment": comment_attachment,
        "can_comment": lambda call, row: True,
        "can_hide": lambda call, row: is_citizens(call, row),
        "can_like": lambda call, row: True,
        "can_remove": lambda call, row: True,
        "can_reply_privately": can_reply_privately,
        "comment_count": lambda call, row: len(call.world.replies_to(row)),
        "created_time": lambda call, row: graph_time(row.created),
        "from": lambda call, row: author(call, row.author_id),
        "id": lambda call, row: row.id,
        "is_hidden": lambda call, row: row.is_hidden,
        "is_private": lambda call, row: False,
        "like_count": likes_of,
        "live_broadcast_timestamp": lambda call, row: ABSENT,
        "message": lambda call, row: row.message,
        "message_tags": lambda call, row: ABSENT,
        "object": comment_object,
        "parent": parent,
        "permalink_url": lambda call, row: links.of_comment(call.world, row),
        "private_reply_conversation": private_conversation,
        "user_likes": lambda call, row: False,
    },
    edges={"comments": comments_below, "reactions": reactions_below},
)


# Posts and photos


def attachments_below(call: Call, post: Post, options: Mapping[str, str], below: Sequence[Wanted]) -> dict[str, Any]:
    if "attachments" in call.withheld:
        return {"data": []}
    pictures = [picture(call, photo_id) for photo_id in post.photo_ids]
    if len(pictures) > 1:
        album = {"media_type": "album", "type": "album", "url": links.of_post(call.world, post)}
        return {"data": [album | {"subattachments": {"data": pictures}}]}
    shared = {"media_type": "link", "type": "share", "url": post.link, "unshimmed_url": post.link}
    films = [film(call, post.video_id)] if post.video_id else []
    return {"data": films or pictures or ([shared] if post.link else [])}


def film(call: Call, video_id: str) -> dict[str, Any]:
    video = call.world.index[video_id]
    assert isinstance(video, Video)
    address = links.of_video(call.world, video_id)
    picture_of_it = {"height": 720, "src": f"{call.base_url}/static/picture.svg", "width": 1280}
    return {
        "description": video.description,
        "media": {"image": picture_of_it, "source": f"{call.base_url}/static/picture.svg"},
        "media_type": "video",
        "target": {"id": video_id, "url": address},
        "title": video.title,
        "type": "video_inline",
        "url": address,
    }


def picture(call: Call, photo_id: str) -> dict[str, Any]:
    photo = call.world.index[photo_id]
    assert isinstance(photo, Photo)
    address = f"{links.of_page(call.world)}/photos/{photo.id}"
    return {
        "description": photo.name,
        "media": {"image": {"height": 720, "src": photo.source, "width": 720}},
        "media_type": "photo",
        "target": {"id": photo.id, "url": address},
        "type": "photo",
        "url": address,
    }


def first_picture(call: Call, post: Post) -> Any:
    return links.photo_source(call.world, post.photo_ids[0]) if post.photo_ids else ABSENT


POST = Shape(
    name="PagePost",
    usual=("created_time", "message", "id"),
    fields={
        "admin_creator": lambda call, row: admin(row.app_id),
        "application": lambda call, row: application(row.app_id),
        "can_reply_privately": lambda call, row: row.author_id != call.world.state.page.id,
        "created_time": lambda call, row: graph_time(row.created),
        "from": lambda call, row: author(call, row.author_id),
        "full_picture": first_picture,
        "id": lambda call, row: row.id,
        "is_expired": lambda call, row: False,
        "is_hidden": lambda call, row: row.is_hidden,
        "is_published": lambda call, row: row.is_published,
        "message": lambda call, row: row.message or ABSENT,
        "message_tags": lambda call, row: ABSENT,
        "parent_id": lambda call, row: ABSENT,
        "permalink_url": lambda call, row: links.of_post(call.world, row),
        "picture": first_picture,
        "promotion_status": lambda call, row: "inactive",
        "scheduled_publish_time": lambda call, row: int(row.scheduled_for) if row.scheduled_for else ABSENT,
        "shares": lambda call, row: ABSENT,
        "status_type": lambda call, row: links.status_type(row),
        "story": lambda call, row: ABSENT,
        "updated_time": lambda call, row: graph_time(row.updated),
    },
    edges={"comments": comments_below, "reactions": reactions_below, "attachments": attachments_below},
)

PHOTO = Shape(
    name="Photo",
    usual=("created_time", "name", "id"),
    fields={
        "alt_text": lambda call, row: row.alt_text_custom or "Kan være et bilde av utendørs",
        "alt_text_custom": lambda call, row: row.alt_text_custom,
        "created_time": lambda call, row: graph_time(row.created),
        "from": lambda call, row: author(call, call.world.state.page.id),
        "id": lambda call, row: row.id,
        "images": lambda call, row: [{"height": 720, "source": row.source, "width": 720}],
        "link": lambda call, row: f"{links.of_page(call.world)}/photos/{row.id}",
        "name": lambda call, row: row.name or ABSENT,
        "page_story_id": lambda call, row: row.post_id,
        "picture": lambda call, row: row.source,
    },
    edges={"comments": comments_below},
)

# Films


def stage_of(call: Call, video: Video) -> str:
    if not video.is_whole:
        return "uploading"
    return "ready" if video.ready_at <= call.world.clock.now() else "processing"


def status_of(call: Call, video: Video) -> dict[str, Any]:
    stage = stage_of(call, video)
    is_done = {True: "complete", False: "in_progress"}
    return {
        "video_status": stage,
        "uploading_phase": {"status": is_done[video.is_whole], "bytes_transferred": video.received},
        "processing_phase": {"status": is_done[stage == "ready"] if video.is_whole else "not_started"},
        "publishing_phase": {"status": "complete" if video.is_published else "not_started"},
    }


VIDEO = Shape(
    name="Video",
    usual=("description", "updated_time", "id"),
    fields={
        "created_time": lambda call, row: graph_time(row.created),
        "description": lambda call, row: row.description or ABSENT,
        "from": lambda call, row: author(call, call.world.state.page.id),
        "id": lambda call, row: row.id,
        "permalink_url": lambda call, row: f"/{call.world.state.page.username}/videos/{row.id}/",
        "post_id": lambda call, row: row.post_id.split("_")[1] if row.post_id else ABSENT,
        "published": lambda call, row: row.is_published,
        "status": status_of,
        "title": lambda call, row: row.title or ABSENT,
        "updated_time": lambda call, row: graph_time(row.created),
    },
    edges={},
)


# The page and people


def page_token(call: Call, page: Page) -> Any:
    return next((token.value for token in call.world.state.tokens if token.kind == "PAGE" and token.is_valid), None)


PAGE = Shape(
    name="Page",
    usual=("name", "id"),
    fields={
        "about": lambda call, row: row.about,
        "access_token": page_token,
        "can_post": lambda call, row: True,
        "category": lambda call, row: row.category,
        "fan_count": lambda call, row: len(call.world.state.people) + 4000,
        "followers_count": lambda call, row: len(call.world.state.people) + 4100,
        "has_added_app": lambda call, row: bool(call.world.state.subscribed_fields),
        "has_transitioned_to_new_page_experience": lambda call, row: True,
        "id": lambda call, row: row.id,
        "is_published": lambda call, row: True,
        "is_webhooks_subscribed": lambda call, row: bool(call.world.state.subscribed_fields),
        "link": lambda call, row: links.of_page(call.world),
        "name": lambda call, row: row.name,
        "username": lambda call, row: row.username,
        "verification_status": lambda call, row: "not_verified",
        "website": lambda call, row: row.website,
    },
    edges={},
)

ACCOUNT = Shape(
    name="Page",
    usual=("access_token", "category", "name", "id", "tasks"),
    fields=dict(PAGE.fields)
    | {"tasks": lambda call, row: ["ADVERTISE", "ANALYZE", "CREATE_CONTENT", "MESSAGING", "MODERATE", "MANAGE"]},
    edges={},
)

PROFILE = Shape(
    name="User",
    usual=("first_name", "last_name", "profile_pic", "id"),
    fields={
        "first_name": lambda call, row: row.name.split()[0],
        "id": lambda call, row: row.id,
        "last_name": lambda call, row: row.name.split()[-1],
        "name": lambda call, row: row.name,
        "profile_pic": lambda call, row: f"{call.base_url}/static/person.svg",
    },
    edges={},
)

ROLE = Shape(
    name="User",
    usual=("name", "tasks", "id"),
    fields={
        "id": lambda call, row: row.id,
        "name": lambda call, row: row.name,
        "tasks": lambda call, row: row.tasks,
    },
    edges={},
)

ASSIGNED = Shape(
    name="AssignedUser",
    usual=("name", "tasks", "id"),
    fields=dict(ROLE.fields) | {"user_type": lambda call, row: row.user_type},
    edges={},
)
