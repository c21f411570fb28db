"""Articles as pages list them: the newest, by topic, by year."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from torg.people.models import Municipality
from torg.site import addresses, choices
from torg.site.models import Listing
from torg.ui.types import Place

ON_FRONT = 7
# In feeds, in the box and on the first list; older ones stand under their year.
NEWEST = 30
IN_BOX = 5
LOCAL = ZoneInfo("Europe/Oslo")


@dataclass(frozen=True, slots=True)
class Shelf:
    """A list of articles with an address of its own: all, a topic, a year, or a language that the site itself lacks.

    `feeds` says whether it has feeds, `language` what it is in where that is not the language of the page around it.
    """

    name: str
    address: str
    entries: Sequence[Listing]
    feeds: bool = True
    language: str = ""


def entries(language: str, *, limit: int | None = None) -> list[Listing]:
    """The articles that have this language and stand on the site, newest first."""
    rows = Listing.objects.filter(language=language, article_id__isnull=False).defer("text", "search")
    return list(rows.order_by("-published_at", "-id")[:limit])


def topics(language: str, municipality: Municipality, listed: Sequence[Listing]) -> list[Shelf]:
    """A shelf for each topic that has articles, by name."""
    by_topic: dict[tuple[str, str], list[Listing]] = defaultdict(list)
    for entry in listed:
        if entry.topic_slug:
            by_topic[entry.topic_name, entry.topic_slug].append(entry)
    return [
        Shelf(name, addresses.topic(slug, language, municipality), found)
        for (name, slug), found in sorted(by_topic.items())
    ]


def years(language: str, municipality: Municipality, listed: Sequence[Listing]) -> list[Shelf]:
    """A shelf for each year that has articles, the newest first."""
    by_year: dict[int, list[Listing]] = defaultdict(list)
    for entry in listed:
        if entry.published_at is not None:
            by_year[entry.published_at.astimezone(LOCAL).year].append(entry)
    return [
        Shelf(str(year), addresses.year(year, language, municipality), by_year[year], feeds=False)
        for year in sorted(by_year, reverse=True)
    ]


def other_languages(municipality: Municipality) -> list[Shelf]:
    """A shelf for each language that articles are in and the site itself is not, by the language's own name."""
    by_language: dict[str, list[Listing]] = defaultdict(list)
    rows = Listing.objects.filter(article_id__isnull=False).exclude(language__in=addresses.LANGUAGES)
    for entry in rows.defer("text", "search").order_by("-published_at", "-id"):
        by_language[entry.language].append(entry)
    return [
        Shelf(addresses.name_of(code), addresses.news(code, municipality), by_language[code], language=code)
        for code in sorted(by_language)
    ]


def places(shelves: Sequence[Shelf], *, current: str = "") -> list[Place]:
    """The shelves as a menu shows them."""
    return [Place(each.name, each.address, is_current=each.address == current, lang=each.language) for each in shelves]


def feed_links(shelf_address: str) -> list[tuple[str, str, str]]:
    """Media type, name and address of the feeds of a shelf."""
    return [
        ("application/rss+xml", "RSS", f"{shelf_address}rss.xml"),
        ("application/atom+xml", "Atom", f"{shelf_address}atom.xml"),
        ("application/feed+json", "JSON Feed", f"{shelf_address}feed.json"),
    ]


def embedding_sites() -> str:
    """Which web sites may show our box, in the words of the content security policy."""
    return " ".join(["'self'", *choices.now().embedding_sites])
