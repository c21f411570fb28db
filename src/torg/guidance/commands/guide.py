"""The guide: an answered question becomes an entry, which is edited and taken out again."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.audit import commands as audit
from torg.core.errors import Invalid, InvalidTransition
from torg.guidance import anonymity, events, policies, queries
from torg.guidance.models import AdviceQuestion, GuideEntry
from torg.guidance.types import AdviceState, Topic
from torg.people.models import Person


@dataclass(frozen=True, slots=True)
class Entry:
    """What an entry of the guide says."""

    title: str
    body: str
    topic: Topic
    language: str = "nb"


@transaction.atomic
def make_entry(*, entry: Entry, question_id: UUID | None = None, by: Person, at: datetime) -> GuideEntry:
    """Put an answer into the guide for all, edited and without names; `question_id` is what it came from.

    Raises NotAllowed, NotFound, Invalid for an entry that names somebody or says nothing, InvalidTransition for a
    question that is not answered, or has become an entry already.
    """
    policies.check_can_keep(by, at=at)
    question = _answered(question_id, by=by, at=at) if question_id else None
    _check(entry, about=question)
    made = GuideEntry.objects.create(
        topic=entry.topic,
        language=entry.language,
        title=entry.title.strip(),
        body=entry.body.strip(),
        question=question,
        edited_by=by,
        edited_at=at,
    )
    audit.record(events.GUIDE_ENTRY_MADE, actor=by, scope=None, target=made, at=at)
    return made


@transaction.atomic
def edit_entry(*, entry_id: UUID, entry: Entry, by: Person, at: datetime) -> GuideEntry:
    """Write an entry anew. Raises NotAllowed, NotFound, Invalid for one that names somebody or says nothing."""
    policies.check_can_keep(by, at=at)
    row = queries.entry_or_absent(entry_id, lock=True)
    _check(entry, about=row.question)
    row.title, row.body, row.topic, row.language = entry.title.strip(), entry.body.strip(), entry.topic, entry.language
    row.edited_by, row.edited_at = by, at
    row.save()
    audit.record(events.GUIDE_ENTRY_EDITED, actor=by, scope=None, target=row, at=at)
    return row


@transaction.atomic
def retire_entry(*, entry_id: UUID, by: Person, at: datetime) -> GuideEntry:
    """Take an entry out of the guide. Raises NotAllowed, NotFound when it is out."""
    policies.check_can_keep(by, at=at)
    row = queries.entry_or_absent(entry_id, lock=True)
    row.retired_at = at
    row.save(update_fields=["retired_at"])
    audit.record(events.GUIDE_ENTRY_RETIRED, actor=by, scope=None, target=row, at=at)
    return row


def _answered(question_id: UUID, *, by: Person, at: datetime) -> AdviceQuestion:
    question = queries.question_or_absent(question_id, seen_by=by, at=at, lock=True)
    if question.state != AdviceState.ANSWERED:
        raise InvalidTransition(_("Answer the question first; then it can become an entry in the guide."))
    if GuideEntry.objects.filter(question=question).exists():
        raise InvalidTransition(_("This question has become an entry in the guide already. Edit that one instead."))
    return question


def _check(entry: Entry, *, about: AdviceQuestion | None) -> None:
    for field, text in (("title", entry.title), ("body", entry.body)):
        if not text.strip():
            raise Invalid(_("Write something first."), field=field)
        anonymity.check_names_nobody(text, about=about, field=field)
