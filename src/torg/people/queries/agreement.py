"""Who may agree to deletions, and who may lend and give that right."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from torg.people.models import (
    Person,
    RoleAssignment,
    StandIn,
)
from torg.people.queries.rights import roles_giving
from torg.people.types import Permission, roles_with


def agreers(*, scope_id: UUID | None, at: datetime) -> QuerySet[Person]:
    """Everyone who may agree to a deletion in the scope: fewer than two, and nothing can be deleted (strategy B3)."""
    held = RoleAssignment.objects.in_force(at).filter(
        Q(scope_id=scope_id) | Q(scope=None), role__in=roles_with(Permission.AGREE)
    )
    lent = held.filter(person=OuterRef("absent"), from_at__lte=OuterRef("agreed_at"))
    standing_in = StandIn.objects.in_force(at).agreed().filter(Exists(lent)).values("stand_in")
    return Person.objects.filter(Q(pk__in=held.values("person")) | Q(pk__in=standing_in), left_at=None)


def agrees_apart_from(person: Person, involved: Collection[int | None], *, scope_id: UUID | None, at: datetime) -> bool:
    """Whether `person` may agree by a role that neither is nor is lent by one of those `involved` (keys of persons)."""
    return roles_agreeing_apart_from(person, involved, scope_id=scope_id, at=at).exists()


def roles_agreeing_apart_from(
    person: Person, involved: Collection[int | None], *, scope_id: UUID | None, at: datetime
) -> QuerySet[RoleAssignment]:
    """The roles by which `person` may agree and which neither are nor are lent by one of those `involved`."""
    held = roles_giving(person, Permission.AGREE, at=at).filter(Q(scope_id=scope_id) | Q(scope=None))
    return held.exclude(person_id__in=[key for key in involved if key is not None])


def agreement_lent(row: StandIn, *, at: datetime) -> QuerySet[RoleAssignment]:
    """The absent person's own roles that give the right to agree to deletions, and so must be lent by two."""
    return RoleAssignment.objects.in_force(at).filter(person=row.absent_id, role__in=roles_with(Permission.AGREE))


def stand_ins_waiting(*, at: datetime) -> QuerySet[StandIn]:
    """Stand-ins that wait for a second person before they lend the right to agree to deletions, the nearest first."""
    held = RoleAssignment.objects.in_force(at).filter(person=OuterRef("absent"), role__in=roles_with(Permission.AGREE))
    waiting = StandIn.objects.filter(Exists(held), agreed_at=None, until_at__gt=at)
    return waiting.select_related("absent", "stand_in", "named_by").order_by("from_at", "id")


def may_agree_to_stand_in(person: Person, row: StandIn, *, at: datetime) -> bool:
    """Whether `person` can be the second: not absent, not standing in, not who named, nor by a role that they lend."""
    involved = {row.absent_id, row.stand_in_id, row.named_by_id}
    scopes = agreement_lent(row, at=at).values_list("scope_id", flat=True)
    return person.pk not in involved and all(
        agrees_apart_from(person, involved, scope_id=scope_id, at=at) for scope_id in scopes
    )


def seconders(row: StandIn, *, at: datetime) -> list[Person]:
    """Those whom a stand-in that waits, waits for; nobody when it does not wait."""
    roles = list(agreement_lent(row, at=at)) if row.agreed_at is None else []
    if not roles:
        return []
    asked = agreers(scope_id=roles[0].scope_id, at=at).order_by("name")
    return [person for person in asked if may_agree_to_stand_in(person, row, at=at)]
