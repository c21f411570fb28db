"""Who may see and do what, at a given moment."""

from collections.abc import Collection
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from torg.core.actors import Actor
from torg.core.calendar import CalendarProblem, WorkingCalendar
from torg.core.errors import NotAllowed, NotFound
from torg.people.models import (
    CalendarKind,
    CalendarRow,
    Duty,
    Login,
    Municipality,
    Person,
    RoleAssignment,
    Scope,
    StandIn,
    Unit,
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
    return roles_held(actor, at=at).filter(role__in=roles_with(permission), scope=None).exists()


def may_anywhere(actor: Actor, permission: Permission, *, at: datetime) -> bool:
    """Whether `actor` has `permission` in at least one scope or as a whole."""
    if not isinstance(actor, Person):
        return True
    if actor.left_at is not None and actor.left_at <= at:
        return False
    return roles_held(actor, at=at).filter(role__in=roles_with(permission)).exists()


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


def permissions_of(person: Person, *, at: datetime) -> frozenset[Permission]:
    """Everything that the person may do in at least one scope or as a whole."""
    if person.left_at is not None and person.left_at <= at:
        return frozenset()
    roles = set(roles_held(person, at=at).values_list("role", flat=True))
    return frozenset().union(*(ROLE_PERMISSIONS[Role(role)] for role in roles))


def agreers(*, scope_id: UUID | None, at: datetime) -> QuerySet[Person]:
    """Everyone who may agree to a deletion in the scope: fewer than two, and nothing can be deleted (strategy B3)."""
    held = RoleAssignment.objects.in_force(at).filter(
        Q(scope_id=scope_id) | Q(scope=None), role__in=roles_with(Permission.AGREE)
    )
    standing_in = StandIn.objects.in_force(at).filter(absent__in=held.values("person")).values("stand_in")
    return Person.objects.filter(Q(pk__in=held.values("person")) | Q(pk__in=standing_in), left_at=None)


def agrees_apart_from(person: Person, involved: Collection[int | None], *, scope_id: UUID | None, at: datetime) -> bool:
    """Whether `person` may agree by a role that neither is nor is lent by one of those `involved` (keys of persons)."""
    held = roles_held(person, at=at).filter(Q(scope_id=scope_id) | Q(scope=None), role__in=roles_with(Permission.AGREE))
    return held.exclude(person_id__in=[key for key in involved if key is not None]).exists()


def on_duty(*, at: datetime) -> list[Person]:
    """Who is on duty (vakt), in the order in which they are called."""
    return [duty.person for duty in Duty.objects.in_force(at).select_related("person").order_by("order", "id")]


def calendar_in_force(kind: CalendarKind, *, unit: Unit | None, at: datetime) -> WorkingCalendar:
    """The unit's own hours at `at`, else everybody's. Raises CalendarProblem when nobody has set any."""
    rows = CalendarRow.objects.in_force(at).filter(Q(unit=unit) | Q(unit=None), kind=kind)
    row = rows.order_by(F("unit_id").desc(nulls_last=True), "-from_at").first()
    if row is None:
        raise CalendarProblem("no hours are set")
    return WorkingCalendar.from_json(row.definition)


def person_or_absent(public_id: UUID, *, lock: bool = False) -> Person:
    """The person; raises NotFound."""
    people = Person.objects.select_for_update() if lock else Person.objects.all()
    person = people.filter(public_id=public_id).first()
    if person is None:
        raise NotFound(_("There is no such person here."))
    return person


def role_or_absent(public_id: UUID, *, lock: bool = False) -> RoleAssignment:
    """The role assignment; raises NotFound."""
    roles = RoleAssignment.objects.select_for_update() if lock else RoleAssignment.objects.all()
    assignment: RoleAssignment | None = roles.filter(public_id=public_id).first()
    if assignment is None:
        raise NotFound(_("There is no such role."))
    return assignment


def municipality() -> Municipality | None:
    """The municipality that this installation serves, once it is set up."""
    return Municipality.objects.filter(is_set_up=True).first()


def login_of(*, provider: str, subject: str, email: str) -> Login:
    """Who an identity provider vouches for: known by its own subject, the first time by a verified address.

    Raises NotAllowed when nobody is registered for it.
    """
    active = Login.objects.select_related("person").filter(is_active=True, person__left_at=None)
    login = active.filter(provider=provider, subject=subject).first()
    if login is None and email:
        login = active.filter(email__iexact=email, subject="").first()
    if login is None:
        raise NotAllowed(_("You are not registered here. Ask the information officer to add you."))
    return login


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
    }


def sheet_of(person: Person, *, seen_by: Person, at: datetime) -> dict[str, Any]:
    """One person's roles and stand-ins, and the places where `seen_by` may give a role."""
    places = scopes_for(seen_by, Permission.MANAGE_PEOPLE, at=at).order_by("name")
    roles = person.roles.filter(Q(scope=None) | Q(scope__in=places)).select_related("scope", "given_by")
    return {
        "subject": person,
        "roles": roles.order_by("-from_at"),
        "stand_ins": person.absences.filter(until_at__gt=at).select_related("stand_in").order_by("from_at"),
        "places": [(str(scope.id), scope.name) for scope in places],
    }


def duties_from(*, at: datetime) -> QuerySet[Duty]:
    """Duties that have not ended, the nearest first."""
    return Duty.objects.filter(until_at__gt=at).select_related("person").order_by("from_at", "order")


def absences_of(person: Person, *, at: datetime) -> QuerySet[StandIn]:
    """The person's own absences that have not ended."""
    return StandIn.objects.filter(absent=person, until_at__gt=at).select_related("stand_in").order_by("from_at")


def hours_row(kind: CalendarKind, *, at: datetime, unit: Unit | None = None) -> CalendarRow | None:
    """The row of hours in force for exactly this unit, or for all (None)."""
    return CalendarRow.objects.in_force(at).filter(kind=kind, unit=unit).order_by("-from_at").first()


def units() -> QuerySet[Unit]:
    """Every unit, by name."""
    return Unit.objects.order_by("name")


def unit_or_absent(public_id: str) -> Unit:
    """The unit; raises NotFound, also for what is no id."""
    try:
        unit = Unit.objects.filter(public_id=UUID(public_id)).first()
    except ValueError:
        unit = None
    if unit is None:
        raise NotFound(_("There is no such unit."))
    return unit
