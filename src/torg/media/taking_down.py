"""Makes the tasks when a medium must come down, inside the command that found out."""

from collections.abc import Sequence
from datetime import datetime

from torg.media import deadlines, queries
from torg.media.models import Medium, TakeDown
from torg.media.models.take_downs import ELSEWHERE
from torg.media.types import TakeDownReason


def ask_for(media: Sequence[Medium], *, reason: TakeDownReason, is_child: bool, at: datetime) -> int:
    """A task for each place where one of the media stands, and one each to look elsewhere; returns how many are new.

    A place that waits to be cleared already keeps its task and its deadline.
    """
    due_at = deadlines.take_down_due(is_child=is_child, at=at)
    rows = [
        TakeDown(
            scope_id=medium.scope_id,
            medium=medium,
            reason=reason,
            use_kind=ELSEWHERE,
            use_id=medium.public_id,
            asked_at=at,
            due_at=due_at,
        )
        for medium in media
    ]
    by_key = {medium.pk: medium for medium in media}
    rows += [
        TakeDown(
            scope_id=use.scope_id,
            medium=by_key[use.medium_id],
            reason=reason,
            use_kind=use.kind,
            use_id=use.public_id,
            title=use.title[:300],
            address=use.address[:500],
            asked_at=at,
            due_at=due_at,
        )
        for use in queries.uses_of(list(by_key))
    ]
    before = TakeDown.objects.count()
    TakeDown.objects.bulk_create(rows, ignore_conflicts=True)
    return TakeDown.objects.count() - before
