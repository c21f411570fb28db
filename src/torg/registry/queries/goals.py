"""Goals with what has been measured of them, and where each stands (strategy A5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from django.db.models import Prefetch, QuerySet

from torg.core.actors import Actor
from torg.records.days import day_of
from torg.registry.models import Measurement, Presence, PresenceGoal

# As many as one line of a small chart can tell apart.
MOST_IN_CHART = 24


class Standing(StrEnum):
    """Where a goal stands. One that nobody measures is no goal yet, and is shown as such."""

    NOT_MEASURED = "NOT_MEASURED"
    REACHED = "REACHED"
    ON_ITS_WAY = "ON_ITS_WAY"
    MISSED = "MISSED"


@dataclass(frozen=True, slots=True)
class GoalView:
    """A goal, its values in order of the days they hold for, and where it stands."""

    goal: PresenceGoal
    measured: Sequence[Measurement]
    standing: Standing

    @property
    def latest(self) -> Measurement | None:
        """The value that holds now."""
        return self.measured[-1] if self.measured else None

    @property
    def change(self) -> Decimal | None:
        """From the value before to the one that holds now: the trend in one figure."""
        return self.measured[-1].value - self.measured[-2].value if len(self.measured) > 1 else None

    @property
    def points(self) -> str:
        """The last values as points of a line in a box of 100 by 30, the target within it."""
        shown = [float(row.value) for row in self.measured[-MOST_IN_CHART:]]
        if len(shown) < 2:
            return ""
        top = max([*shown, float(self.goal.target)]) or 1.0
        step = 100 / (len(shown) - 1)
        return " ".join(f"{index * step:.1f},{30 - 30 * value / top:.1f}" for index, value in enumerate(shown))

    @property
    def target_height(self) -> str:
        """Where the target lies in that box, counted from above."""
        top = max([*(float(row.value) for row in self.measured[-MOST_IN_CHART:]), float(self.goal.target)]) or 1.0
        return f"{30 - 30 * float(self.goal.target) / top:.1f}"


def goals_for(actor: Actor, *, at: datetime) -> list[GoalView]:
    """The running goals of all presences that `actor` sees and that run, by presence."""
    rows = PresenceGoal.objects.visible_to(actor, at=at).filter(ended_at=None, presence__closed_at=None)
    ordered = _with_values(rows.select_related("presence").order_by("presence__name", "by_on", "id"))
    today = day_of(at)
    return [_view(goal, today) for goal in ordered]


def goals_of(presence: Presence, *, at: datetime) -> list[GoalView]:
    """The goals of a presence, the running ones first."""
    goals = _with_values(PresenceGoal.objects.filter(presence=presence))
    today = day_of(at)
    return [_view(goal, today) for goal in goals.order_by("ended_at", "by_on", "id")]


def standing_of(*, target: Decimal, is_lower_better: bool, by_on: date, value: Decimal | None, today: date) -> Standing:
    """Where a goal stands on the day `today`, by the value measured last."""
    if value is None:
        return Standing.NOT_MEASURED
    if value <= target if is_lower_better else value >= target:
        return Standing.REACHED
    return Standing.MISSED if by_on < today else Standing.ON_ITS_WAY


def _with_values(goals: QuerySet[PresenceGoal]) -> QuerySet[PresenceGoal]:
    values = Prefetch("measurements", queryset=Measurement.objects.order_by("measured_on", "id"))
    return goals.prefetch_related(values)


def _view(goal: PresenceGoal, today: date) -> GoalView:
    rows = list(goal.measurements.all())
    standing = standing_of(
        target=goal.target,
        is_lower_better=goal.is_lower_better,
        by_on=goal.by_on,
        value=rows[-1].value if rows else None,
        today=today,
    )
    return GoalView(goal, rows, standing)
