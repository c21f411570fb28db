"""Reading the public journal, what waits for review, and access requests."""

from torg.openness.queries.journal import (
    PAGE,
    Found,
    Shown,
    days_to_draw,
    entries_after,
    entries_of,
    entry_or_absent,
    is_on,
    lines,
    months,
    search,
    shown,
    standing_days,
)
from torg.openness.queries.requests import (
    RequestSheet,
    Year,
    outcome_of,
    request_sheet,
    requests_for,
    waiting_requests,
    years,
)
from torg.openness.queries.review import ReviewPage, review_page, sheet, waiting_reviews

__all__ = [
    "PAGE",
    "Found",
    "RequestSheet",
    "ReviewPage",
    "Shown",
    "Year",
    "days_to_draw",
    "entries_after",
    "entries_of",
    "entry_or_absent",
    "is_on",
    "lines",
    "months",
    "outcome_of",
    "request_sheet",
    "requests_for",
    "review_page",
    "search",
    "sheet",
    "shown",
    "standing_days",
    "waiting_requests",
    "waiting_reviews",
    "years",
]
