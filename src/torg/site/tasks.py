"""Jobs of the public site."""

from uuid import UUID

from torg.core import clock, jobs
from torg.core.actors import Rule
from torg.publishing import queries as publishing
from torg.site import articles, drawing_media, journal_pages, news_pages, publication

KEEPER = Rule("site.keeper", "1")


@jobs.periodic("site.keep_current", cron="* * * * *")
def keep_current(timestamp: int) -> None:
    """Every minute: hours, colour, arms and pages that we run may have changed, and days pass."""
    publication.keep_current(by=KEEPER, at=clock.now())


@jobs.periodic("site.keep_journal", cron="* * * * *")
def keep_journal(timestamp: int) -> None:
    """Every minute, the days of the public journal that have changed."""
    journal_pages.keep_current(by=KEEPER, at=clock.now())


@jobs.periodic("site.keep_news", cron="* * * * *")
def keep_news(timestamp: int) -> None:
    """Every minute, the lists, feeds and files of articles: topics get new names, and years end."""
    news_pages.keep_current(by=KEEPER, at=clock.now())


@jobs.task("site.keep_news_now")
def keep_news_now() -> None:
    """The same at once, when something was published."""
    news_pages.keep_current(by=KEEPER, at=clock.now())


@jobs.periodic("site.keep_articles", cron="17 * * * *")
def keep_articles(timestamp: int) -> None:
    """Every hour, all articles: their frame shows what may have changed."""
    redraw_articles()


@jobs.task("site.redraw_articles")
def redraw_articles() -> None:
    """Draw every article again; those that differ are published."""
    at = clock.now()
    for told in publishing.published(at=at):
        articles.bring(told.public_id, at=at)


@jobs.task("site.draw_pictures")
def draw_pictures(article_id: str) -> None:
    """Make the copies of an article's pictures and films, and show them."""
    drawing_media.draw_for(UUID(article_id), at=clock.now())


@jobs.periodic("site.keep_pictures", cron="*/10 * * * *")
def keep_pictures(timestamp: int) -> None:
    """Every ten minutes: media whose rights or consent have ended go, from their own addresses too."""
    drawing_media.withdraw_forbidden(at=clock.now())


@jobs.periodic("site.keep_films", cron="* * * * *")
def keep_films(timestamp: int) -> None:
    """Every minute: larger sizes of films become ready after the first, with which they went out."""
    drawing_media.bring_new_sizes(at=clock.now())
