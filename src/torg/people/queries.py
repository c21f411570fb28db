"""Who may see and do what, at a given moment."""

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from torg.core.actors import Actor
from torg.people.models import Person, RoleAssignment, Scope, StandIn
from torg.people.types import Permission, Role, roles_with

# Only these two reach secret scopes by a role that names no scope (strategy C9).
REACHES_SECRETS = (Role.OFFICER, Role.DEPUTY)


def roles_held(person: Person, *, at: datetime) -> QuerySet[RoleAssignment]:
    """The person's own role assignments in force, and those of everyone the person stands in for."""
    absent = StandIn.objects.in_force(at).filter(stand_in=person).values("absent_id")
    return RoleAssignment.objects.in_force(at).filter(Q(person=person) | Q(person_id__in=absent))


def scopes_for(actor: Actor, permission: Permission, *, at: datetime) -> QuerySet[Scope]:
    """The scopes in which `actor` has `permission`. Rules and operators are not bound to scopes."""
    if not isinstance(actor, Person):
        return Scope.objects.all()
    if actor.left_at is not None and actor.left_at <= at:
        return Scope.objects.none()
    held = roles_held(actor, at=at).filter(role__in=roles_with(permission))
    here = Exists(held.filter(scope_id=OuterRef("pk")))
    everywhere = Exists(held.filter(scope=None))
    everywhere_secret = Exists(held.filter(scope=None, role__in=REACHES_SECRETS))
    return Scope.objects.filter(here | (Q(is_secret=False) & everywhere) | everywhere_secret)


def scope_ids_for(actor: Actor, permission: Permission, *, at: datetime) -> list[UUID]:
    """The same as ids, for queries whose plan is better with constants."""
    return list(scopes_for(actor, permission, at=at).values_list("id", flat=True))


def may(actor: Actor, permission: Permission, *, scope_id: UUID | None, at: datetime) -> bool:
    """Whether `actor` has `permission` in the scope, or (scope None) for the municipality as a whole."""
    if not isinstance(actor, Person):
        return True
    if scope_id is not None:
        return scopes_for(actor, permission, at=at).filter(id=scope_id).exists()
    if actor.left_at is not None and actor.left_at <= at:
        return False
    return roles_held(actor, at=at).filter(role__in=roles_with(permission), scope=None).exists()


def may_anywhere(actor: Actor, permission: Permission, *, at: datetime) -> bool:
    """Whether `actor` has `permission` in at least one scope or as a whole."""
    if not isinstance(actor, Person):
        return True
    if actor.left_at is not None and actor.left_at <= at:
        return False
    return roles_held(actor, at=at).filter(role__in=roles_with(permission)).exists()
