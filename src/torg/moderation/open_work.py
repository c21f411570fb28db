"""What of moderation somebody who goes away leaves to a stand-in: cases they have taken, complaints given to them."""

from datetime import datetime
from uuid import UUID

from torg.moderation import addresses, commands, queries
from torg.moderation.models import UNFINISHED, Case, Complaint
from torg.moderation.words import CaseState
from torg.people.models import Person
from torg.people.types import OpenWork

CASE, COMPLAINT = "case", "complaint"


class Cases:
    """Cases that somebody has taken and not decided."""

    def held_by(self, holder: Person, *, seen_by: Person, at: datetime) -> list[OpenWork]:
        rows = Case.objects.visible_to(seen_by, at=at).filter(claimed_by=holder, claimed_until__gt=at)
        related = rows.filter(state=CaseState.OPEN).select_related("author", "item__thread__connection__presence")
        return [
            OpenWork(CASE, row.public_id, _title(row), addresses.of_case(row.public_id), row.scope_id, row.decide_by)
            for row in related.order_by("-severity", "id")
        ]

    def pass_on(self, *, ref: UUID, holder: Person, to: Person, by: Person, at: datetime) -> bool:
        commands.pass_on_case(case_id=ref, holder=holder, to=to, by=by, at=at)
        return True


class Complaints:
    """Complaints that are given to somebody by name and not finished; whoever took part before cannot get them."""

    def held_by(self, holder: Person, *, seen_by: Person, at: datetime) -> list[OpenWork]:
        # A guest without a role sees what was given to them by name, and nothing else.
        rows = queries.complaints_for(seen_by, at=at).filter(assigned_to=holder, state__in=UNFINISHED)
        related = rows.select_related("decision__case__author", "decision__case__item__thread__connection__presence")
        return [
            OpenWork(
                COMPLAINT,
                row.public_id,
                _title(row.decision.case),
                addresses.of_case(row.decision.case.public_id),
                row.scope_id,
                row.decide_by,
            )
            for row in related.order_by("decide_by", "id")
        ]

    def pass_on(self, *, ref: UUID, holder: Person, to: Person, by: Person, at: datetime) -> bool:
        waiting = Complaint.objects.select_for_update().filter(state__in=UNFINISHED)
        if not waiting.filter(public_id=ref, assigned_to=holder).exists():
            return False
        commands.assign_complaint(complaint_id=ref, person_id=to.public_id, by=by, at=at)
        return True


def _title(case: Case) -> str:
    who = case.author.name if case.author is not None else ""
    return " · ".join(filter(None, (who, case.item.thread.connection.presence.name)))


CASES, COMPLAINTS = Cases(), Complaints()
