"""Decisions to draw from, and those drawn for a second reading."""

from datetime import date, datetime, time, timedelta
from typing import cast
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from torg.core.errors import NotFound
from torg.moderation.models import Decision, SecondReading
from torg.moderation.queries.transparency import LOCAL
from torg.people.models import Person
from torg.people.types import Permission

WITH = (
    "decision__case__item__thread__connection__presence",
    "decision__case__item__author",
    "decision__agreement__proposal",
    "decision__rule_at_decision__rule",
    "read_by",
    "draw",
)


def decisions_to_draw(person: Person, *, since: date, until: date, at: datetime) -> QuerySet[Decision]:
    """Decisions of a period where `person` may judge, in one order, so that a seed draws the same again."""
    begins = datetime.combine(since, time(), LOCAL)
    ends = datetime.combine(until + timedelta(days=1), time(), LOCAL)
    rows = Decision.objects.visible_to(person, at=at, permission=Permission.JUDGE).select_related("agreement")
    return cast("QuerySet[Decision]", rows.filter(decided_at__gte=begins, decided_at__lt=ends).order_by("id"))


def readings(person: Person, *, at: datetime) -> QuerySet[SecondReading]:
    """What was drawn on the pages where `person` may judge: what waits first, then the newest."""
    rows = SecondReading.objects.visible_to(person, at=at, permission=Permission.JUDGE).select_related(*WITH)
    return cast("QuerySet[SecondReading]", rows.order_by("read_at", "-draw__drawn_at", "id"))


def reading_or_absent(reading_id: UUID, *, person: Person, at: datetime) -> SecondReading:
    """One that was drawn; raises NotFound."""
    found = readings(person, at=at).filter(public_id=reading_id).first()
    if found is None:
        raise NotFound(_("There is no such second reading here."))
    return found
