"""What a file is, judged by its bytes alone."""

import puremagic

UNKNOWN = "application/octet-stream"

# Checked by ourselves first: these are what the product shows, and a loose guess would be a hole.
SIGNATURES = (
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (0, b"%PDF-", "application/pdf"),
    (4, b"ftyp", "video/mp4"),
)
MARKUP = (b"<!doctype html", b"<html", b"<script", b"<body", b"<head", b"<svg", b"<?xml")
HEAD = 4096


def media_type(data: bytes) -> str:
    """The media type that the bytes show; `application/octet-stream` when they show none clearly."""
    head = data[:HEAD]
    for offset, signature, name in SIGNATURES:
        if head.startswith(signature, offset) and (name != "image/webp" or head.startswith(b"RIFF")):
            return name
    if _is_text(data):
        return _kind_of_text(head)
    return _guess(data)


def _is_text(data: bytes) -> bool:
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return False
    return bool(data) and not any(sign < " " and sign not in "\t\n\r\f" for sign in text)


def _kind_of_text(head: bytes) -> str:
    """Markup is named as such wherever in the beginning it stands: a browser would run it."""
    lowered = head.lower()
    if b"<svg" in lowered:
        return "image/svg+xml"
    if any(mark in lowered for mark in MARKUP):
        return "application/xml" if lowered.lstrip().startswith(b"<?xml") else "text/html"
    return "text/plain"


def _guess(data: bytes) -> str:
    try:
        found: str = puremagic.from_string(data, mime=True)
    except (puremagic.PureError, ValueError):
        return UNKNOWN
    # Markup in bytes that are no text is neither; nobody should open it as a page.
    return UNKNOWN if not found or found.startswith(("text/", "image/svg")) else found
