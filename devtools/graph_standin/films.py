"""Films: put there in parts, worked on for a while, given captions, published; their bytes are counted and not kept."""

import re
from typing import Any

from devtools.graph_standin import errors, paging
from devtools.graph_standin.call import Call
from devtools.graph_standin.content import PUBLISH, READ
from devtools.graph_standin.operations import serves
from devtools.graph_standin.records import Page, Video
from devtools.graph_standin.shapes import VIDEO, stage_of

# What Facebook asks for at a time.
PART = 1024 * 1024
CAPTIONS = re.compile(r"[^#]*\.([a-z]{2}_[A-Z]{2})\.srt#(\d+)")
SIZE = re.compile(r".*#(\d+)", re.DOTALL)
PHASES = ("start", "transfer", "finish", "cancel")


@serves(
    "Page",
    "POST",
    "videos",
    scope=PUBLISH,
    params=(
        *("upload_phase", "file_size", "upload_session_id", "start_offset", "video_file_chunk"),
        *("title", "description", "published"),
    ),
)
def upload(call: Call, node: Page) -> dict[str, Any]:
    phase = call.required("upload_phase")
    if phase not in PHASES:
        raise errors.bad_parameter(f"Param upload_phase must be one of {{{', '.join(PHASES)}}}")
    if phase == "start":
        video = call.world.add_video(call.number("file_size", 0))
        return {"upload_session_id": f"s{video.id}", "video_id": video.id} | wanted(video)
    video = video_of(call)
    if phase == "transfer":
        return receive(call, video)
    if phase == "cancel":
        call.world.delete_video(video)
        return {"success": True}
    return finish(call, video)


def wanted(video: Video) -> dict[str, str]:
    """Numbers as text, as Facebook writes them."""
    return {"start_offset": str(video.received), "end_offset": str(min(video.received + PART, video.size))}


def video_of(call: Call) -> Video:
    video = call.world.find(call.required("upload_session_id").removeprefix("s"))
    if not isinstance(video, Video):
        raise errors.GraphError(6001, "There was a problem uploading your video file.", subcode=1363030)
    return video


def receive(call: Call, video: Video) -> dict[str, Any]:
    if call.number("start_offset", -1) != video.received:
        raise errors.GraphError(6001, "Your video upload has a wrong offset.", subcode=1363037, is_transient=True)
    part = SIZE.fullmatch(call.required("video_file_chunk"))
    video.received = min(video.size, video.received + (int(part.group(1)) if part else 0))
    return wanted(video)


def finish(call: Call, video: Video) -> dict[str, Any]:
    if video.received < video.size or not video.size:
        raise errors.GraphError(6000, "There was a problem uploading your video file.", subcode=1363019)
    video.title, video.description, video.is_whole = call.text("title"), call.text("description"), True
    video.ready_at = call.world.clock.now() + call.world.settings.film_seconds
    if call.flag("published", True):
        call.world.show_video(video)
    return {"success": True}


@serves("Page", "GET", "videos", scope=READ, params=("type",))
def videos(call: Call, node: Page) -> dict[str, Any]:
    rows = [row for row in call.world.state.videos if row.is_published and not row.is_deleted]
    shown = call.wanted(VIDEO.usual)
    return paging.page_of(call, f"{node.id}/videos", rows[::-1], lambda row: VIDEO.show(call, row, shown), call.params)


@serves("Video", "GET", scope=READ)
def video(call: Call, node: Video) -> dict[str, Any]:
    return VIDEO.show(call, node, call.wanted(VIDEO.usual))


@serves("Video", "POST", scope=PUBLISH, params=("description", "name", "published"))
def change(call: Call, node: Video) -> dict[str, Any]:
    node.description, node.title = call.params.get("description", node.description), call.params.get("name", node.title)
    if call.flag("published", False) and not node.is_published:
        if stage_of(call, node) != "ready":
            raise errors.bad_parameter("The video is not ready to be published.")
        call.world.show_video(node)
    return {"success": True}


@serves("Video", "DELETE", scope=PUBLISH)
def delete(call: Call, node: Video) -> dict[str, Any]:
    call.world.delete_video(node)
    return {"success": True}


@serves("Video", "GET", "captions", scope=READ)
def captions(call: Call, node: Video) -> dict[str, Any]:
    rows = [
        {"locale": locale, "locale_name": locale, "is_default": locale == node.default_locale}
        for locale in node.captions
    ]
    return {"data": rows}


@serves("Video", "POST", "captions", scope=PUBLISH, params=("captions_file", "default_locale", "locales_to_delete"))
def give_captions(call: Call, node: Video) -> dict[str, Any]:
    """The name of the file says the language; one that does not is refused."""
    for locale in call.several("locales_to_delete"):
        node.captions.pop(str(locale), None)
    if "captions_file" in call.params:
        named = CAPTIONS.fullmatch(call.text("captions_file"))
        if named is None:
            raise errors.GraphError(386, "(#386) The captions file must be named filename.locale.srt")
        node.captions[named.group(1)] = int(named.group(2))
    node.default_locale = call.text("default_locale") or node.default_locale
    return {"success": True}


@serves("Video", "POST", "thumbnails", scope=PUBLISH, params=("source", "is_preferred"))
def give_thumbnail(call: Call, node: Video) -> dict[str, Any]:
    call.required("source")
    node.has_own_thumbnail = call.flag("is_preferred", False)
    return {"success": True}
