"""Whole weeks as people choose them for a holiday: week 28, 6–12 July."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

# A year ahead, and some for those who plan early.
AHEAD = 60


@dataclass(frozen=True, slots=True)
class Week:
    """A week by the ISO calendar, Monday first; `key` is such as `2026-W28`."""

    monday: date

    @property
    def key(self) -> str:
        year, number, _day = self.monday.isocalendar()
        return f"{year}-W{number:02d}"

    def __str__(self) -> str:
        sunday = self.monday + timedelta(days=6)
        days = f"{date_format(self.monday, 'j. F')} – {date_format(sunday, 'j. F Y')}"
        return _("Week %(number)d, %(days)s") % {"number": self.monday.isocalendar().week, "days": days}


def ahead(at: datetime) -> list[Week]:
    """This week and those that follow."""
    today = timezone.localtime(at).date()
    monday = today - timedelta(days=today.weekday())
    return [Week(monday + timedelta(weeks=number)) for number in range(AHEAD)]


def begins_at(key: str) -> datetime:
    """Midnight before the Monday of the week."""
    return _midnight(_monday(key))


def ends_at(key: str) -> datetime:
    """Midnight after the Sunday of the week."""
    return _midnight(_monday(key) + timedelta(weeks=1))


def _monday(key: str) -> date:
    year, number = key.split("-W")
    return date.fromisocalendar(int(year), int(number), 1)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
