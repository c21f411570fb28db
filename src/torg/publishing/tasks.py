"""Jobs of publishing: each loads ids and calls one command."""

from datetime import timedelta
from uuid import UUID

import structlog

from torg.core import clock, jobs
from torg.core.errors import DomainError
from torg.publishing import commands, measuring
from torg.publishing.commands.figures import READING
from torg.publishing.commands.plan import SCHEDULE
from torg.publishing.commands.posts import SENDING
from torg.publishing.models import ChannelPost, PostState
from torg.publishing.queries import plan

log = structlog.get_logger(__name__)
# A post's figures have settled after a month; each is read twice a day until then.
FOLLOWED_FOR = timedelta(days=30)
AT_ONCE = 200


@jobs.periodic("publishing.schedule", cron="* * * * *")
def publish_due(timestamp: int) -> None:
    """Publish what is due. One that fails stands in nobody's way, and is tried again in a minute."""
    for article in plan.due(at=clock.now()):
        try:
            commands.publish_planned(article_id=article.public_id, by=SCHEDULE, at=clock.now())
        except DomainError as error:
            log.warning("publishing.not_published", article=str(article.public_id), error=type(error).__name__)


@jobs.task("publishing.carry_correction")
def carry_correction(post_id: str) -> None:
    """Correct a post that was on its way while its article was corrected."""
    commands.carry_correction(post_id=UUID(post_id), by=SENDING, at=clock.now())


@jobs.task("publishing.delete_landed")
def delete_landed(post_id: str) -> None:
    """Delete a post that was on its way while its article was withdrawn with its posts."""
    commands.delete_landed_post(post_id=UUID(post_id), by=SENDING, at=clock.now())


@jobs.periodic("publishing.series", cron="23 4 * * *")
def fill_series(timestamp: int) -> None:
    """Make the coming weeks of the weekly posts."""
    commands.fill_series(by=SCHEDULE, at=clock.now())


@jobs.periodic("publishing.figures", cron="41 5,17 * * *")
def read_figures(timestamp: int) -> None:
    """Read the figures of the last month's posts, where their channels tell."""
    at = clock.now()
    posts = ChannelPost.objects.filter(state=PostState.PUBLISHED, published_at__gte=at - FOLLOWED_FOR)
    for post in posts.select_related("connection").order_by("-published_at")[:AT_ONCE]:
        measured = measuring.figures_of(post)
        if measured:
            commands.note_figures(post_id=post.public_id, measured=measured, by=READING, at=at)
