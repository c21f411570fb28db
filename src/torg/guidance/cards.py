"""The help card beside an answer: the points of the poster that concern what is being written, and election rules."""

from collections.abc import Set
from datetime import datetime

from django.urls import reverse

from torg.guidance import queries, wording
from torg.records.days import day_of
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
    now = queries.now_on(day_of(at), language[:2])
    poster = wording.shown(language[:2], now.owns)
    concerned = [text for text in poster.points if text.when & {ALWAYS, *signs}]
    points = [CardPoint(text.title, text.body, bool(text.when & signs)) for text in concerned]
    return HelpCard(
        points=sorted(points, key=lambda point: not point.is_near)[:MOST],
        election=str(now.election.label) if now.election else "",
        voting_on=now.voting_on,
        ask=reverse("guidance:advice"),
        more=reverse("guidance:poster"),
        rules=reverse("guidance:rules"),
    )
