"""Watch rounds, and which pages nobody has looked in on."""

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from torg.core.actors import Actor
from torg.core.errors import NotFound
from torg.oversight.models import DutyAlarm, WatchRound
from torg.oversight.types import AlarmStep, DutyCode
from torg.people.models import Person
from torg.people.types import Permission


def not_looked_at(person: Person, *, at: datetime) -> QuerySet[DutyAlarm]:
    """Notices that a page must be looked in on, where `person` works; the oldest first.

    Each tells whether it `is_late` already, and when somebody `looked_at` the page last.
    """
    working = DutyAlarm.objects.visible_to(person, at=at, permission=Permission.HANDLE)
    standing = working.filter(duty=DutyCode.ROUNDS, settled_at=None, presence__closed_at=None)
    # One line a page: the notice of the breach stands beside the reminder, and the leader's beside both.
    first = standing.order_by("presence", "raised_at").distinct("presence").values("pk")
    late = standing.filter(presence=OuterRef("presence")).exclude(step=AlarmStep.REMINDER)
    looks = WatchRound.objects.filter(presence=OuterRef("presence"), finished_at__lte=at).order_by("-finished_at")
    rows = DutyAlarm.objects.filter(pk__in=first).annotate(
        is_late=Exists(late), looked_at=Subquery(looks.values("finished_at")[:1])
    )
    found: QuerySet[DutyAlarm] = rows.select_related("presence").order_by("raised_at", "presence__name")
    return found


def rounds(actor: Actor, *, at: datetime) -> QuerySet[WatchRound]:
    """Rounds on the pages that `actor` sees, those that run first, then the newest."""
    rows: QuerySet[WatchRound] = WatchRound.objects.visible_to(actor, at=at)
    return rows.select_related("presence", "by").order_by("-finished_at", "-started_at")


def running_rounds(person: Person, *, at: datetime) -> QuerySet[WatchRound]:
    """The rounds that `person` has begun and not finished."""
    rows: QuerySet[WatchRound] = WatchRound.objects.visible_to(person, at=at).filter(by=person, finished_at=None)
    return rows.select_related("presence").order_by("started_at")


def alarms_standing(person: Actor, *, at: datetime) -> QuerySet[DutyAlarm]:
    """Notices of duties that are not settled, where `person` works."""
    rows: QuerySet[DutyAlarm] = DutyAlarm.objects.visible_to(person, at=at, permission=Permission.HANDLE)
    return rows.filter(settled_at=None, presence__closed_at=None)


def round_or_absent(actor: Actor, public_id: UUID, *, at: datetime) -> WatchRound:
    """The round; raises NotFound outside what `actor` sees."""
    found = rounds(actor, at=at).filter(public_id=public_id).first()
    if found is None:
        raise NotFound(_("There is nothing like that here."))
    return found
