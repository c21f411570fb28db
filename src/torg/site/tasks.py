"""Jobs of the public site."""

from torg.core import clock, jobs
from torg.core.actors import Rule
from torg.site import journal_pages, publication

KEEPER = Rule("site.keeper", "1")


@jobs.periodic("site.keep_current", cron="* * * * *")
def keep_current(timestamp: int) -> None:
    """Every minute: hours, colour, arms and pages that we run may have changed, and days pass."""
    publication.keep_current(by=KEEPER, at=clock.now())


@jobs.periodic("site.keep_journal", cron="* * * * *")
def keep_journal(timestamp: int) -> None:
    """Every minute, the days of the public journal that have changed."""
    journal_pages.keep_current(by=KEEPER, at=clock.now())
