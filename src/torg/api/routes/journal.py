"""The public journal for programs: read only, in pages, without a token, and not faster than a courteous reader."""

from datetime import date
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from ninja.throttling import SimpleRateThrottle

from torg.core import clock
from torg.openness import queries

router = Router()
MOST = 100


class Courtesy(SimpleRateThrottle):
    """So many calls from one address; 429 says when to come again."""

    scope = "public-journal"

    def get_cache_key(self, request: HttpRequest) -> str:
        """By the address that calls; a header that anybody can write does not count."""
        return f"public-journal:{request.META.get('REMOTE_ADDR', '')}"


class JournalPage(Schema):
    """Entries in the order in which they became known; `next` is `after` of the next page, empty at the end.

    The names of the fields of an entry are those of Noark. `*****` is what is withheld.
    """

    entries: list[dict[str, str]]
    next: str


@router.get(
    "",
    auth=None,
    throttle=[Courtesy("60/m")],
    response=JournalPage,
    summary="The public journal",
    operation_id="journal",
)
def journal(
    request: HttpRequest, after: UUID | None = None, first: date | None = None, last: date | None = None
) -> JournalPage:
    """At most a hundred entries; `first` and `last` are days, both included. Needs no token."""
    told = str(after) if after else ""
    rows = queries.entries_after(told, first=first, last=last, at=clock.now(), limit=MOST + 1)
    page = rows[:MOST]
    return JournalPage(entries=queries.lines(page), next=str(page[-1].id) if len(rows) > MOST else "")
