"""What one person may do in one case, asked in one statement: for the screens; the commands ask again, one by one."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, Q

from torg.core.errors import DomainError
from torg.moderation.models import Case, Proposal
from torg.moderation.policies.deciding import (
    ONLY_READS,
    SOMEBODY_ELSE,
    STAYS_OUT,
    WORKING,
    check_is_proposer,
    check_not_taken,
)
from torg.people import queries as people
from torg.people.models import Person
from torg.people.policies import NOT_INCLUDED
from torg.people.types import Permission


@dataclass(frozen=True, slots=True)
class Standing:
    """The rights of one person in the scope of one case, and who is kept out of it."""

    takes_part: bool
    hides: bool
    agrees: bool
    agrees_apart: bool
    opens: bool
    is_involved: bool
    has_acted: bool


def standing_of(
    person: Person, *, scope_id: UUID, active: Collection[int], involved: Collection[int], at: datetime
) -> Standing:
    """How `person` stands to a case.

    Args:
        person: whom the page is for.
        scope_id: of the case.
        active: keys of whoever proposed or hid, who cannot be the second.
        involved: keys of whoever must stay out.
        at: now.
    """
    told = Person.objects.filter(pk=person.pk).values(
        takes_part=_any(person, WORKING, scope_id, at),
        hides=_any(person, [Permission.HIDE], scope_id, at),
        agrees=_any(person, [Permission.AGREE], scope_id, at),
        agrees_apart=Exists(people.roles_agreeing_apart_from(person, active, scope_id=scope_id, at=at)),
        opens=_any(person, [Permission.OPEN_SENSITIVE], scope_id, at),
    )
    found: dict[str, Any] = dict(told.get())
    return Standing(**found, is_involved=person.pk in involved, has_acted=person.pk in active)


def refusals(
    person: Person, standing: Standing, case: Case, proposal: Proposal | None, *, at: datetime
) -> dict[str, str]:
    """Why the person cannot do each act now, in the words of the command that would refuse; empty where they can."""
    out = str(STAYS_OUT) if standing.is_involved else ""
    not_included = str(NOT_INCLUDED)
    told = {
        "take_part": "" if standing.takes_part else str(ONLY_READS),
        "involved": out,
        "taken": _why_not(lambda: check_not_taken(person, case, at=at)),
        "hide": out if standing.hides else not_included,
    }
    if proposal is not None:
        other = "" if standing.agrees_apart and not standing.has_acted else str(SOMEBODY_ELSE)
        told["agree"] = (out or other) if standing.agrees else not_included
        told["withdraw"] = _why_not(lambda: check_is_proposer(person, proposal))
    return told


def _any(person: Person, permissions: Collection[Permission], scope_id: UUID, at: datetime) -> Q:
    asked = Q()
    for permission in permissions:
        asked |= Q(Exists(people.scopes_for(person, permission, at=at).filter(id=scope_id)))
    return asked


def _why_not(check: Callable[[], None]) -> str:
    try:
        check()
    except DomainError as refusal:
        return refusal.message
    return ""
