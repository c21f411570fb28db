"""The figures of the strategy that oversight answers for."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from torg.channels.models import BY_HAND, Connection
from torg.core.actors import Actor
from torg.insight.queries import LATELY, Rows
from torg.oversight import queries as oversight
from torg.oversight.models import DutyAlarm, GroupMember, WatchRound
from torg.oversight.types import AlarmStep, DutyCode
from torg.people import queries as people
from torg.people.models import Person, RoleAssignment, StandIn
from torg.people.types import Permission, Role
from torg.records.days import day_of
from torg.registry.models import (
    TAKEN_FOR,
    WITHOUT_API,
    AccessReading,
    Administration,
    PlatformAccess,
    Presence,
    PresenceKind,
)


def watch_rounds(by: Actor, at: datetime) -> Rows:
    """Rounds that were finished lately."""
    rounds = WatchRound.objects.visible_to(by, at=at)
    return Rows(rounds.filter(finished_at__gt=at - LATELY, finished_at__lte=at))


def breaches_explained(by: Actor, at: datetime) -> Rows:
    """Notices of duties of late, and those of them that were mended or explained."""
    alarms = DutyAlarm.objects.visible_to(by, at=at).filter(raised_at__gt=at - LATELY, raised_at__lte=at)
    return Rows(alarms.exclude(settled_at=None), alarms)


def pages_posting(by: Actor, at: datetime) -> Rows:
    """Open local pages whose posts reach us, and those of them that lately kept the duty to post."""
    pages = Presence.objects.visible_to(by, at=at).filter(closed_at=None, kind=PresenceKind.LOCAL_PAGE)
    seen = pages.filter(Exists(Connection.objects.filter(presence=OuterRef("pk")).exclude(platform=BY_HAND)))
    late = DutyAlarm.objects.filter(duty=DutyCode.POSTS, step=AlarmStep.BREACH, raised_at__gt=at - LATELY)
    return Rows(seen.exclude(pk__in=late.values("presence")), seen)


def roles_held(by: Actor, at: datetime) -> Rows:
    """Roles in force on the pages that one sees, and those of them that hold for all."""
    scopes = people.scopes_for(by, Permission.READ, at=at)
    roles = RoleAssignment.objects.in_force(at).filter(Q(scope=None) | Q(scope_id__in=scopes.values("pk")))
    return Rows(roles.filter(scope=None), roles)


def officer_access(by: Actor, at: datetime) -> Rows:
    """Open pages with an officer, deputy or stand-in among their administrators."""
    pages = Presence.objects.visible_to(by, at=at).filter(closed_at=None).exclude(kind__in=WITHOUT_API)
    return Rows(pages.filter(Q(pk__in=_administered(at))), pages)


def groups_with_officer(by: Actor, at: datetime) -> Rows:
    """Open groups with an officer, deputy or stand-in among their members."""
    groups = Presence.objects.visible_to(by, at=at).filter(closed_at=None, kind__in=WITHOUT_API)
    addresses = _officers(at).values("email")
    members = GroupMember.objects.filter(ended_at=None, employee__email__in=addresses)
    return Rows(groups.filter(Q(pk__in=_administered(at)) | Q(pk__in=members.values("presence"))), groups)


def group_members(by: Actor, at: datetime) -> Rows:
    """Members of groups, and those of them whose employment has not ended."""
    members = GroupMember.objects.visible_to(by, at=at).filter(ended_at=None)
    works = Q(employee__isnull=False) & (Q(employee__left_on=None) | Q(employee__left_on__gt=day_of(at)))
    return Rows(members.filter(works), members)


def accesses_agreeing(by: Actor, at: datetime) -> Rows:
    """Accesses that platforms tell of, and those of them that are known and registered."""
    running = Presence.objects.visible_to(by, at=at).filter(closed_at=None)
    told = oversight.judged_accesses(at).filter(presence__in=running)
    return Rows(told.filter(difference=""), told)


def _administered(at: datetime) -> QuerySet[Presence, int]:
    """By what the platform tells where it tells all; by what is registered elsewhere. As the duty is measured."""
    officers = _officers(at)
    read = AccessReading.objects.filter(
        presence=OuterRef("pk"), whole_since_at__lte=at, whole_until_at__gt=at - TAKEN_FOR
    )
    told = PlatformAccess.objects.filter(presence=OuterRef("pk"), person__in=officers, ended_at=None)
    registered = Administration.objects.filter(presence=OuterRef("pk"), person__in=officers, ended_at=None)
    held = Q(Exists(told.exclude(may_manage=False))) | Q(~Exists(read), Exists(registered))
    return Presence.objects.filter(held).values_list("pk", flat=True)


def _officers(at: datetime) -> QuerySet[Person]:
    """Those who hold the office, and those who stand in for them."""
    roles = RoleAssignment.objects.in_force(at).filter(role__in=(Role.OFFICER, Role.DEPUTY)).values("person")
    standing_in = StandIn.objects.in_force(at).filter(absent__in=roles).values("stand_in")
    return Person.objects.filter(Q(pk__in=roles) | Q(pk__in=standing_in), left_at=None)
