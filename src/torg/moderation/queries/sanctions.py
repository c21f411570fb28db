"""What has followed for authors: their history, the next step, and the register of bans in force."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import F, QuerySet

from torg.dialogue.models import Author
from torg.moderation.models import Sanction
from torg.moderation.words import BANS, LADDER, SanctionState, Step
from torg.people.models import Person


def history_of(author: Author, *, at: datetime) -> Sequence[Sanction]:
    """What has followed for the author and still counts, newest first; what is old counts no longer."""
    rows = Sanction.objects.filter(author=author, counts_until__gte=at.date()).exclude(state=SanctionState.NOT_MADE)
    return list(rows.select_related("decision__case").order_by("-begins_at", "-id"))


def next_step(author: Author | None, *, at: datetime) -> Step:
    """The next step on the ladder: one above the gravest that still counts. A suggestion; people choose."""
    return step_after(history_of(author, at=at) if author else ())


def step_after(history: Sequence[Sanction]) -> Step:
    """The same, where the history is read already."""
    counted = [LADDER.index(Step(row.step)) for row in history]
    return LADDER[min(max(counted, default=-1) + 1, len(LADDER) - 1)]


def bans_in_force(person: Person, *, at: datetime) -> QuerySet[Sanction]:
    """The register of who is shut out, on what ground and until when; those that end first stand first."""
    rows = Sanction.objects.visible_to(person, at=at).filter(
        step__in=BANS, state__in=[SanctionState.IN_FORCE, SanctionState.LIFTING]
    )
    around = ("author", "connection", "decision__case", "decision__rule_at_decision__rule")
    return rows.select_related(*around).order_by(F("ends_on").asc(nulls_last=True), "review_on", "id")
