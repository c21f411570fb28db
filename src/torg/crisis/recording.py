"""Incidents as subjects of the records: everything that was said and done, in the order in which it was."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from torg.core.errors import NotFound
from torg.crisis import queries
from torg.crisis.models import CallOut, Incident, Lesson, Question, SituationReport, Statement, StatementWithdrawal
from torg.crisis.types import STATED, IncidentState, QuestionState
from torg.people.models import Person
from torg.records.codes import FactCode
from torg.records.models import Assessment
from torg.records.types import Author, Captured, Changes, Snapshot, Subject, SubjectFacts, Version

KIND = "crisis.incident"
CHANNEL = "crisis"
LOCAL = ZoneInfo("Europe/Oslo")
MOST_ACTS = 10_000


def snapshot(subject_id: UUID, *, at: datetime) -> Snapshot:
    """Statements in all their versions, answers, rumours, log, reports and figures; raises NotFound."""
    incident = Incident.objects.select_related("owner").filter(public_id=subject_id).first()
    if incident is None:
        raise NotFound(_("There is no such incident."))
    return snapshot_of(incident, at=at)


def snapshot_of(incident: Incident, *, at: datetime) -> Snapshot:
    """The same of a row at hand."""
    return Snapshot(
        subject=Subject(KIND, incident.public_id),
        scope_id=incident.scope_id,
        title=title_of(incident),
        channel=CHANNEL,
        place=incident.title,
        taken_at=at,
        items=tuple(sorted(_parts(incident, at=at), key=lambda part: part.received_at)),
        facts={
            "severity": str(incident.get_severity_display()),
            "opened_at": incident.opened_at.isoformat(),
            "closed_at": incident.closed_at.isoformat() if incident.closed_at else "",
        },
    )


def facts(subject_id: UUID, *, at: datetime) -> SubjectFacts | None:
    """What bears on the assessment; None once it is closed, for then it is journaled already."""
    incident = Incident.objects.filter(public_id=subject_id).exclude(state=IncidentState.CLOSED).first()
    if incident is None:
        return None
    return SubjectFacts(
        subject=Subject(KIND, incident.public_id),
        scope_id=incident.scope_id,
        channel=CHANNEL,
        mark=incident.pk,
        codes=frozenset({FactCode.CASE_WORDS.value, FactCode.SEVERAL.value}),
        title=title_of(incident),
    )


def changed(*, after: int, limit: int) -> Changes:
    """The next `limit` incidents, in the order in which they were opened."""
    rows = list(Incident.objects.filter(id__gt=after).order_by("id").values_list("id", "public_id")[:limit])
    return Changes([public_id for _id, public_id in rows], rows[-1][0] if rows else after)


def overlooked(*, limit: int) -> Sequence[UUID]:
    """Incidents that run and that no assessment tells of."""
    known = Assessment.objects.filter(subject_kind=KIND, subject_id=OuterRef("public_id"))
    rows = Incident.objects.filter(~Exists(known)).exclude(state=IncidentState.CLOSED).order_by("id")
    return list(rows.values_list("public_id", flat=True)[:limit])


def address(subject_id: UUID) -> str:
    """The page of the incident."""
    return reverse("crisis:incident", args=[subject_id])


def title_of(incident: Incident) -> str:
    """What the case file is called; an exercise says so."""
    words = _("Exercise: %(title)s") if incident.is_exercise else _("Incident: %(title)s")
    return words % {"title": incident.title}


def captured_lesson(lesson: Lesson) -> Captured:
    """What was learnt, also of an incident that was journaled before somebody wrote it down."""
    text = f"{lesson.went_well}\n\n{lesson.to_improve}"
    return _captured(lesson.public_id, "note", text, lesson.written_at, lesson.written_by)


def captured_withdrawal(row: StatementWithdrawal) -> Captured:
    """That a statement was taken back, why, and what the public was told."""
    head = _("Statement %(number)d was withdrawn.") % {"number": row.statement.number or 0}
    text = "\n\n".join([head, row.reason, *(said for _code, said in sorted(row.told.items()))])
    return _captured(row.statement.public_id, "note", text, row.withdrawn_at, row.withdrawn_by, end="-withdrawal")


def _parts(incident: Incident, *, at: datetime) -> Iterator[Captured]:
    opened = _("%(title)s. %(severity)s.") % {"title": incident.title, "severity": incident.get_severity_display()}
    yield _captured(incident.public_id, "note", opened, incident.opened_at, incident.opened_by)
    yield from _told_the_public(incident)
    for line in incident.log_entries.select_related("written_by"):
        yield _captured(line.public_id, "note", line.text, line.written_at, line.written_by)
    for report in incident.reports.select_related("written_by"):
        yield _captured(report.public_id, "note", _report(report), report.written_at, report.written_by)
    for lesson in incident.lessons.select_related("written_by"):
        yield captured_lesson(lesson)
    for handed in incident.hand_overs.select_related("from_person"):
        yield _captured(handed.public_id, "note", handed.note, handed.handed_at, handed.from_person)
    for call in incident.call_outs.select_related("called_by"):
        yield _call_out(call)
    if incident.closed_at is not None:
        yield _figures(incident, at=at)
        yield _acts(incident)


def _told_the_public(incident: Incident) -> Iterator[Captured]:
    for statement in incident.statements.filter(state__in=STATED).select_related("approved_by"):
        yield _statement(statement)
    for withdrawal in StatementWithdrawal.objects.filter(statement__incident=incident).select_related("withdrawn_by"):
        yield captured_withdrawal(withdrawal)
    for question in (
        incident.questions.filter(state=QuestionState.ANSWERED)
        .select_related("answered_by")
        .prefetch_related("versions")
    ):
        yield _answer(question)
    for rumour in incident.rumours.select_related("corrected_by"):
        yield _captured(rumour.public_id, "note", _text(rumour.texts), rumour.corrected_at, rumour.corrected_by)


def _statement(row: Statement) -> Captured:
    said = [
        Version(number, _text(version.texts), version.made_at, version.made_at)
        for number, version in enumerate(row.versions.order_by("number"), start=1)
    ]
    when = row.published_at or row.made_at
    who = _author(row.approved_by)
    facts = {"number": str(row.number or 0), "channels": str(row.targets)}
    return Captured(str(row.public_id), "post", who, tuple(said), when, when, state="", facts=facts)


def _text(texts: dict[str, dict[str, str]]) -> str:
    return "\n\n".join(part for _code, said in sorted(texts.items()) for part in said.values())


def _answer(row: Question) -> Captured:
    when = row.answered_at or row.first_asked_at
    said = [
        Version(
            one.number,
            "\n\n".join([*(text for _code, text in sorted(one.told.items())), _text(one.texts)]),
            one.made_at,
            one.made_at,
        )
        for one in sorted(row.versions.all(), key=lambda version: version.number)
    ]
    return Captured(str(row.public_id), "post", _author(row.answered_by), tuple(said), when, when, state="")


def _report(row: SituationReport) -> str:
    head = _("Situation report %(number)d") % {"number": row.number}
    return "\n\n".join(part for part in (head, row.known, row.done, row.coming, row.needed) if part)


def _call_out(row: CallOut) -> Captured:
    called = row.called.select_related("person").order_by("id")
    lines = [_line(one.confirmed_at, one.person.name) for one in called]
    return _captured(row.public_id, "note", "\n".join([row.text, *lines]), row.called_at, row.called_by)


def _acts(incident: Incident) -> Captured:
    """The log: every act with when and who, the earliest first."""
    acts = reversed(queries.incident_log(incident, limit=MOST_ACTS))
    text = "\n".join(_line(act.at, f"{act.actor_name}: {act.sentence}") for act in acts)
    at = incident.closed_at or incident.opened_at
    return _captured(incident.public_id, "note", text, at, incident.closed_by, end="-log")


def _line(at: datetime | None, text: str) -> str:
    return f"{at.astimezone(LOCAL):%d.%m.%Y %H.%M} {text}" if at is not None else f"– {text}"


def _figures(incident: Incident, *, at: datetime) -> Captured:
    told = queries.after_action(incident, at=at)
    text = _(
        "Statements: %(statements)d. Corrections: %(corrections)d. Posts: %(there)d of %(posts)d. "
        "People who asked: %(asked)d. People answered: %(answered)d."
    ) % {
        "statements": told.statements,
        "corrections": told.corrections,
        "there": told.posts_there,
        "posts": told.posts,
        "asked": told.asked,
        "answered": told.answered_people,
    }
    return _captured(incident.public_id, "note", text, incident.closed_at or at, incident.closed_by, end="-figures")


def _captured(public_id: UUID, kind: str, text: str, at: datetime, who: Person | None, *, end: str = "") -> Captured:
    return Captured(f"{public_id}{end}", kind, _author(who), (Version(1, text, at, at),), at, at, state="")


def _author(person: Person | None) -> Author:
    return Author(person.name if person else None, None, is_own=True)
