"""The yearly figures of moderation as public pages: drawn when a person publishes them, and then they stand."""

from collections.abc import Mapping
from datetime import datetime

from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from torg.core.actors import Actor
from torg.core.errors import Invalid
from torg.moderation import figures, figures_document
from torg.moderation import queries as moderation
from torg.people.models import Municipality
from torg.site import addresses, commands, identity, rendering, years
from torg.site.types import Part

FIRST = 2020
CSV = "text/csv; charset=utf-8"
PDF = "application/pdf"


def publish_year(*, year: int, by: Actor, at: datetime) -> list[str]:
    """Publish the figures of one whole year, in every language, as a page, as CSV and as PDF; returns the addresses.

    Raises Invalid for a year that is not over, NotAllowed without the right to publish for the municipality.
    """
    if not FIRST <= year < at.astimezone(moderation.LOCAL).year:
        raise Invalid(_("Choose a year that is over."), field="year")
    parts = drawn(year, identity.current(), at=at)
    for path, part in parts.items():
        commands.publish_page(path=path, part=part, by=by, at=at)
    return sorted(parts)


def drawn(year: int, municipality: Municipality, *, at: datetime) -> Mapping[str, Part]:
    """The pages and files of one year by address."""
    parts: dict[str, Part] = {}
    for language in addresses.LANGUAGES:
        path = years.address_of(year, language, municipality)
        with translation.override(language), timezone.override("Europe/Oslo"):
            since, until = moderation.whole_year(year)
            scopes = moderation.public_scopes()
            reports = [
                moderation.transparency(scopes, since=since, until=until),
                moderation.equality(scopes, since=since, until=until),
            ]
            context = rendering.context_of(rendering.RULES, language, municipality, at=at)
            context |= {"reports": reports, "year": year, "csv": f"{path}figures.csv", "pdf": f"{path}figures.pdf"}
            parts[path] = Part(render_to_string("site/openness.html", context).encode())
            parts[f"{path}figures.csv"] = Part("".join(map(figures.as_csv, reports)).encode(), CSV)
            parts[f"{path}figures.pdf"] = Part(figures_document.as_pdf(reports, at=at), PDF)
    return parts
