"""Who can do what on which platform and here, what must end when somebody leaves, and access in emergencies."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from uuid import UUID

from django.db.models import Case, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery, When
from django.utils.translation import gettext as _

from torg.core.errors import NotFound
from torg.oversight.models import AccessTask, EmergencyAccess, GroupMember
from torg.oversight.queries.differences import Difference, judged_accesses, judged_administrations, ordered
from torg.oversight.types import EmergencyState, TaskKind
from torg.people import queries as people
from torg.people.models import Person, RoleAssignment
from torg.people.types import Permission
from torg.registry.models import AccessReading, PlatformAccess, Presence

RUNNING = (EmergencyState.ASKED, EmergencyState.GRANTED)
# What whoever ends an access of somebody who has left must have.
NEEDED_TO_END = {
    TaskKind.PLATFORM: Permission.MANAGE_PRESENCE,
    TaskKind.GROUP: Permission.HANDLE,
    TaskKind.ROLE: Permission.MANAGE_PEOPLE,
    TaskKind.LOGIN: Permission.MANAGE_PEOPLE,
}


@dataclass(frozen=True)
class Overview:
    """Who has access to each page, on the platform and here; roles for all pages stand by themselves."""

    presences: QuerySet[Presence]
    everywhere: QuerySet[RoleAssignment]
    tasks: QuerySet[AccessTask]

    @cached_property
    def differences(self) -> list[Difference]:
        """Where the platforms tell otherwise than the register."""
        pages = [vars(presence) for presence in self.presences]
        accesses = [row for page in pages for row in page["told"]]
        return ordered(accesses, [row for page in pages for row in page["running"]])


def overview(person: Person, *, at: datetime) -> Overview:
    """The access to what `person` may read the log of."""
    scopes = people.scopes_for(person, Permission.READ_AUDIT, at=at)
    emergency = EmergencyAccess.objects.filter(assignment=OuterRef("pk"))
    in_force = RoleAssignment.objects.in_force(at).annotate(is_emergency=Exists(emergency))
    roles = in_force.select_related("person").order_by("role", "person__name")
    members = GroupMember.objects.filter(ended_at=None).select_related("employee").order_by("employee__name", "told_as")
    managed = people.scopes_for(person, Permission.MANAGE_PRESENCE, at=at).filter(pk=OuterRef("scope"))
    readings = AccessReading.objects.filter(presence=OuterRef("pk")).order_by("platform")
    presences = Presence.objects.filter(scope__in=scopes, closed_at=None).select_related("unit", "scope")
    return Overview(
        presences=presences.annotate(
            is_managed=Exists(managed),
            read_at=Subquery(readings.values("read_at")[:1]),
            is_read_whole=Subquery(readings.values("is_whole")[:1]),
        )
        .prefetch_related(
            Prefetch("administrations", judged_administrations(at), to_attr="running"),
            Prefetch("scope__roles", roles, to_attr="held"),
            Prefetch("members", members, to_attr="inside"),
            Prefetch("platform_accesses", judged_accesses(at), to_attr="told"),
        )
        .order_by("name", "id"),
        everywhere=roles.filter(scope=None),
        tasks=tasks(person, at=at).filter(done_at=None).annotate(can_end=_ends(person, at)),
    )


def tasks(person: Person, *, at: datetime) -> QuerySet[AccessTask]:
    """Accesses that must end, as far as `person` may end them or know of them."""
    scopes = people.scopes_for(person, Permission.READ_AUDIT, at=at).values("id")
    here = Q(scope_id__in=scopes) | _of_all(person, Permission.READ_AUDIT, at)
    rows: QuerySet[AccessTask] = AccessTask.objects.filter(here)
    return rows.select_related(
        "person",
        "administration__person",
        "administration__presence__scope",
        "member__employee",
        "member__presence",
        "assignment__person",
        "assignment__scope",
        "done_by",
    ).order_by("done_at", "made_at", "pk")


def _ends(person: Person, at: datetime) -> Case:
    """Whether `person` may end the access of a task."""
    may = Q()
    for kind, permission in NEEDED_TO_END.items():
        scopes = people.scopes_for(person, permission, at=at).values("id")
        may |= Q(kind=kind) & (Q(scope_id__in=scopes) | _of_all(person, permission, at))
    return Case(When(may, then=True), default=False)


def task_or_absent(person: Person, public_id: UUID, *, at: datetime) -> AccessTask:
    """The task, locked; raises NotFound outside what `person` may know of."""
    found = tasks(person, at=at).select_for_update(of=("self",)).filter(public_id=public_id).first()
    if found is None:
        raise NotFound(_("There is nothing like that here."))
    return found


def emergencies(person: Person, *, at: datetime) -> QuerySet[EmergencyAccess]:
    """Emergency accesses: one's own, and those where one may read the log or answer for others."""
    here = Q(person=person)
    for permission in (Permission.READ_AUDIT, Permission.JUDGE):
        here |= Q(scope_id__in=people.scopes_for(person, permission, at=at).values("id"))
        here |= _of_all(person, permission, at)
    rows = EmergencyAccess.objects.filter(here)
    return rows.select_related("person", "presence__scope", "answered_by", "assignment").order_by("-asked_at")


def emergencies_running(person: Person) -> QuerySet[EmergencyAccess]:
    """What a person has asked for or has now."""
    rows: QuerySet[EmergencyAccess] = EmergencyAccess.objects.filter(person=person, state__in=RUNNING)
    return rows


def emergency_or_absent(person: Person, public_id: UUID, *, at: datetime, lock: bool = False) -> EmergencyAccess:
    """The emergency access; raises NotFound outside what `person` may know of."""
    rows = emergencies(person, at=at)
    found = (rows.select_for_update(of=("self",)) if lock else rows).filter(public_id=public_id).first()
    if found is None:
        raise NotFound(_("There is nothing like that here."))
    return found


def _of_all(person: Person, permission: Permission, at: datetime) -> Q:
    """What concerns the whole municipality, for those who have the permission for all of it."""
    return Q(people.gives_everywhere(person, permission, at=at), scope_id=None)


def platform_access_or_absent(person: Person, public_id: UUID, *, at: datetime) -> PlatformAccess:
    """What a platform tells of somebody's access; raises NotFound outside what `person` may read the log of."""
    scopes = people.scopes_for(person, Permission.READ_AUDIT, at=at).values("id")
    rows = PlatformAccess.objects.filter(scope_id__in=scopes).select_related("presence", "person")
    found: PlatformAccess | None = rows.filter(public_id=public_id).first()
    if found is None:
        raise NotFound(_("There is nothing like that here."))
    return found
