"""Draws and publishes the days and months of the public journal that have changed, and withdraws what is empty."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation

from torg.core.actors import Actor
from torg.openness import drawing
from torg.openness import queries as openness
from torg.people.models import Municipality
from torg.site import addresses, identity, journal, queries, rendering, standing
from torg.site.journal import ON_A_PAGE, Span
from torg.site.types import Part

# A year's journal that is switched on at once is drawn over some minutes, so that nothing else waits.
DAYS_AT_ONCE = 30


def keep_current(*, by: Actor, at: datetime) -> list[str]:
    """Publish the days that changed, with their months; returns the addresses that changed.

    Before the site's first publication nothing happens. What stood there and is empty now is withdrawn.
    """
    if rendering.TOP not in queries.etags_standing():
        return []
    changed = _keep_fronts(by=by, at=at)
    with transaction.atomic():
        days = openness.days_to_draw()[:DAYS_AT_ONCE]
        # Marked before they are read: what changes meanwhile waits, and marks its day again.
        drawing.mark_drawn(days)
        spans = {Span.of_day(day) for day in days} | {Span.of_month(day) for day in days}
        for span in sorted(spans, key=lambda one: one.name):
            changed += _keep(span, by=by, at=at)
    return changed


def parts_of(span: Span, municipality: Municipality, *, at: datetime) -> dict[str, Part]:
    """Every page and file of a day or a month; nothing when it has no entries."""
    with translation.override(municipality.language), timezone.override("Europe/Oslo"):
        rows = openness.entries_of(span.first, span.last, at=at)
        if not rows:
            return {}
        is_day = span.first == span.last
        pages = _day(span, rows, municipality, at) if is_day else _month(span, municipality, at)
        return pages | journal.files_of(span, rows)


def _keep_fronts(*, by: Actor, at: datetime) -> list[str]:
    municipality, kind = identity.current(), rendering.JOURNAL
    parts = {
        rendering.address_of(kind, language, municipality): rendering.draw(kind, language, municipality, at=at)
        for language in addresses.LANGUAGES
        if openness.is_on()
    }
    tops = [f"{top}postliste/" for top in ("/", "/nb/", "/nn/", "/en/")]
    now = queries.etags_of(tops)
    return standing.bring(parts, now, by=by, at=at)


def _keep(span: Span, *, by: Actor, at: datetime) -> list[str]:
    parts = parts_of(span, identity.current(), at=at)
    now = queries.etags_below(span.address()) | queries.etags_below(f"{journal.TOP}{span.name}.")
    return standing.bring(parts, now, by=by, at=at)


def _day(span: Span, rows: list[openness.Shown], municipality: Municipality, at: datetime) -> dict[str, Part]:
    pages = range(1, -(-len(rows) // ON_A_PAGE) + 1)
    told = {"count": len(rows), "month": Span.of_month(span.first)}
    return {
        span.address(page): _drawn(
            "site/journal_day.html",
            span,
            municipality,
            told
            | {
                "rows": rows[(page - 1) * ON_A_PAGE : page * ON_A_PAGE],
                "page": page,
                "pages": [(number, span.address(number)) for number in pages],
            },
            at,
        )
        for page in pages
    }


def _month(span: Span, municipality: Municipality, at: datetime) -> dict[str, Part]:
    days: list[tuple[date, int]] = openness.standing_days(span.first, span.last)
    told = {"days": [(day, Span.of_day(day).address(), count) for day, count in days]}
    return {span.address(): _drawn("site/journal_month.html", span, municipality, told, at)}


def _drawn(template: str, span: Span, municipality: Municipality, told: Mapping[str, object], at: datetime) -> Part:
    files = [(ending.upper(), span.file(ending)) for ending in ("csv", "json", "xml")]
    context = rendering.context_of(rendering.JOURNAL, municipality.language, municipality, at=at)
    return Part(render_to_string(template, {**context, "span": span, "files": files, **told}).encode())
