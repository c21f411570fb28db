"""Pictures, films, files and links, in each of the ways the platform mentions them."""

from collections.abc import Iterator

from torg.connectors.channels.facebook.values import Object, as_id, as_list, as_object, as_text
from torg.connectors.contract import Attachment

# Of these the platform has a file; without an address it keeps the file from us.
_FILES = frozenset({"image", "photo", "video", "audio", "file", "sticker"})
# A link that somebody shares has a picture too; what matters is where it leads.
_LINKS = frozenset({"share", "link", "fallback"})
_LEADS_TO = ("unshimmed_url", "url")
_OWN_IDS = ("sticker_id", "reel_video_id", "attachment_id", "id")


def of_change(value: Object) -> tuple[Attachment, ...]:
    """The attachments of a change on the Page."""
    item = as_text(value.get("item"))
    found: dict[str | None, Attachment] = {}
    for attachment in (*_flat(value), *_nested(value), *_link(value, item)):
        found.setdefault(attachment.url or attachment.external_id, attachment)
    return tuple(found.values())


def of_message(message: Object) -> tuple[Attachment, ...]:
    """The attachments of a Messenger message."""
    return tuple(_of_message_part(as_object(part)) for part in as_list(message.get("attachments")))


def of_object(found: Object) -> tuple[Attachment, ...]:
    """The attachments of a post, comment or message that was read through the API."""
    parts = [*as_list(as_object(found.get("attachments")).get("data")), *as_list(found.get("attachment"))]
    shares = as_list(as_object(found.get("shares")).get("data"))
    sticker = as_text(found.get("sticker"))
    stickers = (Attachment("sticker", url=sticker),) if sticker and not parts else ()
    return (
        tuple(_flattened(parts))
        + stickers
        + tuple(
            Attachment("link", url=as_text(as_object(share).get("link")), title=as_text(as_object(share).get("name")))
            for share in shares
        )
    )


def _flat(value: Object) -> Iterator[Attachment]:
    for kind in ("photo", "video"):
        url = as_text(value.get(kind))
        if url:
            yield Attachment(kind, url=url)
    photos = value.get("photos")
    for photo in photos if isinstance(photos, list) else ():
        url = as_text(photo) or as_text(as_object(photo).get("url"))
        yield Attachment("photo", url=url, is_withheld=url is None)


def _nested(value: Object) -> Iterator[Attachment]:
    yield from _flattened([*as_list(value.get("attachment")), *as_list(value.get("attachments"))])


def _link(value: Object, item: str | None) -> Iterator[Attachment]:
    url = as_text(value.get("link"))
    if item in ("photo", "video"):
        own_id = as_id(value.get(f"{item}_id"))
        if url or own_id:
            yield Attachment(item, url=url, external_id=own_id, is_withheld=url is None)
    elif url:
        yield Attachment("link", url=url)


def _flattened(parts: list[object]) -> Iterator[Attachment]:
    """An album holds its pictures one level down."""
    for part in map(as_object, parts):
        below = as_list(as_object(part.get("subattachments")).get("data"))
        if below:
            yield from (_of_object_part(as_object(inner)) for inner in below)
        elif part:
            yield _of_object_part(part)


def _of_object_part(part: Object) -> Attachment:
    if _LINKS & {as_text(part.get("type")), as_text(part.get("media_type"))}:
        return _shared(part)
    media = as_object(part.get("media"))
    image = as_object(media.get("image"))
    urls = (
        media.get("source"),
        as_object(part.get("image_data")).get("url"),
        as_object(part.get("video_data")).get("url"),
        part.get("file_url"),
        image.get("src"),
        part.get("url"),
        part.get("unshimmed_url"),
    )
    url = next((text for found in urls if (text := as_text(found))), None)
    kind = as_text(part.get("type")) or as_text(part.get("media_type")) or as_text(part.get("mime_type")) or "file"
    title = as_text(part.get("title")) or as_text(part.get("name"))
    own_id = as_id(as_object(part.get("target")).get("id")) or as_id(part.get("id"))
    return Attachment(kind, url=url, title=title, external_id=own_id, is_withheld=url is None)


def _shared(part: Object) -> Attachment:
    told = (*(part.get(name) for name in _LEADS_TO), as_object(part.get("target")).get("url"))
    url = next((text for found in told if (text := as_text(found))), None)
    title = as_text(part.get("title")) or as_text(part.get("name"))
    return Attachment("link", url=url, title=title, is_withheld=url is None)


def _of_message_part(part: Object) -> Attachment:
    payload = as_object(part.get("payload"))
    kind = as_text(part.get("type")) or "file"
    # The platform's word for a link that it could make nothing else of.
    kind = "link" if kind == "fallback" else kind
    url = as_text(payload.get("url")) or as_text(part.get("url"))
    return Attachment(
        kind,
        url=url,
        title=as_text(part.get("title")) or as_text(payload.get("title")),
        external_id=next((own for key in _OWN_IDS if (own := as_id(payload.get(key)))), None),
        is_withheld=url is None and kind in _FILES,
    )
