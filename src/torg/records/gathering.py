"""What gathering does with each subject: a new assessment, a changed one, or a new one after a decided one."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from torg.core.calendar import CalendarProblem
from torg.people import queries as people
from torg.people.models import CalendarKind
from torg.records import judging, ruling, titling
from torg.records.codes import AssessmentState, ChannelTreatment
from torg.records.models import Assessment, ChannelDefault
from torg.records.types import Source, SubjectFacts

# Before anybody has set hours: a week of seven days holds five working days.
DAYS_IN_WEEK, WORKING_DAYS_IN_WEEK = 7, 5
OTHERWISE = ChannelDefault(treatment=ChannelTreatment.LIKE_EMAIL, days=5)


def take_in(source: Source, subjects: Iterable[UUID], *, at: datetime) -> Mapping[str, int]:
    """Bring the assessments of these subjects into step; returns how many were opened, reopened and decided."""
    counts: Counter[str] = Counter()
    channels = {row.channel: row for row in ChannelDefault.objects.all()}
    rules = ruling.switched_on()
    for subject_id in dict.fromkeys(subjects):
        facts = source.facts(subject_id, at=at)
        if facts is None:
            continue
        assessment = _in_step(facts, channels.get(facts.channel, OTHERWISE), counts, at)
        if assessment is not None and ruling.decide(assessment, rules, at=at):
            counts["decided_by_rule"] += 1
    return +counts


def _in_step(facts: SubjectFacts, channel: ChannelDefault, counts: Counter[str], at: datetime) -> Assessment | None:
    """The open assessment of the subject, or None when the decided one still holds."""
    rows = Assessment.objects.select_for_update().filter(subject_kind=facts.subject.kind, subject_id=facts.subject.id)
    current: Assessment | None = rows.exclude(state=AssessmentState.SUPERSEDED).first()
    if current is not None and current.mark >= facts.mark and current.state_mark >= facts.state_mark:
        return current if current.state == AssessmentState.OPEN else None
    told = _told(facts, channel)
    if current is not None and current.state == AssessmentState.OPEN:
        for name, value in told.items():
            setattr(current, name, value)
        current.save(update_fields=list(told))
        counts["changed"] += 1
        return current
    if current is not None:
        current.move_to(AssessmentState.SUPERSEDED)
        current.superseded_at = at
        current.save(update_fields=["state", "superseded_at"])
    counts["opened" if current is None else "reopened"] += 1
    return Assessment.objects.create(
        subject_kind=facts.subject.kind,
        subject_id=facts.subject.id,
        scope_id=facts.scope_id,
        channel=facts.channel,
        opened_at=at,
        due_at=_due(channel.days, at),
        **told,
    )


def _told(facts: SubjectFacts, channel: ChannelDefault) -> dict[str, object]:
    treatment = ChannelTreatment(channel.treatment)
    return {
        "mark": facts.mark,
        "state_mark": facts.state_mark,
        "title": titling.fitted(facts.title)[:100],
        "facts": sorted(facts.codes),
        "answers": [question.value for question in judging.suggested_answers(facts.codes, treatment)],
        "suggested": judging.suggestion(facts.codes, treatment),
    }


def _due(working_days: int, at: datetime) -> datetime:
    try:
        calendar = people.calendar_in_force(CalendarKind.ANSWERING, unit=None, at=at)
        return calendar.add_working_days(at, working_days)
    except CalendarProblem:
        weeks, rest = divmod(working_days, WORKING_DAYS_IN_WEEK)
        return at + timedelta(days=weeks * DAYS_IN_WEEK + rest)
