"""Feeds: RSS 2.0, Atom (RFC 4287) and JSON Feed 1.1, each with its hub where there is one (WebSub)."""

import json
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Mapping
from email.utils import format_datetime

from torg.site import addresses, news
from torg.site.models import Listing
from torg.site.news import Shelf
from torg.site.types import Part

ATOM = "http://www.w3.org/2005/Atom"


def of_shelf(shelf: Shelf, *, owner: str, language: str, hub: str) -> dict[str, Part]:
    """The three feeds of a shelf by address.

    Args:
        shelf: which articles; the newest thirty are in the feeds.
        owner: the municipality's name.
        language: of the articles.
        hub: the address of the hub, or nothing.
    """
    title = f"{owner}: {shelf.name}"
    made = []
    for (media_type, _name, path), draw in zip(news.feed_links(shelf.address), (_rss, _atom, _json), strict=True):
        head = {"title": title, "home": addresses.whole(shelf.address), "self": addresses.whole(path)}
        body = draw(head | {"language": language, "hub": hub}, shelf.entries[: news.NEWEST])
        made.append((path, Part(body, f"{media_type}; charset=utf-8")))
    return dict(made)


def _rss(head: Mapping[str, str], entries: Iterable[Listing]) -> bytes:
    ET.register_namespace("atom", ATOM)
    root = ET.Element("rss", version="2.0")
    channel = ET.SubElement(root, "channel")
    _texts(channel, {"title": head["title"], "link": head["home"], "description": head["title"]})
    _texts(channel, {"language": head["language"]})
    ET.SubElement(channel, f"{{{ATOM}}}link", rel="self", href=head["self"], type="application/rss+xml")
    if head["hub"]:
        ET.SubElement(channel, f"{{{ATOM}}}link", rel="hub", href=head["hub"])
    for entry in entries:
        item = ET.SubElement(channel, "item")
        _texts(item, {"title": entry.title, "link": addresses.whole(entry.path), "description": entry.lead})
        if entry.published_at:
            _texts(item, {"pubDate": format_datetime(entry.published_at)})
        ET.SubElement(item, "guid", isPermaLink="false").text = _name(entry)
        if entry.topic_name:
            _texts(item, {"category": entry.topic_name})
    return _written(root)


def _atom(head: Mapping[str, str], entries: Iterable[Listing]) -> bytes:
    ET.register_namespace("", ATOM)
    listed = list(entries)
    root = ET.Element(f"{{{ATOM}}}feed", {"xml:lang": head["language"]})
    newest = max((_changed(entry) for entry in listed), default="1970-01-01T00:00:00+00:00")
    _texts(root, {"title": head["title"], "id": head["self"], "updated": newest}, ATOM)
    _texts(ET.SubElement(root, f"{{{ATOM}}}author"), {"name": head["title"].partition(":")[0]}, ATOM)
    links = {"self": head["self"], "alternate": head["home"], "hub": head["hub"]}
    for relation, address in links.items():
        if address:
            ET.SubElement(root, f"{{{ATOM}}}link", rel=relation, href=address)
    for entry in listed:
        row = ET.SubElement(root, f"{{{ATOM}}}entry")
        _texts(row, {"title": entry.title, "id": _name(entry), "updated": _changed(entry)}, ATOM)
        _texts(row, {"published": _first(entry), "summary": entry.lead}, ATOM)
        ET.SubElement(row, f"{{{ATOM}}}link", rel="alternate", href=addresses.whole(entry.path))
    return _written(root)


def _json(head: Mapping[str, str], entries: Iterable[Listing]) -> bytes:
    told = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": head["title"],
        "home_page_url": head["home"],
        "feed_url": head["self"],
        "language": head["language"],
        "items": [
            {
                "id": _name(entry),
                "url": addresses.whole(entry.path),
                "title": entry.title,
                "content_text": entry.lead or entry.title,
                "date_published": _first(entry),
                "date_modified": _changed(entry),
                "language": entry.language,
                "tags": [entry.topic_name] if entry.topic_name else [],
            }
            for entry in entries
        ],
    }
    hubs = {"hubs": [{"type": "WebSub", "url": head["hub"]}]} if head["hub"] else {}
    return json.dumps(told | hubs, ensure_ascii=False, indent=1).encode()


def _name(entry: Listing) -> str:
    """The article's own name, which no address changes; each language is an entry of its own."""
    return f"urn:uuid:{entry.article_id}"


def _first(entry: Listing) -> str:
    return entry.published_at.isoformat() if entry.published_at else ""


def _changed(entry: Listing) -> str:
    return entry.corrected_at.isoformat() if entry.corrected_at else _first(entry)


def _texts(parent: ET.Element, texts: Mapping[str, str], namespace: str = "") -> None:
    for name, text in texts.items():
        ET.SubElement(parent, f"{{{namespace}}}{name}" if namespace else name).text = legible(text)


def legible(text: str) -> str:
    """Without the control characters that XML has no place for."""
    return "".join(sign if sign.isprintable() or sign in "\n\t" else " " for sign in text)


def _written(root: ET.Element) -> bytes:
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))
