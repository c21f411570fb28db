"""Where the yearly figures stand, and which years are published."""

import re

from torg.people.models import Municipality
from torg.site.models import SitePage
from torg.ui.types import Place

SLUGS = {"nb": "apenhet/", "nn": "openheit/", "en": "openness/"}
_YEAR = re.compile(r"/([0-9]{4})/$")


def beginning(language: str, municipality: Municipality) -> str:
    """How the addresses of all years begin in one language."""
    top = "/" if language == municipality.language else f"/{language}/"
    return top + SLUGS[language]


def address_of(year: int, language: str, municipality: Municipality) -> str:
    """Where the figures of a year stand."""
    return f"{beginning(language, municipality)}{year}/"


def published(language: str, municipality: Municipality) -> list[Place]:
    """The years that stand now, the newest first."""
    begins = beginning(language, municipality)
    rows = SitePage.objects.filter(path__startswith=begins, withdrawn_at=None, media_type__startswith="text/html")
    found = sorted(rows.values_list("path", flat=True), reverse=True)
    return [Place(read[1], path) for path in found if (read := _YEAR.search(path))]
