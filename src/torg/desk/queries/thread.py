"""One conversation with all around it: what was written, by whom, what we answered, noted and decided."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from torg.dialogue import queries as dialogue
from torg.dialogue.models import Item
from torg.inbox import queries as inbox
from torg.inbox.models import Answer, Enquiry, Note
from torg.inbox.types import AnswerKind, AnswerState
from torg.outbox import queries as outbox
from torg.outbox.models import OutboxAct
from torg.people.models import Person
from torg.triage import queries as triage
from torg.triage.types import Reason, Segment

# Answers that came to nothing are told in the log, not in the conversation.
UNSAID = {AnswerState.SUPERSEDED, AnswerState.WITHDRAWN}


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing in the conversation: an item of theirs or ours, an answer on its way, or a note in between."""

    kind: str
    at: datetime
    item: Item | None = None
    segments: Sequence[Segment] = ()
    wordings: Sequence[dialogue.Wording] = ()
    answer: Answer | None = None
    standing: outbox.Standing | None = None
    note: Note | None = None

    @property
    def hides_something(self) -> bool:
        """Whether a part of the text is masked."""
        return any(segment.is_covered for segment in self.segments)


@dataclass(frozen=True, slots=True)
class Conversation:
    """The whole page of a thread."""

    view: dialogue.ThreadView
    entries: Sequence[Entry]
    sheet: inbox.Sheet | None = None
    urgency: Sequence[tuple[Reason, str]] = field(default_factory=tuple)
    newest_item: Item | None = None


def conversation(person: Person, thread_id: UUID, *, at: datetime) -> Conversation:
    """The thread as `person` may see it; raises NotFound."""
    view = dialogue.thread_with_context(person, thread_id, at=at)
    enquiry_id = Enquiry.objects.filter(thread=view.thread).values_list("public_id", flat=True).first()
    sheet = inbox.sheet(person, enquiry_id, at=at) if enquiry_id else None
    theirs = [item for item in view.items if not item.is_own]
    newest = theirs[-1] if theirs else None
    reasons = triage.reasons_for([newest]) if newest else {}
    return Conversation(
        view=view,
        entries=_entries(view, sheet),
        sheet=sheet,
        urgency=reasons.get(newest.pk, ()) if newest else (),
        newest_item=newest,
    )


def thread_of(person: Person, enquiry_id: UUID, *, at: datetime) -> UUID:
    """The thread that an enquiry is about; raises NotFound."""
    found: UUID = inbox.enquiry_for(person, enquiry_id, at=at).thread.public_id
    return found


def _entries(view: dialogue.ThreadView, sheet: inbox.Sheet | None) -> list[Entry]:
    answers = sheet.answers if sheet else ()
    sent = {answer.external_id: answer for answer in answers if answer.external_id}
    told = list(_items(view, sent))
    shown = {entry.answer.pk for entry in told if entry.answer}
    standings = _standings([answer for answer in answers if answer.pk not in shown])
    told += [
        Entry(_kind_of(answer), answer.sent_at or answer.written_at, answer=answer, standing=standings.get(answer.pk))
        for answer in answers
        if answer.pk not in shown and answer.state not in UNSAID
    ]
    told += [Entry("note", note.written_at, note=note) for note in (sheet.notes if sheet else ())]
    return sorted(told, key=lambda entry: entry.at)


def _items(view: dialogue.ThreadView, sent: Mapping[str, Answer]) -> Iterator[Entry]:
    segments = triage.segments_for([item for item in view.items if not item.is_own])
    for item in view.items:
        yield Entry(
            "ours" if item.is_own else "theirs",
            item.posted_at,
            item=item,
            segments=segments.get(item.pk, ()),
            wordings=view.versions.get(item.pk, ()),
            answer=sent.get(item.external_id) if item.is_own else None,
        )


def _kind_of(answer: Answer) -> str:
    return "offline" if answer.kind == AnswerKind.OFFLINE else "ours"


def _standings(answers: Sequence[Answer]) -> Mapping[int, outbox.Standing]:
    """How each answer stands in the outbox; one query."""
    by_act = {answer.act_id: answer.pk for answer in answers if answer.act_id}
    acts = OutboxAct.objects.filter(public_id__in=by_act)
    return {by_act[act.public_id]: outbox.standing(act) for act in acts}
