"""Telling colleagues of duties, as each has chosen, and of emergencies at once; never what or whom it is about."""

from collections.abc import Callable, Iterable
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from torg.oversight import queries
from torg.oversight.models import AccessTask, DutyAlarm, EmergencyAccess
from torg.oversight.types import AlarmStep, DifferenceKind, DutyCode, EmergencyState
from torg.people import notifying
from torg.people import queries as people
from torg.people.models import Person, RoleAssignment, StandIn
from torg.people.types import NotificationKind, Permission, Role
from torg.registry.models import Presence

EDITORS = (Role.OFFICER, Role.DEPUTY)
# A page that nobody has looked in on is told of on the first page, and by mail only when it is too late.
QUIET = frozenset({(DutyCode.ROUNDS, AlarmStep.REMINDER)})


def tell_of_duty(alarm: DutyAlarm, *, at: datetime) -> None:
    """Note that those whom a step concerns, and who see the page, are to be told; each is told as they have chosen.

    The key holds the moment: what was mended and is broken anew is told anew.
    """
    if (alarm.duty, alarm.step) in QUIET:
        return
    kind = NotificationKind.DUTY_SOON if alarm.step == AlarmStep.REMINDER else NotificationKind.DUTY_MISSED
    path = reverse("oversight:page", args=[alarm.presence.public_id])
    key = f"{alarm.public_id} {alarm.raised_at:%Y-%m-%dT%H:%M:%S}"
    notifying.tell(_concerned(alarm, at), kind, path=path, key=key, at=at)


def tell_of_leaver(task: AccessTask, *, at: datetime) -> None:
    """Note that those who can end an access of somebody who has left are to be told."""
    roles = RoleAssignment.objects.in_force(at).filter(role__in=(*EDITORS, Role.PAGE_ADMINISTRATOR))
    reached = _present(roles.filter(Q(scope=None) | Q(scope=task.scope_id)), at)
    told = [one for one in reached if task.scope_id is None or _sees(one, task.scope_id, at)]
    path = reverse("oversight:access")
    notifying.tell(told, NotificationKind.LEAVER, path=path, key=str(task.public_id), at=at)


def tell_of_differences(*, at: datetime) -> None:
    """Note that those who answer for access are to be told where a platform tells otherwise than the register.

    Each is told once for as long as it lasts, whoever runs this and how often.
    """
    roles = RoleAssignment.objects.in_force(at).filter(role__in=EDITORS)
    path = reverse("oversight:access")
    for one in queries.differing(Presence.objects.filter(closed_at=None), at=at):
        scope_id = one.presence.scope_id
        reached = _present(roles.filter(Q(scope=None) | Q(scope=scope_id)), at)
        told = [each for each in reached if people.may(each, Permission.READ_AUDIT, scope_id=scope_id, at=at)]
        kind = NotificationKind.LEAVER if one.kind == DifferenceKind.GONE else NotificationKind.ACCESS
        notifying.tell(told, kind, path=path, key=one.key, at=at)


def tell_of_emergency(access: EmergencyAccess, *, at: datetime) -> int:
    """Write to everybody who answers for others, and to whoever asked; returns how many."""
    roles = RoleAssignment.objects.in_force(at).filter(role__in=(*EDITORS, Role.LEADER))
    here = roles.filter(Q(scope=None) | Q(scope=access.scope_id))
    told = _present(here, at).filter(~Q(pk=access.person_id))
    seeing = [one for one in told if access.scope_id is None or _sees(one, access.scope_id, at)]
    text = _asked if access.state == EmergencyState.ASKED else _granted
    return _write_to([*seeing, access.person], text, reverse("oversight:emergencies"))


def _concerned(alarm: DutyAlarm, at: datetime) -> list[Person]:
    """A reminder goes to those who run the page; a breach to the officers too; the third step to leaders as well."""
    running = Q(scope=alarm.scope_id, role=Role.PAGE_ADMINISTRATOR)
    if alarm.step != AlarmStep.REMINDER or not RoleAssignment.objects.in_force(at).filter(running).exists():
        running |= Q(role__in=EDITORS)
    if alarm.step == AlarmStep.ESCALATION:
        running |= Q(role=Role.LEADER)
    roles = RoleAssignment.objects.in_force(at).filter(running).filter(Q(scope=None) | Q(scope=alarm.scope_id))
    reached = _present(roles, at)
    return [one for one in reached if _sees(one, alarm.scope_id, at)]


def _present(roles: Iterable[RoleAssignment], at: datetime) -> QuerySet[Person]:
    """Those who have the roles and are not away, and those who stand in for the rest."""
    holders = {role.person_id for role in roles}
    away = dict(StandIn.objects.in_force(at).filter(absent__in=holders).values_list("absent", "stand_in"))
    keys = (holders - away.keys()) | {stand_in for absent, stand_in in away.items()}
    return Person.objects.filter(pk__in=keys, left_at=None).order_by("pk")


def _sees(person: Person, scope_id: UUID, at: datetime) -> bool:
    return people.may(person, Permission.READ, scope_id=scope_id, at=at)


def _asked() -> tuple[str, str]:
    return (
        _("Somebody asks for emergency access"),
        _("A colleague asks for access that they do not have otherwise. Agree or refuse here, or look into it:"),
    )


def _granted() -> tuple[str, str]:
    return (
        _("Somebody has got emergency access"),
        _("It ends by itself. If this surprises you, look at it at once and end it:"),
    )


def _write_to(told: Iterable[Person], text: Callable[[], tuple[str, str]], path: str) -> int:
    count = 0
    for colleague in told:
        with translation.override(colleague.language):
            subject, words = text()
            body = f"{words}\n\n{settings.PUBLIC_ADDRESS.rstrip('/')}{path}\n"
            EmailMessage(subject=subject, body=body, to=[colleague.email]).send()
        count += 1
    return count
