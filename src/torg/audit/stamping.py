"""Have an outside authority say when a checkpoint existed; the log goes on whether it answers or not."""

from datetime import datetime, timedelta

import structlog
from django.conf import settings

from torg.audit.models import Checkpoint, TimeStamp
from torg.connectors.services import fetch, tsa

AT_MOST_EVERY = timedelta(hours=1)
log = structlog.get_logger(__name__)


def stamp_newest(*, at: datetime) -> TimeStamp | None:
    """Time-stamp the newest checkpoint, at most once an hour; None when there is nothing to do or no answer."""
    newest = Checkpoint.objects.order_by("-size").first()
    last = TimeStamp.objects.order_by("-size").first()
    if not settings.TIME_STAMP_URL or newest is None:
        return None
    if last is not None and (last.size == newest.size or at < last.at + AT_MOST_EVERY):
        return None
    try:
        token = tsa.stamp(
            settings.TIME_STAMP_URL, newest.note.encode(), allow_loopback=settings.TIME_STAMP_ALLOW_LOOPBACK
        )
    except (fetch.FetchProblem, tsa.StampProblem) as problem:
        log.warning("audit.not_stamped", size=newest.size, problem=type(problem).__name__)
        return None
    return TimeStamp.objects.create(size=newest.size, at=at, authority=settings.TIME_STAMP_URL, token=token)
