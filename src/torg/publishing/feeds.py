"""The plan as a calendar that other programs read (iCalendar, RFC 5545)."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

from torg.people import queries as people
from torg.people.models import Person
from torg.people.types import Permission
from torg.publishing.models import UNPUBLISHED, Article, PlanFeed
from torg.publishing.policies import check_may_anywhere
from torg.publishing.queries.plan import planned_moment

LONGEST_LINE = 73
AHEAD, BACK = timedelta(days=120), timedelta(days=30)
LENGTH = timedelta(minutes=30)
SPECIAL = re.compile(r"([\\;,])")


def check_can_read(by: Person, *, at: datetime) -> None:
    """Whoever may publish somewhere may read the plan; raises NotAllowed."""
    check_may_anywhere(by, Permission.PUBLISH, at=at)


def hash_of(key: str) -> str:
    """What is kept of a key."""
    return hashlib.sha256(key.encode()).hexdigest()


def reader_of(key: str, *, at: datetime) -> Person | None:
    """Whose calendar this address is; None when it is closed, unknown, or the person may no longer read the plan."""
    feed = PlanFeed.objects.filter(key_sha256=hash_of(key), ended_at=None).select_related("person").first()
    if feed is None or not people.may_anywhere(feed.person, Permission.PUBLISH, at=at):
        return None
    return feed.person


def articles_of(person: Person, *, at: datetime) -> list[Article]:
    """What is planned or was published lately on the pages that the person may publish on."""
    rows = Article.objects.visible_to(person, at=at, permission=Permission.PUBLISH)
    planned = rows.filter(state__in=UNPUBLISHED, planned_on__range=(at.date() - BACK, at.date() + AHEAD))
    out = rows.filter(published_at__gte=at - BACK)
    return [*planned.order_by("planned_on", "id"), *out.order_by("published_at", "id")]


def calendar(articles: Iterable[Article], *, name: str, address: str, at: datetime) -> str:
    """The calendar file.

    Args:
        articles: what stands in it.
        name: what the calendar is called.
        address: where each article is opened; its public id is put after it.
        at: now.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Torg//plan//NO", f"X-WR-CALNAME:{escaped(name)}"]
    for article in articles:
        lines += _event(article, address, at)
    return "".join(f"{part}\r\n" for line in [*lines, "END:VCALENDAR"] for part in folded(line))


def escaped(text: str) -> str:
    """Text in a line of the file."""
    return SPECIAL.sub(r"\\\1", text).replace("\r", "").replace("\n", "\\n")


def folded(line: str) -> Iterator[str]:
    """A line in pieces of at most 75 bytes, never through a letter; the later ones begin with a space."""
    piece, size, start = "", 0, ""
    for sign in line:
        size += len(sign.encode())
        if size > LONGEST_LINE:
            yield start + piece
            piece, size, start = "", len(sign.encode()), " "
        piece += sign
    yield start + piece


def _event(article: Article, address: str, at: datetime) -> list[str]:
    begins = article.published_at or planned_moment(article)
    if begins is None:
        return []
    return [
        "BEGIN:VEVENT",
        f"UID:{article.public_id}@torg",
        f"DTSTAMP:{_utc(at)}",
        f"DTSTART:{_utc(begins)}",
        f"DTEND:{_utc(begins + LENGTH)}",
        f"SUMMARY:{escaped(article.title)}",
        f"DESCRIPTION:{escaped(str(article.get_state_display()))}",
        f"URL:{address}{article.public_id}/",
        "END:VEVENT",
    ]


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"
