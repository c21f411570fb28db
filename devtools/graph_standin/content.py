"""Posts, photos and comments: reading, publishing, answering, hiding, deleting, blocking."""

from typing import Any

from devtools.graph_standin import errors, paging, shapes
from devtools.graph_standin.call import Call
from devtools.graph_standin.operations import serves
from devtools.graph_standin.records import OUR_APP_ID, Comment, Page, Person, Photo, Post
from devtools.graph_standin.shapes import COMMENT, PHOTO, POST

READ = "pages_read_engagement"
READ_PEOPLE = "pages_read_user_content"
PUBLISH = "pages_manage_posts"
MODERATE = "pages_manage_engagement"
LONGEST_COMMENT = 8000
LONGEST_POST = 63206
SOONEST, LATEST = 10 * 60, 30 * 24 * 3600


def posts_page(call: Call, edge: str, rows: list[Post]) -> dict[str, Any]:
    """Newest first; since and until look at when the post was made, not at its comments."""
    since, until = call.moment("since"), call.moment("until")
    rows = [row for row in rows if (since is None or row.created >= since) and (until is None or row.created <= until)]
    wanted = call.wanted(POST.usual)
    path = f"{call.world.state.page.id}/{edge}"
    return paging.page_of(call, path, rows, lambda row: POST.show(call, row, wanted), call.params)


def living_posts(call: Call) -> list[Post]:
    rows = [row for row in call.world.state.posts if not row.is_deleted]
    return sorted(rows, key=lambda row: row.created)[::-1]


@serves("Page", "GET", "feed", scope=READ, params=("limit", "include_hidden"))
def feed(call: Call, node: Page) -> dict[str, Any]:
    with_hidden = call.flag("include_hidden", False)
    rows = [row for row in living_posts(call) if row.is_published and (with_hidden or not row.is_hidden)]
    return posts_page(call, "feed", rows)


@serves("Page", "GET", "published_posts", scope=READ, params=("limit",))
def published_posts(call: Call, node: Page) -> dict[str, Any]:
    return posts_page(
        call, "published_posts", [row for row in living_posts(call) if row.is_published and row.author_id == node.id]
    )


@serves("Page", "GET", "visitor_posts", scope=READ_PEOPLE, params=("limit",))
def visitor_posts(call: Call, node: Page) -> dict[str, Any]:
    return posts_page(call, "visitor_posts", [row for row in living_posts(call) if row.author_id != node.id])


@serves("Page", "GET", "scheduled_posts", scope=READ)
def scheduled_posts(call: Call, node: Page) -> dict[str, Any]:
    return posts_page(call, "scheduled_posts", [row for row in living_posts(call) if row.scheduled_for])


def scheduled_time(call: Call) -> float | None:
    moment = call.moment("scheduled_publish_time")
    if moment is None:
        return None
    if not SOONEST <= moment - call.world.clock.now() <= LATEST:
        raise errors.bad_parameter("The specified scheduled publish time is invalid.")
    return moment


def attached_photos(call: Call) -> list[Photo]:
    photos = []
    for one in call.several("attached_media"):
        number = str(one.get("media_fbid", "")) if isinstance(one, dict) else ""
        photo = call.world.find(number)
        if not isinstance(photo, Photo):
            raise errors.bad_parameter("Invalid parameter: attached_media")
        photos.append(photo)
    return photos


@serves(
    "Page",
    "POST",
    "feed",
    scope=PUBLISH,
    params=("message", "link", "attached_media", "published", "scheduled_publish_time"),
)
def publish(call: Call, node: Page) -> dict[str, Any]:
    message, link, photos = call.text("message"), call.text("link") or None, attached_photos(call)
    if not (message or link or photos):
        raise errors.bad_parameter("The post is empty. Please enter a message to share.")
    if len(message) > LONGEST_POST:
        raise errors.bad_parameter("Param message is too long")
    own = [row for row in living_posts(call) if row.author_id == node.id and row.is_published]
    if own and not photos and (own[0].message, own[0].link) == (message, link):
        raise errors.DUPLICATE_POST
    post = call.world.add_post(
        node.id,
        message,
        photos=photos,
        link=link,
        is_published=call.flag("published", True),
        scheduled_for=scheduled_time(call),
        app_id=OUR_APP_ID,
    )
    return {"id": post.id}


@serves(
    "Page",
    "POST",
    "photos",
    scope=PUBLISH,
    params=("url", "caption", "message", "alt_text_custom", "published", "temporary"),
)
def upload_photo(call: Call, node: Page) -> dict[str, Any]:
    """From `url` or as a file in `source`; published=false keeps it for `attached_media`."""
    source = call.text("url") or call.text("source")
    if not source:
        raise errors.GraphError(324, "(#324) Requires upload file", title="Mangler bildefil")
    is_published = call.flag("published", True)
    address = source if "://" in source else f"{call.base_url}/static/picture.svg"
    photo = call.world.add_photo(
        name=call.text("message") or call.text("caption"),
        source=address,
        alt_text=call.text("alt_text_custom") or None,
        is_published=is_published,
    )
    if not is_published:
        return {"id": photo.id}
    post = call.world.add_post(node.id, photo.name, photos=[photo], app_id=OUR_APP_ID)
    return {"id": photo.id, "post_id": post.id}


@serves("Photo", "GET", scope=READ)
def photo(call: Call, node: Photo) -> dict[str, Any]:
    return PHOTO.show(call, node, call.wanted(PHOTO.usual))


@serves("PagePost", "GET", scope=READ)
def post(call: Call, node: Post) -> dict[str, Any]:
    return POST.show(call, node, call.wanted(POST.usual))


@serves("PagePost", "POST", scope=PUBLISH, params=("message", "is_hidden", "is_published"))
def change_post(call: Call, node: Post) -> dict[str, Any]:
    if "is_hidden" in call.params:
        call.world.hide_post(node, call.flag("is_hidden", False))
    if "message" in call.params:
        check_own(call, node)
        call.world.edit_post(node, call.text("message"))
    if call.flag("is_published", False) and not node.is_published:
        call.world.publish_post(node)
    return {"success": True}


@serves("PagePost", "DELETE", scope=PUBLISH)
def delete_post(call: Call, node: Post) -> dict[str, Any]:
    call.world.delete_post(node)
    return {"success": True}


# Counted from the text and what has happened here: posts differ, and their figures grow. A reader sees it thrice.
VIEWS_OF_A_READER = 3


@serves("PagePost", "GET", "insights", scope="read_insights", params=("metric", "period"))
def post_insights(call: Call, node: Post) -> dict[str, Any]:
    """One metric that has ended, or is unknown, refuses the whole call."""
    readers = 40 + len(node.message) + 11 * (len(shapes.reactions_of(call, node)) + len(call.world.replies_to(node)))
    values = {"post_media_view": readers * VIEWS_OF_A_READER, "post_total_media_view_unique": readers}
    rows = []
    for metric in call.several("metric"):
        if metric not in values:
            raise errors.bad_parameter("The value must be a valid insights metric")
        told = {"name": metric, "period": "lifetime", "values": [{"value": values[metric]}]}
        rows.append({**told, "id": f"{node.id}/insights/{metric}/lifetime"})
    return {"data": rows}


def check_own(call: Call, node: Post | Comment) -> None:
    if node.author_id != call.world.state.page.id:
        raise errors.GraphError(200, "(#200) The page did not write this, and cannot edit it.", status=403)


@serves("PagePost", "GET", "attachments", scope=READ)
def attachments(call: Call, node: Post) -> dict[str, Any]:
    return shapes.attachments_below(call, node, call.params, [])


def list_comments(call: Call, node: Post | Comment | Photo) -> dict[str, Any]:
    check_choice(call, "filter", ("stream", "toplevel"))
    check_choice(call, "order", ("chronological", "reverse_chronological"))
    call.moment("since")
    return shapes.comments_below(call, node, call.params, call.wanted(COMMENT.usual))


def check_choice(call: Call, name: str, allowed: tuple[str, ...]) -> None:
    if call.text(name) and call.text(name) not in allowed:
        raise errors.bad_parameter(f"Param {name} must be one of {{{', '.join(allowed)}}}")


COMMENTS = ("filter", "order", "since")
for kind in ("PagePost", "Comment", "Photo"):
    serves(kind, "GET", "comments", scope=READ_PEOPLE, params=COMMENTS)(list_comments)


def write_comment(call: Call, node: Post | Comment) -> dict[str, Any]:
    message, picture = call.text("message"), call.text("attachment_url") or None
    if not (message or picture):
        raise errors.bad_parameter("One of message, attachment_id, attachment_share_url or attachment_url is required")
    if len(message) > LONGEST_COMMENT:
        raise errors.bad_parameter("Param message must be at most 8000 characters long")
    comment = call.world.add_comment(node, call.world.state.page.id, message, attachment_url=picture, app_id=OUR_APP_ID)
    return {"id": comment.id}


for kind in ("PagePost", "Comment"):
    serves(kind, "POST", "comments", scope=MODERATE, params=("message", "attachment_url"))(write_comment)


def list_reactions(call: Call, node: Post | Comment) -> dict[str, Any]:
    return shapes.reactions_below(call, node, call.params, [])


for kind in ("PagePost", "Comment"):
    serves(kind, "GET", "reactions", scope=READ_PEOPLE, params=("type",))(list_reactions)


@serves("Comment", "GET", scope=READ_PEOPLE)
def comment(call: Call, node: Comment) -> dict[str, Any]:
    return COMMENT.show(call, node, call.wanted(COMMENT.usual))


@serves("Comment", "POST", scope=MODERATE, params=("is_hidden", "message", "attachment_url"))
def change_comment(call: Call, node: Comment) -> dict[str, Any]:
    if "is_hidden" in call.params:
        if not shapes.is_citizens(call, node):
            raise errors.bad_parameter("The page's own comment cannot be hidden")
        call.world.hide_comment(node, call.flag("is_hidden", False))
    if "message" in call.params:
        check_own(call, node)
        call.world.edit_comment(node, call.text("message"))
    return {"success": True}


@serves("Comment", "DELETE", scope=MODERATE)
def delete_comment(call: Call, node: Comment) -> dict[str, Any]:
    call.world.delete_comment(node, by=call.world.state.page.id)
    return {"success": True}


def people_named(call: Call) -> list[Person]:
    """The people of psid, user, uid and asid; an unknown one refuses the call."""
    numbers = [str(one) for name in ("psid", "user", "uid") for one in call.several(name)]
    scoped = [str(one) for one in call.several("asid")]
    people = [row for row in call.world.state.people if row.id in numbers or row.app_scoped_id in scoped]
    if not people or len(people) != len(set(numbers)) + len(set(scoped)):
        raise errors.bad_parameter("Param psid must be the id of someone who has met this page")
    return people


@serves("Page", "GET", "blocked", scope=MODERATE, params=("uid", "user"))
def blocked(call: Call, node: Page) -> dict[str, Any]:
    rows = [row for row in call.world.state.people if row.is_blocked]
    return paging.page_of(call, f"{node.id}/blocked", rows, lambda row: {"name": row.name, "id": row.id}, call.params)


@serves("Page", "POST", "blocked", scope=MODERATE, params=("psid", "user", "uid", "asid"))
def block(call: Call, node: Page) -> dict[str, Any]:
    people = people_named(call)
    for person in people:
        person.is_blocked = True
    call.world.happened(None)
    return {person.id: True for person in people}


@serves("Page", "DELETE", "blocked", scope=MODERATE, params=("psid", "user", "uid", "asid"))
def unblock(call: Call, node: Page) -> dict[str, Any]:
    for person in people_named(call):
        person.is_blocked = False
    call.world.happened(None)
    return {"success": True}
