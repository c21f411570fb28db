"""Goals with figures: set, measured, ended (strategy A5)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.audit import commands as audit
from torg.core.actors import Actor
from torg.core.errors import Invalid, InvalidTransition
from torg.people.acting import person_or_none
from torg.registry import checking, definitions, events, loading, policies
from torg.registry.models import FigureTold, Measurement, Presence, PresenceGoal
from torg.registry.types import Aim, FigureSource, Measured
from torg.registry.words import GoalEnd


@transaction.atomic
def set_goal(*, presence_id: UUID, aim: Aim, by: Actor, at: datetime) -> PresenceGoal:
    """Set a goal for a presence; one with a source is measured by it from the first value on.

    Raises NotFound, NotAllowed, InvalidTransition when it is closed, Invalid, also for a source that tells nothing of
    the presence.
    """
    presence = loading.managed(presence_id, by=by, at=at)
    _check_aim(aim, at)
    defined = _defined(aim.source, presence) if aim.source else None
    goal = PresenceGoal.objects.create(
        scope_id=presence.scope_id,
        presence=presence,
        measure=defined.measure if defined else aim.measure,
        wording=aim.wording.strip(),
        unit_of_measure="" if defined else aim.unit_of_measure.strip(),
        platform=aim.source.platform if aim.source else "",
        code=aim.source.code if aim.source else "",
        target=aim.target,
        is_lower_better=aim.is_lower_better,
        by_on=aim.by_on,
        set_by=person_or_none(by),
        set_at=at,
    )
    facts: dict[str, int | str] = {"measure": str(goal.measure), "is_typed_in": int(aim.source is None)}
    audit.record(events.GOAL_SET, actor=by, scope=presence.scope_id, target=goal, at=at, facts=facts)
    return goal


@transaction.atomic
def measure_goal(*, goal_id: UUID, measured: Measured, by: Actor, at: datetime) -> Measurement:
    """Record what was measured, for which day, and where it was read; an earlier value stays.

    Raises NotFound, NotAllowed for those who do not run the page, InvalidTransition when the goal has ended or is
    measured by its source, Invalid.
    """
    goal = loading.goal(goal_id, by=by, at=at)
    policies.check_can_measure(by, goal.scope_id, at=at)
    _check_runs(goal)
    if goal.code:
        raise InvalidTransition(_("This goal takes its figure from a source. Nothing is typed in."))
    _check_measured(measured, at)
    row = Measurement.objects.create(
        scope_id=goal.scope_id,
        goal=goal,
        value=measured.value,
        measured_on=measured.measured_on,
        source=measured.source.strip(),
        recorded_by=person_or_none(by),
        recorded_at=at,
    )
    audit.record(events.GOAL_MEASURED, actor=by, scope=goal.scope_id, target=goal, at=at)
    return row


@transaction.atomic
def end_goal(*, goal_id: UUID, because: GoalEnd, by: Actor, at: datetime) -> PresenceGoal:
    """End a goal; it stays with what was measured. Raises NotFound, NotAllowed, InvalidTransition when it has ended."""
    goal = loading.goal(goal_id, by=by, at=at)
    policies.check_can_manage(by, goal.presence, at=at)
    _check_runs(goal)
    goal.ended_at, goal.ended_because = at, because
    goal.save(update_fields=["ended_at", "ended_because"])
    facts = {"because": because.value}
    audit.record(events.GOAL_ENDED, actor=by, scope=goal.scope_id, target=goal, at=at, facts=facts)
    return goal


def _check_runs(goal: PresenceGoal) -> None:
    if goal.ended_at is not None:
        raise InvalidTransition(_("The goal has ended. Set a new one."))


def _check_aim(aim: Aim, at: datetime) -> None:
    if not aim.wording.strip():
        raise Invalid(_("Write what you want to reach."), field="wording")
    if aim.source is None and not aim.unit_of_measure.strip():
        raise Invalid(_("Write what the figure counts."), field="unit_of_measure")
    if aim.target < 0:
        raise Invalid(_("The figure cannot be less than zero."), field="target")
    checking.check_ahead(aim.by_on, "by_on", at)


def _defined(source: FigureSource, presence: Presence) -> definitions.Definition:
    """What the source counts; raises Invalid for what we do not know, or what no platform has told of the presence."""
    found = definitions.definition_of(source.platform, source.code)
    told = FigureTold.objects.filter(presence=presence, platform=source.platform, code=source.code)
    if found is None or not (source.platform == definitions.OURS or told.exists()):
        raise Invalid(_("No such figure is told of this page. Choose another."), field="measure")
    return found


def _check_measured(measured: Measured, at: datetime) -> None:
    if measured.value < 0:
        raise Invalid(_("The figure cannot be less than zero."), field="value")
    checking.check_passed(measured.measured_on, "measured_on", at)
    if not measured.source.strip():
        raise Invalid(_("Write where you read the figure."), field="source")
