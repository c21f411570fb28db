"""Who may see and do what, at a given moment."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, When

from torg.core.actors import Actor
from torg.people.models import (
    Login,
    Person,
    RoleAssignment,
    Scope,
    StandIn,
)
from torg.people.types import ROLE_PERMISSIONS, Permission, Role, roles_with

# With these one can do harm that cannot be made good.
NEEDS_SECOND_FACTOR = (Permission.AGREE, Permission.OPEN_SENSITIVE)
# Recovery codes alone are no second step: they come with one.
SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
# Only these two reach secret scopes by a role that names no scope (strategy C9).
REACHES_SECRETS = (Role.OFFICER, Role.DEPUTY)


def roles_held(person: Person, *, at: datetime) -> QuerySet[RoleAssignment]:
    """The person's own role assignments in force, and those of everyone the person stands in for."""
    absent = StandIn.objects.in_force(at).filter(stand_in=person).values("absent_id")
    return RoleAssignment.objects.in_force(at).filter(Q(person=person) | Q(person_id__in=absent))


def roles_giving(person: Person, permission: Permission, *, at: datetime) -> QuerySet[RoleAssignment]:
    """Those of the roles held that give `permission` to the person.

    The right to agree to deletions comes through a stand-in only once a second person has agreed to that (strategy B3),
    and then only with the roles that the absent person had at that moment.
    """
    held = roles_held(person, at=at).filter(role__in=roles_with(permission))
    if permission != Permission.AGREE:
        return held
    return held.filter(_may_agree_by(person, at))


def gives_everywhere(person: Person, permission: Permission, *, at: datetime) -> Exists:
    """Whether one of the person's roles gives `permission` for the municipality as a whole, as a part of a query."""
    return Exists(roles_giving(person, permission, at=at).filter(scope=None))


def _may_agree_by(person: Person, at: datetime) -> Q:
    """That a role lets `person` agree, where it is one that can: an own one, or one lent by two."""
    lent = StandIn.objects.in_force(at).agreed().filter(absent=OuterRef("person"), agreed_at__gte=OuterRef("from_at"))
    return Q(person=person) | Q(Exists(lent.filter(stand_in=person)))


def scopes_for(actor: Actor, permission: Permission, *, at: datetime) -> QuerySet[Scope]:
    """The scopes in which `actor` has `permission`. Rules and operators are not bound to scopes."""
    if not isinstance(actor, Person):
        return Scope.objects.all()
    if actor.left_at is not None and actor.left_at <= at:
        return Scope.objects.none()
    held = roles_giving(actor, permission, at=at)
    here = Exists(held.filter(scope_id=OuterRef("pk")))
    everywhere = Exists(held.filter(scope=None))
    everywhere_secret = Exists(held.filter(scope=None, role__in=REACHES_SECRETS))
    return Scope.objects.filter(here | (Q(is_secret=False) & everywhere) | everywhere_secret)


def scope_ids_for(actor: Actor, permission: Permission, *, at: datetime) -> list[UUID]:
    """The same as ids, for queries whose plan is better with constants."""
    return list(scopes_for(actor, permission, at=at).values_list("id", flat=True))


def is_secret(scope_id: UUID) -> bool:
    """Whether the scope is that of a secret group; False for one that does not exist."""
    try:
        return _is_secret(scope_id)
    except Scope.DoesNotExist:
        return False


@lru_cache(maxsize=4096)
def _is_secret(scope_id: UUID) -> bool:
    # Kept for good: what a scope is for is never changed, and the log asks at every act.
    return Scope.objects.values_list("is_secret", flat=True).get(id=scope_id)


def may(actor: Actor, permission: Permission, *, scope_id: UUID | None, at: datetime) -> bool:
    """Whether `actor` has `permission` in the scope, or (scope None) for the municipality as a whole."""
    if not isinstance(actor, Person):
        return True
    if scope_id is not None:
        return scopes_for(actor, permission, at=at).filter(id=scope_id).exists()
    if actor.left_at is not None and actor.left_at <= at:
        return False
    return roles_giving(actor, permission, at=at).filter(scope=None).exists()


def may_anywhere(actor: Actor, permission: Permission, *, at: datetime) -> bool:
    """Whether `actor` has `permission` in at least one scope or as a whole."""
    if not isinstance(actor, Person):
        return True
    if actor.left_at is not None and actor.left_at <= at:
        return False
    return roles_giving(actor, permission, at=at).exists()


@dataclass(frozen=True, slots=True)
class Held:
    """What a person may do: in at least one scope, and for the municipality as a whole."""

    anywhere: frozenset[Permission]
    as_a_whole: frozenset[Permission]


def permissions_held(person: Person, *, at: datetime) -> Held:
    """Everything that the person may do, and how far, by one query."""
    if person.left_at is not None and person.left_at <= at:
        return Held(frozenset(), frozenset())
    held = roles_held(person, at=at).annotate(may_agree=Case(When(_may_agree_by(person, at), then=True), default=False))
    rows = list(held.values_list("role", "may_agree", "scope_id").distinct())
    anywhere = [_permissions(role, may_agree) for role, may_agree, _scope in rows]
    as_a_whole = [_permissions(role, may_agree) for role, may_agree, scope in rows if scope is None]
    return Held(frozenset().union(*anywhere), frozenset().union(*as_a_whole))


def permissions_of(person: Person, *, at: datetime) -> frozenset[Permission]:
    """Everything that the person may do in at least one scope or as a whole."""
    return permissions_held(person, at=at).anywhere


def _permissions(role: str, may_agree: bool) -> frozenset[Permission]:
    given = ROLE_PERMISSIONS[Role(role)]
    return given if may_agree else given - {Permission.AGREE}


def holders(permission: Permission, *, at: datetime) -> QuerySet[Person]:
    """Everyone who has the permission somewhere, by a role of their own or as a stand-in."""
    held = RoleAssignment.objects.in_force(at).filter(role__in=roles_with(permission)).values("person")
    lent = StandIn.objects.in_force(at).filter(absent__in=held).values("stand_in")
    return Person.objects.filter(Q(pk__in=held) | Q(pk__in=lent), left_at=None)


def lacks_second_factor(login: Login, *, at: datetime) -> bool:
    """Whether this log-in needs a second step for what its person may do, and has none."""
    needs = any(may_anywhere(login.person, permission, at=at) for permission in NEEDS_SECOND_FACTOR)
    return needs and not Authenticator.objects.filter(user=login, type__in=SECOND_FACTORS).exists()


def role_in(person: Person, scope_id: UUID | None, *, at: datetime) -> str:
    """The role that the person acts in: the one for this scope first, else the unscoped one; empty when none."""
    here = roles_held(person, at=at).filter(Q(scope_id=scope_id) | Q(scope=None))
    assignment = here.order_by(F("scope_id").asc(nulls_last=True), "from_at").first()
    return assignment.role if assignment else ""


def is_last_editor(person: Person, *, at: datetime) -> bool:
    """Whether nobody else could manage people if this person could not."""
    editors = RoleAssignment.objects.in_force(at).filter(
        role__in=roles_with(Permission.MANAGE_PEOPLE), scope=None, person__left_at=None
    )
    return editors.filter(person=person).exists() and not editors.exclude(person=person).exists()
