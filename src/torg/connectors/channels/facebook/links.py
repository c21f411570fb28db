"""What an address that somebody copied from Facebook says about a comment; nothing is asked of the platform."""

import base64
import binascii
import re
from urllib.parse import parse_qs, urlsplit

HOSTS = ("facebook.com", "fb.com", "fb.watch")
NUMBER = re.compile(r"[0-9]{1,40}")
WHOLE = re.compile(r"comment:([0-9]{1,40}_[0-9]{1,40})")


def comment_in(address: str) -> str:
    """The comment that a copied address points at: `post_comment`, or the comment's number alone, or empty.

    An answer beneath a comment is named by `reply_comment_id`; some addresses carry both ids coded as base64.
    """
    parts = _split(address)
    if parts is None:
        return ""
    host, asked = parts
    if not any(host == known or host.endswith(f".{known}") for known in HOSTS):
        return ""
    for name in ("reply_comment_id", "comment_id"):
        for value in asked.get(name, []):
            if found := _read(value):
                return _with_post(found, asked.get("story_fbid", []), is_answer=name == "reply_comment_id")
    return ""


def _split(address: str) -> tuple[str, dict[str, list[str]]] | None:
    try:
        parts = urlsplit(address.strip())
        return (parts.hostname or "").lower(), parse_qs(parts.query, max_num_fields=50)
    except ValueError:
        return None


def _read(value: str) -> str:
    if NUMBER.fullmatch(value):
        return value
    try:
        told = base64.b64decode(value + "=" * (-len(value) % 4), validate=True).decode("ascii")
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return ""
    found = WHOLE.fullmatch(told)
    return found[1] if found else ""


def _with_post(found: str, posts: list[str], *, is_answer: bool) -> str:
    """Older addresses name the post by its number as well; an answer's id is not always made with it."""
    if "_" in found or is_answer or not posts or not NUMBER.fullmatch(posts[0]):
        return found
    return f"{posts[0]}_{found}"
