"""Where things of the public site stand: short addresses that can be said aloud, in each language."""

import re
from uuid import UUID

from django.conf import settings

from torg.media import languages
from torg.people.models import Municipality
from torg.publishing.types import Published

LANGUAGES = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English"}
COUNTRY = {
    "nb": "nb_NO", "nn": "nn_NO", "en": "en_GB", "se": "se_NO", "sma": "sma_NO", "smj": "smj_NO", "uk": "uk_UA",
    "pl": "pl_PL", "so": "so_SO",
}  # fmt: skip
NEWS = {"nb": "aktuelt/", "nn": "aktuelt/", "en": "news/"}
TOPIC = {"nb": "tema/", "nn": "tema/", "en": "topic/"}
SEARCH = {"nb": "sok/", "nn": "sok/", "en": "search/"}
# The end of an article's address is its own, whatever its title becomes.
ARTICLE = re.compile(r"/(?:[a-z-]{2,5}/)?(?:aktuelt|news)/[^/]+-[0-9a-f]{12}/$")
BOX = "/boks/"
DATA = "/data/articles/"
OEMBED = "/oembed"
SITEMAP = "/sitemap.xml"


def top(language: str, municipality: Municipality) -> str:
    """Where a language begins: the municipality's own at the top, the others under their code."""
    return "/" if language == municipality.language else f"/{language}/"


def language_of(path: str, municipality: Municipality) -> str:
    """The language of the page at an address."""
    first = path.split("/")[1]
    return first if first in LANGUAGES else municipality.language


def news(language: str, municipality: Municipality) -> str:
    """All articles in a language. Single articles may have yet other languages, whose addresses are in English."""
    return top(language, municipality) + NEWS.get(language, NEWS["en"])


def topic(slug: str, language: str, municipality: Municipality) -> str:
    """The articles with a topic."""
    return f"{news(language, municipality)}{TOPIC[language]}{slug}/"


def year(number: int, language: str, municipality: Municipality) -> str:
    """The articles of a year."""
    return f"{news(language, municipality)}{number}/"


def search(language: str, municipality: Municipality) -> str:
    """The page that searches."""
    return top(language, municipality) + SEARCH[language]


def box(language: str, municipality: Municipality) -> str:
    """The newest articles as a box for other web sites."""
    return BOX if language == municipality.language else f"{BOX}{language}/"


def frame_language(language: str, municipality: Municipality) -> str:
    """The language of the frame around an article: its own, or ours where the site does not speak it."""
    return language if language in LANGUAGES else municipality.language


def name_of(language: str) -> str:
    """What a language calls itself."""
    return languages.name_of(language)


def locale_of(language: str) -> str:
    """The language with its country, as Open Graph writes it; alone where it is at home in no one country."""
    return COUNTRY.get(language, language)


def key(article_id: UUID) -> str:
    """The end of an article's addresses."""
    return article_id.hex[-12:]


def article(told: Published, municipality: Municipality, *, language: str = "") -> str:
    """Where the article stands in its own language, or in another of its languages."""
    spoken = language or told.language
    return f"{news(spoken, municipality)}{told.languages[spoken]}-{key(told.public_id)}/"


def whole(path: str) -> str:
    """The address as one writes it down, with the name of our site."""
    return settings.PUBLIC_ADDRESS.rstrip("/") + path
