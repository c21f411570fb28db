"""What was hidden or deleted on the platform by others than us, as far as it bears on what we have assessed."""

from collections.abc import Sequence

from django.db.models import F, Max, QuerySet

from torg.dialogue.models import Item, StateChange
from torg.dialogue.models.states import PlatformState


def by_others() -> QuerySet[StateChange]:
    """Each such change, whoever made it: the author, the platform, or one of us outside of Torg.

    What we do through Torg is a decision of moderation, which keeps a record of its own.
    """
    found: QuerySet[StateChange] = StateChange.objects.filter(by_us=False).exclude(to_state=PlatformState.VISIBLE)
    return found.exclude(from_state=F("to_state"))


def newest_of(items: QuerySet[Item]) -> int:
    """The number of the newest such change of these items; 0 when there is none."""
    return int(by_others().filter(item__in=items.values("id")).aggregate(last=Max("id"))["last"] or 0)


def next_ones(*, after: int, limit: int) -> Sequence[tuple[int, int | None, int | None]]:
    """The next changes with their item or post, in the order in which they came to us."""
    rows = by_others().filter(id__gt=after).order_by("id").values_list("id", "item_id", "post_id")
    return list(rows[:limit])
