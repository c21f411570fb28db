"""Addresses and types that Facebook derives from what a thing is."""

from typing import TYPE_CHECKING

from devtools.graph_standin import names
from devtools.graph_standin.records import Comment, Photo, Post

if TYPE_CHECKING:
    from devtools.graph_standin.world import World

FACEBOOK = "https://www.facebook.com"


def of_page(world: "World") -> str:
    return f"{FACEBOOK}/{world.state.page.username}"


def of_post(world: "World", post: Post) -> str:
    return f"{of_page(world)}/posts/{names.pfbid(post.id)}"


def of_comment(world: "World", comment: Comment) -> str:
    post = world.index[comment.post_id]
    assert isinstance(post, Post)
    number = comment.id.split("_")[1]
    if comment.parent_id:
        above = comment.parent_id.split("_")[1]
        return f"{of_post(world, post)}?comment_id={above}&reply_comment_id={number}"
    return f"{of_post(world, post)}?comment_id={number}"


def photo_source(world: "World", photo_id: str) -> str:
    photo = world.index.get(photo_id)
    return photo.source if isinstance(photo, Photo) else ""


def of_video(world: "World", video_id: str) -> str:
    return f"{of_page(world)}/videos/{video_id}"


def status_type(post: Post) -> str:
    if post.video_id:
        return "added_video"
    if post.photo_ids:
        return "added_photos"
    return "shared_story" if post.link else "mobile_status_update"
