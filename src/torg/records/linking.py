"""Follow-up between entries that are registered together, or of which the answer comes later."""

from collections.abc import Sequence

from django.db.models import QuerySet

from torg.records import changelog
from torg.records.acting import Act
from torg.records.codes import EntryType, FollowUpMethod
from torg.records.models import FollowUp, JournalEntry
from torg.records.splitting import POST
from torg.records.types import Snapshot


def follow_up(entries: Sequence[JournalEntry], act: Act) -> None:
    """Each of our answers follows up every question of the same subject that stands before it and is not answered."""
    for entry in entries:
        if entry.entry_type == EntryType.OUTGOING:
            for question in unanswered(entry):
                make(question, entry, FollowUpMethod.EMAIL, act)


def unanswered(answer: JournalEntry) -> QuerySet[JournalEntry]:
    """Questions of the same subject before this answer that nothing follows up."""
    before = JournalEntry.objects.filter(
        subject_kind=answer.subject_kind, subject_id=answer.subject_id, id__lt=answer.id, awaits_follow_up=True
    )
    return before.order_by("id")


def answered_within(entry: JournalEntry, snapshot: Snapshot, act: Act) -> None:
    """One document that holds both questions and answers is followed up by itself."""
    has_answers = any(item.author.is_own and item.kind != POST for item in snapshot.items)
    if entry.entry_type == EntryType.INCOMING and has_answers and not entry.follow_ups.exists():
        make(entry, None, FollowUpMethod.EMAIL, act)


def make(entry: JournalEntry, by_entry: JournalEntry | None, method: FollowUpMethod, act: Act) -> FollowUp:
    """Write the follow-up and the change."""
    made = FollowUp.objects.create(
        entry=entry, by_entry=by_entry, method=method, followed_up_on=act.day, made_by=act.told, made_at=act.at
    )
    entry.awaits_follow_up = False
    entry.save(update_fields=["awaits_follow_up"])
    for field in ("followed_up_on", "made_by", "method"):
        changelog.note("follow_up", entry, field, None, getattr(made, field), by=act.by, at=act.at)
    return made
