"""The figures of a page that we know, by platform: named and dated, so that none is taken for another."""

from dataclasses import dataclass
from datetime import date

from torg.registry.words import Quantity


@dataclass(frozen=True, slots=True)
class Definition:
    """What a code of a platform counts.

    `days` is the period that it counts, None for what stands at the moment; `defined_on` the day from which the
    platform counts so, None where it names none.
    """

    code: str
    quantity: Quantity
    days: int | None = None
    defined_on: date | None = None


# Meta ended page_impressions on 2025-11-15 and page_impressions_unique on 2026-06-15 (“Deprecated Page Insights
# metrics”); what took their place counts otherwise, and is a series of its own.
DEFINITIONS: dict[str, tuple[Definition, ...]] = {
    "facebook": (
        Definition("followers_count", Quantity.FOLLOWERS),
        Definition("page_total_media_view_unique", Quantity.REACH, 28, date(2026, 6, 15)),
        Definition("page_media_view", Quantity.VIEWS, 28, date(2025, 11, 15)),
    ),
}


def definition_of(platform: str, code: str) -> Definition | None:
    """What a code means; None for one that we do not know."""
    return next((found for found in DEFINITIONS.get(platform, ()) if found.code == code), None)
