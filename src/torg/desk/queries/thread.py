"""One conversation with all around it: what was written, by whom, what we answered, noted and decided."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from torg.desk.queries import cases
from torg.dialogue import capturing
from torg.dialogue import queries as dialogue
from torg.dialogue.models import Item, Thread
from torg.inbox import queries as inbox
from torg.inbox.models import Answer, Note
from torg.inbox.types import AnswerKind, AnswerState
from torg.moderation.queries import GROSS
from torg.people.models import Person
from torg.records import queries as records
from torg.triage import queries as triage
from torg.triage.types import Reason, Segment

# What is settled belongs in the conversation; the rest stands beneath it, with what can be done about it.
SETTLED = {AnswerState.CONFIRMED}


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing in the conversation: an item of theirs or ours, an answer that arrived, or a note in between."""

    kind: str
    at: datetime
    item: Item | None = None
    segments: Sequence[Segment] = ()
    links: Sequence[triage.ShownLink] = ()
    wordings: Sequence[dialogue.Wording] = ()
    answer: Answer | None = None
    note: Note | None = None

    @property
    def hides_something(self) -> bool:
        """Whether a part of the text is masked."""
        return any(segment.is_covered for segment in self.segments)

    @property
    def is_gross(self) -> bool:
        """Whether the software sees something in it that some want folded."""
        return any(mark.kind in GROSS for segment in self.segments for mark in segment.marks)


@dataclass(frozen=True, slots=True)
class Conversation:
    """A thread in the order of time, and why its newest item is urgent."""

    view: dialogue.ThreadView
    entries: Sequence[Entry]
    urgency: Sequence[tuple[Reason, str]]


def conversation(view: dialogue.ThreadView, sheet: inbox.Sheet | None) -> Conversation:
    """What was written, what we answered, and what colleagues noted, put together."""
    theirs = [item for item in view.items if not item.is_own]
    read = triage.reading(theirs)
    told = [*_items(view, sheet, read), *_others(view, sheet)]
    return Conversation(
        view=view,
        entries=sorted(told, key=lambda entry: entry.at),
        urgency=read.reasons(theirs[-1]) if theirs else (),
    )


def thread_of(person: Person, enquiry_id: UUID, *, at: datetime) -> UUID:
    """The thread that an enquiry is about; raises NotFound."""
    found: UUID = inbox.enquiry_for(person, enquiry_id, at=at).thread.public_id
    return found


def record_of(thread: Thread, *, can_keep: bool) -> records.SubjectSheet:
    """How the conversation stands in the archive: assessed or not, and what was registered."""
    return records.sheet_of_subject(capturing.THREAD, thread.public_id, scope_id=thread.scope_id, can_keep=can_keep)


def _items(view: dialogue.ThreadView, sheet: inbox.Sheet | None, read: triage.Reading) -> Iterator[Entry]:
    sent = {answer.external_id: answer for answer in (sheet.answers if sheet else ()) if answer.external_id}
    links = cases.links_of({item: item.attachments.all() for item in view.items if not item.is_own}, read.texts)
    for item in view.items:
        yield Entry(
            "ours" if item.is_own else "theirs",
            item.posted_at,
            item=item,
            segments=() if item.is_own else read.segments(item),
            links=links.get(item.pk, ()),
            wordings=view.versions.get(item.pk, ()),
            answer=sent.get(item.external_id) if item.is_own else None,
        )


def _others(view: dialogue.ThreadView, sheet: inbox.Sheet | None) -> Iterator[Entry]:
    """Notes, and answers that arrived: by phone or letter, or whose echo has not come yet."""
    if sheet is None:
        return
    shown = {item.external_id for item in view.items if item.is_own}
    for answer in sheet.answers:
        if answer.state in SETTLED and answer.external_id not in shown:
            kind = "offline" if answer.kind == AnswerKind.OFFLINE else "ours"
            yield Entry(kind, answer.sent_at or answer.written_at, answer=answer)
    for note in sheet.notes:
        yield Entry("note", note.written_at, note=note)
