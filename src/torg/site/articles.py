"""Shows articles on the site, and takes them away: what publishing calls in the transaction that publishes."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.safestring import SafeString

from torg.core import jobs
from torg.core.actors import Actor, Rule
from torg.people.models import Municipality
from torg.publishing import queries as publishing
from torg.publishing import rendering as publishing_rendering
from torg.publishing.types import Published
from torg.site import (
    addresses,
    discussion,
    films,
    identity,
    news_pages,
    open_data,
    pictures,
    queries,
    rendering,
    searching,
    standing,
    turns,
)
from torg.site.types import Part

# Whoever published was asked for the right there; the pages follow by rule.
PUBLISHER = Rule("site.articles", "1")


def show(*, article_id: UUID, by: Actor, at: datetime) -> Mapping[str, str]:
    """Put every language of the article on the site, with the front page and the feeds.

    Other lists and the pictures follow by a job within seconds. Returns the whole address in each language.
    """
    bring(article_id, at=at)
    news_pages.bring_newest(by=PUBLISHER, at=at)
    discussion.tell_of_article(article_id, at=at)
    jobs.enqueue("site.draw_pictures", article_id=str(article_id))
    jobs.enqueue("site.keep_news_now", once="site.keep_news_now")
    municipality = identity.current()
    return {told.language: addresses.whole(addresses.article(told, municipality)) for told in _languages_of(article_id)}


def hide(*, article_id: UUID, by: Actor, at: datetime) -> None:
    """Take the article off the site. Where it is withdrawn, its addresses say so; lists and feeds lose it at once."""
    bring(article_id, at=at)
    news_pages.bring_newest(by=PUBLISHER, at=at)
    jobs.enqueue("site.keep_news_now", once="site.keep_news_now")


def bring(article_id: UUID, *, at: datetime) -> list[str]:
    """Draw the article's pages as they should be now, and publish those that differ; returns their addresses."""
    if not queries.is_published():
        return []
    turns.take()
    parts = parts_of(article_id, at=at)
    now = queries.etags_ending(f"-{addresses.key(article_id)}/") | queries.etags_below(_data(article_id))
    # An address that was given out leads somewhere for ever: to where the article stands now, or to word of it.
    for path in now.keys() - parts.keys():
        moved = _moved(path, parts)
        if moved is not None:
            parts[path] = moved
    return standing.bring(parts, now, by=PUBLISHER, at=at)


def parts_of(article_id: UUID, *, at: datetime) -> dict[str, Part]:
    """Every page and file of one article by address; nothing when it never was published."""
    municipality = identity.current()
    parts: dict[str, Part] = {}
    versions = list(_languages_of(article_id))
    for told in versions:
        path = addresses.article(told, municipality)
        parts[path] = drawn(told, municipality, at=at)
        searching.keep(told, path)
        if not told.is_withdrawn:
            parts[addresses.OEMBED + path] = open_data.oembed(told, municipality)
    searching.keep_only(article_id, set(parts))
    if versions and not versions[0].is_withdrawn:
        parts[_data(article_id)] = open_data.single(versions, municipality)
    return parts


def drawn(told: Published, municipality: Municipality, *, at: datetime) -> Part:
    """The page of one language."""
    path, spoken = addresses.article(told, municipality), addresses.frame_language(told.language, municipality)
    with translation.override(spoken), timezone.override("Europe/Oslo"):
        context = rendering.context_of(rendering.NEWS, spoken, municipality, at=at)
        context |= {
            "article": told,
            # Sanitised once more at the last door, whatever it has come through.
            "body": SafeString(publishing_rendering.clean(told.html)),
            "address": addresses.whole(path),
            "oembed": f"{addresses.whole(addresses.OEMBED)}?{urlencode({'url': addresses.whole(path)})}",
            "canonical": addresses.whole(path),
            "description": "" if told.is_withdrawn else told.lead,
            "alternates": [(code, addresses.whole(other)) for code, other in _others(told, municipality).items()],
            "locale": addresses.locale_of(told.language),
            "versions": [
                (code, addresses.name_of(code), other)
                for code, other in _others(told, municipality).items()
                if code != told.language
            ],
            "topic_address": addresses.topic(told.topic.slug, spoken, municipality) if told.topic else "",
            "shown": pictures.shown(told),
            "played": films.played(told),
            "films_elsewhere": films.elsewhere(told),
            "preview": pictures.preview(told),
            "discussion": discussion.of_article(told.public_id),
        }
        template = "site/article_withdrawn.html" if told.is_withdrawn else "site/article.html"
        return Part(render_to_string(template, context).encode())


def _languages_of(article_id: UUID) -> Iterator[Published]:
    main = publishing.published_one(article_id)
    if main is None:
        return
    for code in main.languages:
        told = main if code == main.language else publishing.published_one(article_id, language=code)
        if told is not None:
            yield told


def _others(told: Published, municipality: Municipality) -> dict[str, str]:
    return {code: addresses.article(told, municipality, language=code) for code in sorted(told.languages)}


def _data(article_id: UUID) -> str:
    return f"{addresses.DATA}{article_id}.json"


def _moved(path: str, parts: Mapping[str, Part]) -> Part | None:
    """A page that leads from an article's former address to where it stands now, in the same language if it can."""
    if not addresses.ARTICLE.fullmatch(path):
        return None
    beginning = path.rsplit("/", 2)[0] + "/"
    now = sorted(parts, key=lambda other: (not other.startswith(beginning), other))
    target = next((other for other in now if addresses.ARTICLE.fullmatch(other)), None)
    return Part(render_to_string("site/moved.html", {"address": target}).encode()) if target else None
