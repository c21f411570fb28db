"""What lists and search are told of a page, and what a search finds."""

import html
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

import nh3
from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import F, Q

from torg.publishing.types import Published
from torg.site.addresses import LANGUAGES
from torg.site.models import Listing

PAGE = 20
LONGEST = 200
CONFIGS = {"nb": "norwegian", "nn": "norwegian", "en": "english"}
_MAIN = re.compile(r"<main.*?</main>", re.DOTALL)
_HEADING = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found: the words, one page of results, and the number of the next page or None."""

    words: str
    results: Sequence[Listing]
    next_page: int | None


def find(words: str, *, language: str, page: int = 1) -> Found:
    """Pages in a language that have the words, the closest first and newer before older."""
    text = words.replace("\x00", "").strip()[:LONGEST]
    if not text:
        return Found("", [], None)
    query = SearchQuery(text, config=CONFIGS[language], search_type="websearch")
    # Articles in yet other languages are found from every page.
    rows = Listing.objects.filter(Q(language=language) | ~Q(language__in=LANGUAGES), search=query)
    newest_first = F("published_at").desc(nulls_last=True)
    ranked = rows.annotate(rank=SearchRank(F("search"), query)).order_by("-rank", newest_first, "path")
    first = (page - 1) * PAGE
    found = list(ranked.defer("text", "search")[first : first + PAGE + 1])
    return Found(text, found[:PAGE], page + 1 if len(found) > PAGE else None)


def keep(told: Published, path: str) -> None:
    """List one language of an article as it is now; what is withdrawn is listed nowhere."""
    if told.is_withdrawn:
        Listing.objects.filter(path=path).delete()
        return
    now = {
        "language": told.language,
        "title": told.title,
        "lead": told.lead,
        "text": words_of(told.html),
        "article_id": told.public_id,
        "topic_slug": told.topic.slug if told.topic else "",
        "topic_name": told.topic.name if told.topic else "",
        "published_at": told.published_at,
        "corrected_at": told.corrected_at,
    }
    Listing.objects.update_or_create(path=path, defaults=now)


def keep_only(article_id: UUID, paths: Collection[str]) -> None:
    """The article stands at these addresses and nowhere else."""
    Listing.objects.filter(article_id=article_id).exclude(path__in=paths).delete()


def keep_page(path: str, language: str, page: str) -> None:
    """Let search know one of the pages that every site has."""
    main = _MAIN.search(page)
    heading = _HEADING.search(page)
    text = words_of(main[0] if main else "")
    title = words_of(heading[1] if heading else "")
    told = {"language": language, "title": title, "text": text.removeprefix(title).strip()}
    Listing.objects.update_or_create(path=path, defaults=told)


def forget(paths: Sequence[str]) -> None:
    """These pages stand no longer."""
    Listing.objects.filter(path__in=paths).delete()


def words_of(markup: str) -> str:
    """The words of some HTML, without its elements."""
    spaced = re.sub(r"<(?=/?(p|h\d|li|td|th|div|section|br|a)\b)", " <", markup)
    return " ".join(html.unescape(nh3.clean(spaced, tags=set())).split())
