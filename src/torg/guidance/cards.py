"""The help card beside an answer: the points of the poster that concern what is being written, and election rules."""

from collections.abc import Set
from datetime import datetime

from django.urls import reverse

from torg.guidance import queries, wording
from torg.ui.types import CardPoint, HelpCard

ALWAYS = "ALWAYS"
MOST = 6


def card(*, signs: Set[str], language: str, at: datetime) -> HelpCard:
    """The card for one answer.

    Args:
        signs: what is known of the answer: PUBLIC or PRIVATE, CASE, SENSITIVE, PROMISE, UNSIGNED, CLAIM.
        language: of whoever writes.
        at: now; own wordings and elections of that day hold.
    """
    day = queries.day_of(at)
    poster = wording.shown(language, queries.owns_on(day))
    concerned = [text for text in poster.points if text.when & {ALWAYS, *signs}]
    points = [CardPoint(text.title, text.body, bool(text.when & signs)) for text in concerned]
    election = queries.election_now(day)
    return HelpCard(
        points=sorted(points, key=lambda point: not point.is_near)[:MOST],
        election=str(election.get_kind_display()) if election else "",
        voting_on=election.voting_on if election else None,
        ask=reverse("guidance:advice"),
        more=reverse("guidance:poster"),
        rules=reverse("guidance:rules"),
    )
