"""Draws what lists articles: shelves, feeds, boxes for other sites, files for programs, the map of the site."""

from collections.abc import Sequence
from datetime import datetime

from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from torg.core.actors import Actor
from torg.people.models import Municipality
from torg.site import addresses, choices, feeds, identity, news, open_data, queries, rendering, standing, turns, websub
from torg.site.models import Listing
from torg.site.news import Shelf
from torg.site.types import Part

# What the lists of articles in one language are drawn from.
Listed = Sequence[Listing]


def keep_current(*, by: Actor, at: datetime) -> list[str]:
    """Publish every list, feed and file that would look different now; returns the addresses that changed.

    Before the site's first publication nothing happens. A shelf that has become empty is withdrawn, and comes back
    with its next article.
    """
    if not queries.is_published():
        return []
    municipality = identity.current()
    parts: dict[str, Part] = {}
    everything: list[Listing] = []
    for language in addresses.LANGUAGES:
        listed = news.entries(language)
        everything += listed
        parts |= _of_language(language, listed, municipality, at=at)
    others = news.other_languages(municipality)
    parts |= _of_others(others, municipality, at=at)
    everything += [entry for shelf in others for entry in shelf.entries]
    parts[addresses.SITEMAP] = open_data.sitemap(everything, rendering.skeleton_addresses(municipality))
    changed = standing.bring(parts, _now(), by=by, at=at)
    websub.tell_hub(changed, at=at)
    return changed


def bring_newest(*, by: Actor, at: datetime) -> list[str]:
    """Publish front pages, the lists of the newest and the feeds of all topics together: what must not wait."""
    if not queries.is_published():
        return []
    turns.take()
    municipality = identity.current()
    parts: dict[str, Part] = {}
    for language in addresses.LANGUAGES:
        listed = news.entries(language, limit=news.NEWEST)
        for kind in (rendering.FRONT, rendering.NEWS):
            path = rendering.address_of(kind, language, municipality)
            parts[path] = rendering.draw(kind, language, municipality, at=at)
        parts |= _files(language, listed, municipality, at=at)
    parts |= _of_others(news.other_languages(municipality), municipality, at=at)
    now = queries.etags_of(parts)
    changed = standing.bring(parts, now, by=by, at=at)
    websub.tell_hub(changed, at=at)
    return changed


def _of_language(language: str, listed: Listed, municipality: Municipality, *, at: datetime) -> dict[str, Part]:
    topics, years = news.topics(language, municipality, listed), news.years(language, municipality, listed)
    parts = _files(language, listed[: news.NEWEST], municipality, at=at)
    for shelf in (*topics, *years):
        parts[shelf.address] = _shelf(shelf, language, municipality, at=at)
        parts |= _feeds(shelf, language, municipality) if shelf.feeds else {}
    return parts


def _of_others(shelves: Sequence[Shelf], municipality: Municipality, *, at: datetime) -> dict[str, Part]:
    """Languages that the site itself lacks: a list and feeds each, in the frame of the municipality's own language."""
    parts: dict[str, Part] = {}
    for shelf in shelves:
        parts[shelf.address] = _shelf(shelf, municipality.language, municipality, at=at)
        parts |= _feeds(shelf, shelf.language, municipality)
    return parts


def _files(language: str, listed: Listed, municipality: Municipality, *, at: datetime) -> dict[str, Part]:
    """The feeds of everything, the list for programs, the box and the fragment."""
    with translation.override(language):
        everything = Shelf(_("News"), addresses.news(language, municipality), listed)
    with translation.override(language), timezone.override("Europe/Oslo"):
        context = rendering.context_of(rendering.NEWS, language, municipality, at=at)
        context |= {"entries": listed[: news.IN_BOX], "site": addresses.whole("")}
        box = Part(render_to_string("site/box.html", context).encode(), frame_ancestors=news.embedding_sites())
        fragment = Part(render_to_string("site/fragment.html", context).encode())
    return _feeds(everything, language, municipality) | {
        f"{addresses.DATA}{language}.json": open_data.listed(language, listed),
        f"{addresses.DATA}{language}.html": fragment,
        addresses.box(language, municipality): box,
    }


def _shelf(shelf: Shelf, language: str, municipality: Municipality, *, at: datetime) -> Part:
    with translation.override(language), timezone.override("Europe/Oslo"):
        context = rendering.context_of(rendering.NEWS, language, municipality, at=at)
        context |= {
            "shelf": shelf,
            "feeds": news.feed_links(shelf.address) if shelf.feeds else [],
            "canonical": addresses.whole(shelf.address),
            "alternates": [],
        }
        return Part(render_to_string("site/shelf.html", context).encode())


def _feeds(shelf: Shelf, language: str, municipality: Municipality) -> dict[str, Part]:
    return feeds.of_shelf(shelf, owner=municipality.name, language=language, hub=choices.now().hub)


def _now() -> dict[str, str]:
    """What stands of all this: not the articles themselves, nor the pages that the skeleton draws."""
    kept = rendering.every_address()
    return {
        path: etag
        for path, etag in queries.etags_standing().items()
        if path not in kept and not addresses.ARTICLE.search(path) and _is_ours(path)
    }


def _is_ours(path: str) -> bool:
    in_news = any(part in path for part in ("/aktuelt/", "/news/"))
    is_list = path.startswith(addresses.DATA) and path.count("-") == 0
    return in_news or is_list or path.startswith(addresses.BOX) or path == addresses.SITEMAP
