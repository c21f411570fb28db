"""The definitions of figures that we know, by platform: named and dated, so that none is taken for another."""

from dataclasses import dataclass
from datetime import date

from torg.publishing.models import Quantity


@dataclass(frozen=True, slots=True)
class Definition:
    """What a code of a platform counts, from when. `version` rises when a platform redefines the same code."""

    code: str
    quantity: Quantity
    defined_on: date
    version: int = 1


# Meta ended post_impressions on 2025-11-15 and post_impressions_unique on 2026-06-15 (“Deprecated Page Insights
# metrics”); what took their place counts otherwise, so the two are different series.
FACEBOOK = (
    Definition("post_media_view", Quantity.VIEWS, date(2025, 11, 15)),
    Definition("post_impressions", Quantity.VIEWS, date(2010, 4, 21)),
    Definition("post_total_media_view_unique", Quantity.REACH, date(2026, 6, 15)),
    Definition("post_impressions_unique", Quantity.REACH, date(2010, 4, 21)),
    Definition("reactions", Quantity.REACTIONS, date(2016, 2, 24)),
    Definition("comments", Quantity.COMMENTS, date(2010, 4, 21)),
    Definition("shares", Quantity.SHARES, date(2010, 4, 21)),
)
DEFINITIONS: dict[str, tuple[Definition, ...]] = {"facebook": FACEBOOK}


def definition_of(platform: str, code: str) -> Definition | None:
    """What a code means; None for one that we do not know."""
    return next((found for found in DEFINITIONS.get(platform, ()) if found.code == code), None)
