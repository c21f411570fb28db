"""The figures of a page that we know, by platform and by us: named and dated, so that none is taken for another."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from torg.registry.words import UNITS, Measure, Quantity

# What we count ourselves, from what happened; `settings.PRESENCE_COUNTS` does it.
OURS = "torg"
POSTS_A_WEEK = "posts_a_week"
IN_TIME_A_WEEK = "answered_in_time_a_week"
A_WEEK = 7


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

    @property
    def measure(self) -> Measure:
        """What a goal that takes its figure from here counts."""
        return Measure(self.quantity.value)

    @property
    def unit(self) -> Promise:
        """In what the figure is told."""
        return UNITS[self.quantity]

    @property
    def how(self) -> Promise | str:
        """How it is counted, where a word is needed for it."""
        return HOW.get(self.code, "")


# Meta ended page_impressions on 2025-11-15 and page_impressions_unique on 2026-06-15 (“Deprecated Page Insights
# metrics”); what took their place counts otherwise, and is a series of its own.
DEFINITIONS: dict[str, tuple[Definition, ...]] = {
    "facebook": (
        Definition("followers_count", Quantity.FOLLOWERS),
        Definition("page_total_media_view_unique", Quantity.REACH, 28, date(2026, 6, 15)),
        Definition("page_media_view", Quantity.VIEWS, 28, date(2025, 11, 15)),
    ),
    OURS: (
        Definition(POSTS_A_WEEK, Quantity.POSTS, A_WEEK),
        Definition(IN_TIME_A_WEEK, Quantity.IN_TIME, A_WEEK),
    ),
}
HOW: dict[str, Promise] = {
    POSTS_A_WEEK: _("Our own posts from Monday to Sunday. A week counts when it is over."),
    IN_TIME_A_WEEK: _(
        "Of the questions whose deadline fell from Monday to Sunday, those that were answered by then, in per cent. "
        "The deadline is that of the duty to answer. A week counts when it is over."
    ),
}


def definition_of(platform: str, code: str) -> Definition | None:
    """What a code means; None for one that we do not know."""
    return next((found for found in DEFINITIONS.get(platform, ()) if found.code == code), None)
