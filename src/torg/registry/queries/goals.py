"""Goals with what has been measured of them, and where each stands (strategy A5)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import cast

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, QuerySet, TextField
from django.db.models.functions import Cast, JSONObject
from django.utils.module_loading import import_string

from torg.core.actors import Actor
from torg.records.days import day_of, midnight
from torg.records.wording import channel_name
from torg.registry.definitions import OURS, Definition, definition_of
from torg.registry.models import FigureTold, Measurement, Presence, PresenceGoal
from torg.registry.types import CountSource, Series

# As many as one line of a small chart can tell apart.
MOST_IN_CHART = 24


class Standing(StrEnum):
    """Where a goal stands. One that nobody measures is no goal yet, and is shown as such.

    REDEFINED is a goal whose figure is counted otherwise since it was set: what is counted now says nothing of it.
    """

    NOT_MEASURED = "NOT_MEASURED"
    REDEFINED = "REDEFINED"
    REACHED = "REACHED"
    ON_ITS_WAY = "ON_ITS_WAY"
    MISSED = "MISSED"


@dataclass(frozen=True, slots=True)
class Reading:
    """One value of a goal, for which day, and where it comes from."""

    value: Decimal
    measured_on: date
    source: str


@dataclass(frozen=True, slots=True)
class GoalView:
    """A goal, its values in order of the days they hold for, and where it stands.

    `definition` says what its source counts, `counted_since` from which day it is counted so; both None where the
    values are typed in. Values that were counted otherwise are not among `measured`, nor are those that a source
    counted after the day by which the goal was to be reached.
    """

    goal: PresenceGoal
    measured: Sequence[Reading]
    standing: Standing
    definition: Definition | None = None
    counted_since: date | None = None

    @property
    def unit(self) -> str:
        """In what the figure is told."""
        return str(self.definition.unit) if self.definition else self.goal.unit_of_measure

    @property
    def told_by(self) -> str:
        """Who counts the figure; empty where it is typed in."""
        return _teller(self.goal.platform)

    @property
    def latest(self) -> Reading | None:
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
    return _views(rows.select_related("presence").order_by("presence__name", "by_on", "id"), at=at)


def goals_of(presence: Presence, *, at: datetime) -> list[GoalView]:
    """The goals of a presence, the running ones first."""
    return _views(PresenceGoal.objects.filter(presence=presence).order_by("ended_at", "by_on", "id"), at=at)


def standing_of(*, target: Decimal, is_lower_better: bool, by_on: date, value: Decimal | None, today: date) -> Standing:
    """Where a goal stands on the day `today`, by the value measured last."""
    if value is None:
        return Standing.NOT_MEASURED
    if value <= target if is_lower_better else value >= target:
        return Standing.REACHED
    return Standing.MISSED if by_on < today else Standing.ON_ITS_WAY


Key = tuple[object, str, str]


def _views(goals: QuerySet[PresenceGoal], *, at: datetime) -> list[GoalView]:
    typed = Measurement.objects.filter(goal=OuterRef("pk")).order_by("measured_on", "id")
    told = JSONObject(value=Cast("value", TextField()), on=F("measured_on"), source=F("source"))
    rows = list(goals.annotate(typed=ArraySubquery(typed.values(row=told))))
    series = {**_told(rows), **_counted(rows, at=at)}
    return [_view(goal, series.get(goal.pk, Series(())), at=at) for goal in rows]


def _told(goals: Sequence[PresenceGoal]) -> Mapping[int, Series]:
    """What platforms have told for these goals, only what they count as they do now; one statement, or none."""
    wanted = {goal.pk: _key(goal) for goal in goals if goal.platform not in ("", OURS)}
    found: dict[Key, list[tuple[date, Decimal]]] = {key: [] for key in wanted.values()}
    rows = FigureTold.objects.filter(scope_id__in={key[0] for key in found}, code__in={key[2] for key in found})
    told = rows.order_by("told_on").values_list("scope_id", "platform", "code", "told_on", "value")
    for *named, told_on, value in told if wanted else ():
        key = (named[0], named[1], named[2])
        since = _defined_on(key)
        if key in found and (since is None or since <= told_on):
            found[key].append((told_on, Decimal(value)))
    return {pk: Series(found[key], _defined_on(key)) for pk, key in wanted.items()}


def _key(goal: PresenceGoal) -> Key:
    return goal.scope_id, goal.platform, goal.code


def _defined_on(key: Key) -> date | None:
    definition = definition_of(key[1], key[2])
    return definition.defined_on if definition else None


def _counted(goals: Sequence[PresenceGoal], *, at: datetime) -> Mapping[int, Series]:
    """What we count ourselves for these goals, each as it was when its line ended."""
    by_moment: dict[datetime, list[PresenceGoal]] = defaultdict(list)
    for goal in goals:
        if goal.platform == OURS:
            by_moment[_line_ends_at(goal, at)].append(goal)
    found: dict[int, Series] = {}
    for moment, ours in by_moment.items():
        count = cast("CountSource", import_string(settings.PRESENCE_COUNTS))
        told = count(sorted({goal.scope_id for goal in ours}), moment)
        found |= {goal.pk: told[goal.scope_id, goal.code] for goal in ours if (goal.scope_id, goal.code) in told}
    return found


def _line_ends_at(goal: PresenceGoal, at: datetime) -> datetime:
    """Now, or the end of the day by which it was to be reached, or when somebody ended it: what comes later is not
    what was promised.
    """
    ends_at = min(at, goal.ended_at) if goal.ended_at else at
    return min(ends_at, midnight(goal.by_on, days_after=1)) if goal.by_on < day_of(at) else ends_at


def _view(goal: PresenceGoal, series: Series, *, at: datetime) -> GoalView:
    if not goal.code:
        readings = [
            Reading(Decimal(row["value"]), date.fromisoformat(row["on"]), row["source"]) for row in vars(goal)["typed"]
        ]
        return GoalView(goal, readings, _standing(goal, readings, at=at))
    definition = definition_of(goal.platform, goal.code)
    until = min(goal.by_on, day_of(goal.ended_at or at))
    source = _teller(goal.platform) if goal.platform == OURS else f"{_teller(goal.platform)}: {goal.code}"
    readings = [Reading(value, on, source) for on, value in series.values if on <= until]
    is_other = definition is None or (series.counted_since is not None and series.counted_since > day_of(goal.set_at))
    standing = Standing.REDEFINED if is_other else _standing(goal, readings, at=at)
    return GoalView(goal, readings, standing, definition, series.counted_since)


def _standing(goal: PresenceGoal, readings: Sequence[Reading], *, at: datetime) -> Standing:
    return standing_of(
        target=goal.target,
        is_lower_better=goal.is_lower_better,
        by_on=goal.by_on,
        value=readings[-1].value if readings else None,
        today=day_of(at),
    )


def _teller(platform: str) -> str:
    """Who counts, as people call it."""
    return "Torg" if platform == OURS else channel_name(platform) if platform else ""
