"""oEmbed (oembed.com): what another site may show of an article in the room that it has, or that it may not.

Made from stored pages while it is asked for, without Django and without the database.
"""

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs, urlsplit

from torg.site.addresses import ARTICLE, OEMBED
from torg.site.copies import Copy

Told = dict[str, Any]
JSON = "application/json; charset=utf-8"
# The standard asks for this type, with the declaration of the encoding inside.
XML = "text/xml; charset=utf-8"
# Room for title, lead and sender; for title and sender only. What has room for neither gets a link.
WIDTH, HEIGHT, SHORT_HEIGHT, NARROWEST = 600, 240, 110, 240
LEAD = re.compile(r"(?<=</strong></p>)<p>.*?</p>(?=<p>)", re.DOTALL)
# What is somebody's own: the standard has 401 for it, and the asker shows a plain link.
PRIVATE = re.compile(r"/(desk|account|people|media|publishing|kommentar|comment|varsel|klage)/")


class Refused(Exception):
    """There is nothing to show; `status` says why, in the words of the standard."""

    def __init__(self, status: HTTPStatus) -> None:
        super().__init__(status)
        self.status = status


def answer(query: bytes, pages: Mapping[str, Copy]) -> tuple[int, str, bytes]:
    """The status, the media type and the body for this question, among the pages that stand."""
    try:
        asked = _read(query)
        shape = _shape(asked)
        told = fitted(
            json.loads(_found(asked, pages).body), width=_pixels(asked, "maxwidth"), height=_pixels(asked, "maxheight")
        )
    except Refused as refusal:
        return refusal.status, "text/plain; charset=utf-8", f"{refusal.status.phrase}\n".encode()
    media_type, write = shape
    return HTTPStatus.OK, media_type, write(told)


def fitted(told: Told, *, width: int | None = None, height: int | None = None) -> Told:
    """The same in at most so many pixels: without its lead where it is low, and only a link where nothing fits."""
    wide, high = min(told["width"], width or WIDTH), min(told["height"], height or HEIGHT)
    if wide < NARROWEST or high < SHORT_HEIGHT:
        return {name: value for name, value in told.items() if name not in ("html", "width", "height")} | {
            "type": "link"
        }
    if high < HEIGHT or wide < WIDTH // 2:
        return told | {"html": LEAD.sub("", told["html"], count=1), "width": wide, "height": SHORT_HEIGHT}
    return told | {"width": wide, "height": high}


def as_xml(told: Told) -> bytes:
    """As the standard writes it in XML."""
    root = ET.Element("oembed")
    for name, value in told.items():
        ET.SubElement(root, name).text = str(value)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def as_json(told: Told) -> bytes:
    """As JSON."""
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


SHAPES: Mapping[str, tuple[str, Callable[[Told], bytes]]] = {"json": (JSON, as_json), "xml": (XML, as_xml)}


def _read(query: bytes) -> dict[str, list[str]]:
    try:
        return parse_qs(query.decode("ascii"), max_num_fields=10)
    except ValueError:
        raise Refused(HTTPStatus.BAD_REQUEST) from None


def _shape(asked: Mapping[str, list[str]]) -> tuple[str, Callable[[Told], bytes]]:
    shape = SHAPES.get(asked.get("format", ["json"])[0])
    if shape is None:
        raise Refused(HTTPStatus.NOT_IMPLEMENTED)
    return shape


def _pixels(asked: Mapping[str, list[str]], name: str) -> int | None:
    text = asked.get(name, [""])[0]
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) < 7):
        raise Refused(HTTPStatus.BAD_REQUEST)
    return int(text)


def _found(asked: Mapping[str, list[str]], pages: Mapping[str, Copy]) -> Copy:
    """What is stored about the address; the host may be any of our names."""
    if not asked.get("url"):
        raise Refused(HTTPStatus.BAD_REQUEST)
    try:
        path = urlsplit(asked["url"][0]).path
    except ValueError:
        raise Refused(HTTPStatus.NOT_FOUND) from None
    stored = pages.get(OEMBED + path)
    if stored is not None:
        return stored
    # An article that is withdrawn is there, and no longer public.
    is_private = PRIVATE.match(path) or (ARTICLE.fullmatch(path) and path in pages)
    raise Refused(HTTPStatus.UNAUTHORIZED if is_private else HTTPStatus.NOT_FOUND)
