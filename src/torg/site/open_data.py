"""Articles for programs: lists and single ones as JSON, oEmbed, and the map of the site."""

import json
import xml.etree.ElementTree as ET
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.utils.html import format_html

from torg.people.models import Municipality
from torg.publishing.types import Published
from torg.site import addresses, embedding
from torg.site.models import Listing
from torg.site.types import Part

JSON = "application/json; charset=utf-8"
# https://www.sitemaps.org/protocol.html
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"


def one(told: Published, municipality: Municipality) -> dict[str, object]:
    """One language of an article in plain fields."""
    picture = told.picture
    return {
        "id": str(told.public_id),
        "language": told.language,
        "address": addresses.whole(addresses.article(told, municipality)),
        "languages": {
            code: addresses.whole(addresses.article(told, municipality, language=code)) for code in told.languages
        },
        "title": told.title,
        "lead": told.lead,
        "html": told.html,
        "topic": {"slug": told.topic.slug, "name": told.topic.name} if told.topic else None,
        "published_at": told.published_at.isoformat(),
        "corrected_at": told.corrected_at.isoformat() if told.corrected_at else None,
        "corrections": [{"at": each.at.isoformat(), "text": each.text} for each in told.corrections],
        "picture": {"alt": picture.alt, "credit": picture.credit} if picture else None,
        "statement": told.statement.number if told.statement else None,
    }


def listed(language: str, entries: Sequence[Listing]) -> Part:
    """The newest articles in a language; `data` leads to the whole of each."""
    rows = [
        {
            "id": str(entry.article_id),
            "address": addresses.whole(entry.path),
            "data": addresses.whole(f"{addresses.DATA}{entry.article_id}.json"),
            "title": entry.title,
            "lead": entry.lead,
            "topic": {"slug": entry.topic_slug, "name": entry.topic_name} if entry.topic_slug else None,
            "published_at": _told(entry.published_at),
            "corrected_at": _told(entry.corrected_at),
        }
        for entry in entries
    ]
    return Part(_written({"language": language, "articles": rows}), JSON)


def single(versions: Iterable[Published], municipality: Municipality) -> Part:
    """An article in all its languages."""
    return Part(_written({"versions": [one(told, municipality) for told in versions]}), JSON)


def oembed(told: Published, municipality: Municipality) -> Part:
    """What another site shows when somebody pastes the address there, as JSON (oembed.com); `embedding` fits it."""
    return Part(_written(_embedded(told, municipality)), JSON)


def _embedded(told: Published, municipality: Municipality) -> dict[str, object]:
    """Words and a link, no script and no picture that would tell us who reads it there."""
    address = addresses.whole(addresses.article(told, municipality))
    box = format_html(
        '<blockquote lang="{}" cite="{}"><p><strong><a href="{}">{}</a></strong></p><p>{}</p><p>{}</p></blockquote>',
        told.language, address, address, told.title, told.lead, municipality.name,
    )  # fmt: skip
    return {
        "version": "1.0",
        "type": "rich",
        "title": told.title,
        "provider_name": municipality.name,
        "provider_url": addresses.whole("/"),
        "html": str(box),
        "width": embedding.WIDTH,
        "height": embedding.HEIGHT,
        "cache_age": 300,
    }


def sitemap(entries: Sequence[Listing], pages: Iterable[str]) -> Part:
    """All pages that search engines may gather, articles with their languages."""
    ET.register_namespace("", SITEMAP)
    ET.register_namespace("xhtml", XHTML)
    root = ET.Element(f"{{{SITEMAP}}}urlset")
    for path in pages:
        ET.SubElement(ET.SubElement(root, f"{{{SITEMAP}}}url"), f"{{{SITEMAP}}}loc").text = addresses.whole(path)
    by_article: dict[UUID | None, list[Listing]] = defaultdict(list)
    for entry in entries:
        by_article[entry.article_id].append(entry)
    for entry in entries:
        row = ET.SubElement(root, f"{{{SITEMAP}}}url")
        ET.SubElement(row, f"{{{SITEMAP}}}loc").text = addresses.whole(entry.path)
        ET.SubElement(row, f"{{{SITEMAP}}}lastmod").text = _told(entry.corrected_at or entry.published_at)
        versions = by_article[entry.article_id]
        for other in versions if len(versions) > 1 else ():
            there = addresses.whole(other.path)
            ET.SubElement(row, f"{{{XHTML}}}link", rel="alternate", hreflang=other.language, href=there)
    return Part(bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True)), "application/xml")


def _told(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None


def _written(told: Mapping[str, object]) -> bytes:
    return json.dumps(told, ensure_ascii=False, indent=1).encode()
