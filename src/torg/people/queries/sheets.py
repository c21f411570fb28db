"""What the pages on persons show."""

from datetime import datetime
from typing import Any

from django.db.models import Prefetch, Q

from torg.people.models import (
    Person,
    RoleAssignment,
    StandIn,
    Unit,
)
from torg.people.queries.agreement import agreement_lent, seconders, stand_ins_waiting
from torg.people.queries.rights import scopes_for
from torg.people.types import Permission


def overview(*, seen_by: Person, at: datetime) -> dict[str, Any]:
    """Everybody who works here, who has left, and the units; roles in force and roles that wait for a second person.

    A role is told only where `seen_by` could give it: its place may be a secret group.
    """
    told = Q(scope=None) | Q(scope__in=scopes_for(seen_by, Permission.MANAGE_PEOPLE, at=at))
    held = RoleAssignment.objects.in_force(at).filter(told).select_related("scope").order_by("role")
    everyone = Person.objects.select_related("unit").order_by("name")
    return {
        "people": everyone.filter(left_at=None).prefetch_related(Prefetch("roles", held, to_attr="held")),
        "left": everyone.exclude(left_at=None),
        "units": Unit.objects.order_by("name"),
        "waiting": RoleAssignment.objects.waiting().filter(told).select_related("person", "given_by"),
        "stand_ins_waiting": stand_ins_waiting(at=at),
    }


def sheet_of(person: Person, *, seen_by: Person, at: datetime) -> dict[str, Any]:
    """One person's roles and stand-ins, and the places where `seen_by` may give a role."""
    # A scope gets its name with its page: before that it belongs to an application, where nobody has a role.
    places = scopes_for(seen_by, Permission.MANAGE_PEOPLE, at=at).exclude(name="").order_by("name")
    roles = person.roles.filter(Q(scope=None) | Q(scope__in=places)).select_related("scope", "given_by")
    return {
        "subject": person,
        "viewer": seen_by,
        "roles": roles.order_by("-from_at"),
        "stand_ins": absences_of(person, at=at),
        "places": [(str(scope.id), scope.name) for scope in places],
    }


def absences_of(person: Person, *, at: datetime) -> list[StandIn]:
    """The person's own absences that have not ended; `waits_for` tells whose agreement each of them needs."""
    rows = (
        StandIn.objects.filter(absent=person, until_at__gt=at)
        .select_related("stand_in", "absent", "named_by")
        .order_by("from_at")
    )
    for row in rows:
        vars(row)["waits_for"] = seconders(row, at=at)
        vars(row)["is_waiting"] = row.agreed_at is None and agreement_lent(row, at=at).exists()
    return list(rows)
