"""Who places citizens' reports, handles breaches of personal data, and hands evidence to the police."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from torg.core.errors import NotAllowed
from torg.moderation.models import Involved, SecondReading, TemporaryHiding
from torg.people import queries as people
from torg.people.models import Person
from torg.people.policies import check_may
from torg.people.types import Permission


def check_can_place(by: Person, *, at: datetime) -> None:
    """Read and place reports that belong nowhere yet: whoever handles things for the municipality as a whole."""
    check_may(by, Permission.HANDLE, scope_id=None, at=at)


def check_can_mute(by: Person, *, at: datetime) -> None:
    """Shut somebody out of reporting, or let them in: whoever may agree to deletions everywhere."""
    check_may(by, Permission.AGREE, scope_id=None, at=at)


def may_mute(by: Person, *, at: datetime) -> bool:
    """Whether the page offers it."""
    return people.may(by, Permission.AGREE, scope_id=None, at=at)


def check_can_handle_breach(by: Person, *, scope_id: UUID, at: datetime) -> None:
    """Open, read and assess a breach of personal data: whoever may see what was exposed."""
    check_may(by, Permission.OPEN_SENSITIVE, scope_id=scope_id, at=at)


def check_can_decide_breach(by: Person, *, scope_id: UUID, at: datetime) -> None:
    """Decide whether the authority is notified: whoever may see it and may agree to deletions."""
    check_can_handle_breach(by, scope_id=scope_id, at=at)
    check_may(by, Permission.AGREE, scope_id=scope_id, at=at)


def check_can_hand_over(by: Person, *, scope_id: UUID, at: datetime) -> None:
    """Make and fetch evidence for the police: whoever may see what is sensitive, and may hide."""
    check_may(by, Permission.OPEN_SENSITIVE, scope_id=scope_id, at=at)
    check_may(by, Permission.HIDE, scope_id=scope_id, at=at)


def check_can_judge_somewhere(by: Person, *, at: datetime) -> None:
    """Draw decisions for a second reading: whoever decides complaints, on some page at least."""
    if not people.may_anywhere(by, Permission.JUDGE, at=at):
        raise NotAllowed(_("Your role here does not include deciding complaints. Ask the leader."))


def check_took_no_part(by: Person, reading: SecondReading) -> None:
    """Read a decision again: somebody who took no part in it."""
    if reading.read_by_id is None and reading.pk not in may_read_again(by, [reading]):
        raise NotAllowed(_("You took part in this decision. Somebody else must read it."))


def may_read_again(by: Person, rows: Collection[SecondReading]) -> set[int]:
    """The keys of those of the rows that `by` took no part in and nobody has read. Two queries for all."""
    cases = [row.decision.case_id for row in rows]
    out = set(TemporaryHiding.objects.filter(case__in=cases, hidden_by=by).values_list("case", flat=True))
    out |= set(Involved.objects.filter(case__in=cases, person=by).values_list("case", flat=True))
    open_rows = [row for row in rows if row.read_by_id is None and row.decision.case_id not in out]
    return {row.pk for row in open_rows if by.pk not in (row.proposed_by_id, row.agreed_by_id)}
