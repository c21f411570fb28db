"""Watching over duties: notices before and after a breach, and what people say of a breach."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.audit import commands as audit
from torg.core.actors import Rule
from torg.core.errors import Invalid, InvalidTransition
from torg.oversight import advising, events, letters, policies, queries
from torg.oversight.measuring import Measure
from torg.oversight.models import BreachNote, DutyAlarm
from torg.oversight.types import WATCH, AlarmStep, DutyCode
from torg.people.models import Person
from torg.registry import queries as registry
from torg.registry.models import Presence

# The running week, and the one before it for what is known only when a week is over.
WATCHED_WEEKS = 2
KNOWN_AFTERWARDS = frozenset({DutyCode.POSTS, DutyCode.ANSWERS})


@dataclass(frozen=True, slots=True)
class Notice:
    """That a step is due for a duty in a week."""

    presence: Presence
    duty: DutyCode
    week_on: date
    step: AlarmStep

    @property
    def key(self) -> tuple[int, str, date, str]:
        """What tells it from others."""
        return self.presence.pk, self.duty, self.week_on, self.step


@transaction.atomic
def watch_duties(*, at: datetime, by: Rule = WATCH) -> int:
    """Give notice of duties that are soon or already too late, and settle notices of what is mended.

    It can run as often as one likes: each step of a week is told once, and again only when it was mended and broken
    anew. Returns how many notices were given.
    """
    due = {notice.key: notice for notice in _due(at)}
    told = {(row.presence_id, row.duty, row.week_on, row.step): row for row in _told(at)}
    count = 0
    for key, row in told.items():
        if row.settled_at is None and key not in due:
            row.settled_at = at
            row.save(update_fields=["settled_at"])
            audit.record(events.ALARM_SETTLED, actor=by, scope=row.scope_id, target=row, at=at)
    for key, notice in due.items():
        if key in told and told[key].settled_at is None:
            continue
        alarm = _raised(told.get(key), notice, at)
        facts = {"duty": notice.duty.value, "step": notice.step.value}
        audit.record(events.ALARM_RAISED, actor=by, scope=alarm.scope_id, target=alarm, at=at, facts=facts)
        letters.tell_of_duty(alarm, at=at)
        count += 1
    return count


@transaction.atomic
def explain_breach(
    *, presence_id: UUID, duty: DutyCode, week_on: date, text: str, by: Person, at: datetime
) -> BreachNote:
    """Say why a duty was not kept in a week and what is done about it; its notices are settled.

    Raises NotFound outside what `by` sees, NotAllowed for one who does not work on the page, Invalid without a text or
    for a week in which the duty was kept, InvalidTransition when it is explained already.
    """
    presence = registry.presence_or_absent(by, presence_id, at=at, lock=True)
    policies.check_can_look(by, presence.scope_id, at=at)
    if not text.strip():
        raise Invalid(_("Write why, and what you do about it."), field="text")
    if not queries.was_breached(presence, duty, week_on, at=at):
        raise Invalid(_("The duty was kept that week, or was not measured."))
    where = {"presence": presence, "duty": duty, "week_on": week_on}
    if BreachNote.objects.filter(**where).exists():
        raise InvalidTransition(_("Somebody has explained this already."))
    note = BreachNote.objects.create(**where, scope_id=presence.scope_id, text=text.strip(), noted_by=by, noted_at=at)
    DutyAlarm.objects.filter(**where, settled_at=None).update(settled_at=at)
    facts = {"duty": duty.value}
    audit.record(events.BREACH_EXPLAINED, actor=by, scope=presence.scope_id, target=note, at=at, facts=facts)
    return note


def _due(at: datetime) -> Iterator[Notice]:
    """Every step that is due now, of duties that nobody has explained."""
    standings = queries.standings(Presence.objects.filter(closed_at=None), at=at)
    explained = set(BreachNote.objects.values_list("presence", "duty", "week_on"))
    for standing in standings:
        for week in standing.weeks[:WATCHED_WEEKS]:
            for duty, rule in week.rules.items():
                is_past = week is not standing.weeks[0] and duty not in KNOWN_AFTERWARDS
                if is_past or (standing.presence.pk, duty.value, week.week.monday) in explained:
                    continue
                past: list[Measure] = [one.measures[duty] for one in standing.weeks if duty in one.measures]
                for step in advising.steps(week.measures[duty], past, limit=rule.escalate_after, at=at):
                    yield Notice(standing.presence, duty, week.week.monday, step)


def _told(at: datetime) -> list[DutyAlarm]:
    recently = at.date() - timedelta(weeks=WATCHED_WEEKS + 1)
    rows = DutyAlarm.objects.select_for_update()
    return list(rows.filter(week_on__gte=recently)) + list(rows.filter(week_on__lt=recently, settled_at=None))


def _raised(alarm: DutyAlarm | None, notice: Notice, at: datetime) -> DutyAlarm:
    if alarm is None:
        return DutyAlarm.objects.create(
            scope_id=notice.presence.scope_id,
            presence=notice.presence,
            duty=notice.duty,
            week_on=notice.week_on,
            step=notice.step,
            raised_at=at,
        )
    # Mended, and broken again in the same week.
    alarm.raised_at, alarm.settled_at = at, None
    alarm.save(update_fields=["raised_at", "settled_at"])
    return alarm
