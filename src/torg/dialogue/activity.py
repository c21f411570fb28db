"""How busy our pages were in a period, counted from what was posted and written."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Count
from django.db.models.functions import TruncWeek

from torg.channels.models import BY_HAND, Connection
from torg.dialogue.models import Item, Post
from torg.registry.types import Activity


def activity(scope_ids: Sequence[UUID], since: datetime, until: datetime) -> Mapping[UUID, Activity]:
    """Our posts, the weeks (Monday to Sunday, Norwegian time) with at least one, and what others wrote, per scope."""
    written = Post.objects.filter(scope_id__in=scope_ids, is_own=True, is_placeholder=False)
    posts = written.filter(posted_at__gte=since, posted_at__lt=until).order_by()
    told = posts.values("scope_id").annotate(how_many=Count("pk"), weeks=Count(TruncWeek("posted_at"), distinct=True))
    by_others = Item.objects.filter(scope_id__in=scope_ids, is_own=False, is_placeholder=False).order_by()
    counted = by_others.filter(received_at__gte=since, received_at__lt=until).values("scope_id")
    items = dict(counted.annotate(how_many=Count("pk")).values_list("scope_id", "how_many"))
    weekly = {row["scope_id"]: row for row in told}
    seen = Connection.objects.filter(scope_id__in=scope_ids).exclude(platform=BY_HAND)
    connected = set(seen.values_list("scope_id", flat=True))
    return {
        scope_id: Activity(
            posts=weekly[scope_id]["how_many"] if scope_id in weekly else 0,
            weeks_with_posts=weekly[scope_id]["weeks"] if scope_id in weekly else 0,
            items=items.get(scope_id, 0),
            is_seen=scope_id in connected or scope_id in weekly,
        )
        for scope_id in scope_ids
    }
