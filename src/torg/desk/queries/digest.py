"""The week behind us for leaders, by unit: the page and the letter show the same. Never per person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from torg.guidance import queries as guidance
from torg.guidance.models import AdviceQuestion
from torg.inbox.models import Clock, Enquiry
from torg.inbox.types import EnquiryState, Outcome
from torg.people import grouping
from torg.people import queries as people
from torg.people.grouping import UnitFigures
from torg.people.models import Person, Unit
from torg.people.types import Permission


@dataclass(frozen=True, slots=True)
class Week:
    """A week from Monday to Sunday; `period` names it, such as `2026-W28`."""

    first: date

    @property
    def last(self) -> date:
        return self.first + timedelta(days=6)

    @property
    def number(self) -> int:
        return self.first.isocalendar().week

    @property
    def period(self) -> str:
        return f"{self.first.isocalendar().year}-W{self.number:02d}"


@dataclass(frozen=True, slots=True)
class Digest:
    """One week. `units` count what was asked, answered in time, answered late or late still, and what is open now;
    `learning` who has confirmed the poster and completed a course this year.
    """

    week: Week
    units: Sequence[UnitFigures]
    learning: Sequence[UnitFigures]
    advice_asked: int


def last_week(*, at: datetime) -> Week:
    """The last week that is over."""
    today = timezone.localtime(at).date()
    return Week(today - timedelta(days=today.weekday() + 7))


def digest(person: Person, *, at: datetime) -> Digest:
    """The last week that is over, on the pages that `person` sees; five questions to the database."""
    week = last_week(at=at)
    begins, ends = _midnight(week.first), _midnight(week.first + timedelta(days=7))
    return Digest(
        week=week,
        units=_by_unit(person, begins, ends, at=at),
        learning=guidance.figures(at=at),
        advice_asked=AdviceQuestion.objects.filter(asked_at__gte=begins, asked_at__lt=ends).count(),
    )


def _by_unit(person: Person, begins: datetime, ends: datetime, *, at: datetime) -> Sequence[UnitFigures]:
    scopes = people.scopes_for(person, Permission.READ, at=at).values("id")
    late = Q(outcome=Outcome.MISSED) | Q(outcome=Outcome.RUNNING, due_at__lt=at)
    clocks = Clock.objects.filter(scope_id__in=scopes, started_at__gte=begins, started_at__lt=ends)
    counted = clocks.exclude(outcome__in=(Outcome.WITHDRAWN, Outcome.DROPPED)).values("unit_id")
    waited: dict[int | None, tuple[int, int, int]] = {
        row["unit_id"]: (row["asked"], row["in_time"], row["late"])
        for row in counted.annotate(
            asked=Count("id"), in_time=Count("id", filter=Q(outcome=Outcome.MET)), late=Count("id", filter=late)
        )
    }
    is_open = Enquiry.objects.visible_to(person, at=at).exclude(state=EnquiryState.CLOSED).values("unit_id")
    left: dict[int | None, int] = {row["unit_id"]: row["open"] for row in is_open.annotate(open=Count("id"))}
    staff = Count("people", filter=Q(people__left_at=None))
    units: list[tuple[int | None, str, int]] = list(
        Unit.objects.annotate(staff=staff).values_list("pk", "name", "staff")
    )
    nothing = (0, 0, 0)
    # What belongs to no unit is nobody's in particular, so that it can stand alone.
    *rows, nobodys = [
        UnitFigures(name, size, (*waited.get(key, nothing), left.get(key, 0)))
        for key, name, size in [*units, (None, _("No unit yet"), 0)]
    ]
    told = grouping.by_unit(rows, least=guidance.routine_at(at).least_people)
    return [*told, nobodys] if any(nobodys.counts) else told


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time()))
