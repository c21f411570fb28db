"""The staff's own log, situation reports, and what is learnt. Nothing of it is ever changed."""

from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from torg.core.errors import Invalid
from torg.crisis import audit, events, journaling, loading, policies, queries, recording
from torg.crisis.models import Lesson, LogEntry, SituationReport
from torg.crisis.types import Situation
from torg.people.models import Person


@transaction.atomic
def write_log(*, incident_id: UUID, text: str, by: Person, at: datetime) -> LogEntry:
    """Write a line in the log (loggføre). Raises NotFound, NotAllowed, Invalid without words."""
    incident = loading.incident_for_change(incident_id, by=by, at=at)
    policies.check_takes_part(by, incident, at=at)
    if not text.strip():
        raise Invalid(_("Write what has happened."), field="text")
    line = LogEntry.objects.create(incident=incident, text=text.strip(), written_by=by, written_at=at)
    audit.record(events.LOGGED, incident, by=by, at=at, line=str(line.public_id))
    return line


@transaction.atomic
def write_report(*, incident_id: UUID, situation: Situation, by: Person, at: datetime) -> SituationReport:
    """Write a situation report (situasjonsrapport), numbered. Raises NotFound, NotAllowed, Invalid without words."""
    incident = loading.incident_for_change(incident_id, by=by, at=at)
    policies.check_takes_part(by, incident, at=at)
    if not situation.known.strip():
        raise Invalid(_("Write what is known now."), field="known")
    newest = incident.reports.aggregate(newest=Max("number"))["newest"] or 0
    report = SituationReport.objects.create(
        incident=incident,
        number=newest + 1,
        known=situation.known.strip(),
        done=situation.done.strip(),
        coming=situation.coming.strip(),
        needed=situation.needed.strip(),
        written_by=by,
        written_at=at,
    )
    audit.record(events.REPORTED, incident, by=by, at=at, number=report.number)
    return report


@transaction.atomic
def write_lesson(*, incident_id: UUID, went_well: str, to_improve: str, by: Person, at: datetime) -> Lesson:
    """Write down what was learnt (evaluering), journaled once it is closed. Raises NotFound, NotAllowed, Invalid."""
    incident = queries.incident_seen_by(by, incident_id, at=at)
    policies.check_can_lead(by, incident, at=at)
    if not (went_well.strip() and to_improve.strip()):
        raise Invalid(_("Write both what went well and what must be better."), field="went_well")
    lesson = Lesson.objects.create(
        incident=incident, went_well=went_well.strip(), to_improve=to_improve.strip(), written_by=by, written_at=at
    )
    audit.record(events.LEARNT, incident, by=by, at=at)
    if incident.entry_id is not None:
        capture = partial(recording.captured_lesson, lesson)
        journaling.journal_afterwards(incident, capture, beside=incident.entry_id, by=by, at=at)
    return lesson
