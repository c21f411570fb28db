"""What the site has drawn of the public journal."""

from collections.abc import Collection
from datetime import date

from torg.openness.models import JournalDay


def mark_drawn(days: Collection[date]) -> None:
    """The site draws these days as they stand, in the caller's transaction."""
    JournalDay.objects.filter(day__in=days).update(is_stale=False)
