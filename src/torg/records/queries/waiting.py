"""Assessments that wait, and how one subject stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from torg.core.actors import Actor
from torg.core.errors import NotFound
from torg.people import queries as people
from torg.people.types import Permission
from torg.records.codes import AssessmentState, FactCode, Outcome, Question
from torg.records.models import Assessment, JournalEntry

PAGE = 50
UNASSESSED, TO_REGISTER, DONE = "open", "register", "done"
VIEWS = (UNASSESSED, TO_REGISTER, DONE)


@dataclass(frozen=True, slots=True)
class AssessmentList:
    """A page of assessments; `late` counts those past their deadline within what one sees."""

    view: str
    rows: Sequence[Assessment]
    channels: Sequence[str]
    channel: str
    waiting: int
    to_register: int
    late: int
    older: int | None


@dataclass(frozen=True, slots=True)
class SubjectSheet:
    """How a subject stands: its assessment in force, the earlier ones, and what was registered of it."""

    assessment: Assessment | None
    earlier: Sequence[Assessment]
    entries: Sequence[JournalEntry]
    can_keep: bool

    @property
    def facts(self) -> Sequence[str]:
        """The facts in words."""
        return [str(FactCode(code).label) for code in (self.assessment.facts if self.assessment else ())]

    @property
    def news(self) -> Sequence[str]:
        """Why it is assessed again, in words; empty for the first assessment, and for one that is decided."""
        now, before = self.assessment, next(iter(self.earlier), None)
        if now is None or before is None or now.state != AssessmentState.OPEN:
            return ()
        written, hidden = now.mark > before.mark, now.state_mark > before.state_mark
        return [_("Something was written")] * written + [str(FactCode.GONE.label)] * hidden

    @property
    def answered(self) -> Sequence[str]:
        """The questions answered with yes."""
        return [str(Question(code).label) for code in (self.assessment.answers if self.assessment else ())]

    @property
    def suggestion(self) -> str:
        """The suggested outcome in words."""
        return str(Outcome(self.assessment.suggested).label) if self.assessment else ""


def assessments(person: Actor, *, at: datetime, view: str, channel: str = "", page: int = 0) -> AssessmentList:
    """What waits to be assessed or registered, what is nearest its deadline first; or what is done, newest first."""
    seen = Assessment.objects.filter(scope_id__in=people.scope_ids_for(person, Permission.JOURNAL, at=at))
    waiting, to_register = seen.filter(state=AssessmentState.OPEN), _to_register(seen)
    shown = {UNASSESSED: waiting.order_by("due_at", "id"), TO_REGISTER: to_register.order_by("due_at", "id")}.get(
        view, seen.exclude(state=AssessmentState.OPEN).order_by("-decided_at", "-id")
    )
    if channel:
        shown = shown.filter(channel=channel)
    shown = shown.select_related("decided_by", "decided_by_rule", "reference")
    rows = list(shown[page * PAGE : (page + 1) * PAGE + 1])
    return AssessmentList(
        view=view,
        rows=rows[:PAGE],
        channels=list(seen.order_by("channel").values_list("channel", flat=True).distinct()),
        channel=channel,
        waiting=waiting.count(),
        to_register=to_register.count(),
        late=waiting.filter(due_at__lt=at).count(),
        older=page + 1 if len(rows) > PAGE else None,
    )


def assessment_sheet(person: Actor, assessment_id: UUID, *, at: datetime) -> SubjectSheet:
    """One assessment with what belongs to its subject; raises NotFound."""
    found = Assessment.objects.visible_to(person, at=at).filter(public_id=assessment_id).first()
    if found is None:
        raise NotFound(_("There is no such assessment."))
    can_keep = people.may(person, Permission.JOURNAL, scope_id=found.scope_id, at=at)
    return sheet_of_subject(found.subject_kind, found.subject_id, scope_id=found.scope_id, can_keep=can_keep)


def sheet_of_subject(kind: str, subject_id: UUID, *, scope_id: UUID, can_keep: bool) -> SubjectSheet:
    """How a subject that the person may see stands; `can_keep` is whether the person assesses and journals there."""
    rows = Assessment.objects.filter(subject_kind=kind, subject_id=subject_id, scope_id=scope_id)
    told = list(rows.select_related("decided_by", "decided_by_rule", "reference").order_by("-id"))
    in_force = next((row for row in told if row.state != AssessmentState.SUPERSEDED), None)
    # Nothing is registered before something is decided: a conversation that is new costs one query.
    is_decided = any(row.state != AssessmentState.OPEN for row in told)
    entries = JournalEntry.objects.filter(subject_kind=kind, subject_id=subject_id, scope_id=scope_id)
    return SubjectSheet(
        assessment=in_force,
        earlier=[row for row in told if row is not in_force],
        entries=list(entries.select_related("case_file").order_by("id")) if is_decided else (),
        can_keep=can_keep,
    )


def _to_register(seen: QuerySet[Assessment]) -> QuerySet[Assessment]:
    """Decided as archive, and not in a case file yet."""
    return seen.filter(state=AssessmentState.DECIDED, capture=None).exclude(outcome=Outcome.NOT_ARCHIVE)
