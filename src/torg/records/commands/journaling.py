"""Journal: what came in and what we answered, with numbers, correspondents and documents."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.audit import commands as audit
from torg.core.actors import Actor
from torg.core.errors import Invalid, InvalidTransition
from torg.records import events, linking, planning, policies, registering, wording
from torg.records.acting import Act
from torg.records.codes import AssessmentState, ChannelTreatment, EntryType, Outcome
from torg.records.commands.capturing import capture
from torg.records.loading import assessment_for_change, entry_for_change, source_of
from torg.records.models import Assessment, ChannelDefault, EntryItem, JournalEntry
from torg.records.types import CaseWanted, Registration, RestrictionWanted, Snapshot, Titles

REASON, DECISION = "JOURNALED", "DECISION"


@transaction.atomic
def journal(
    *,
    assessment_id: UUID,
    case: CaseWanted,
    titles: Titles,
    by: Actor,
    at: datetime,
    restrictions: Sequence[RestrictionWanted] = (),
) -> list[JournalEntry]:
    """Register what was assessed: in turns of question and answer, or as one document where the channel says so.

    A question is followed up by our answer to it. What an earlier entry registers is left out, so that a
    conversation that goes on is journaled further; one document that goes on gets a new version instead (D4). An
    outcome of archive without journaling makes an archive note. Restrictions are put on every new entry.

    Raises NotFound, NotAllowed, InvalidTransition before the assessment or for a finished case file, Invalid when
    there is nothing new or a title is missing.
    """
    assessment = assessment_for_change(assessment_id, by=by, at=at)
    if assessment.state != AssessmentState.DECIDED or assessment.outcome == Outcome.NOT_ARCHIVE:
        raise InvalidTransition(_("Assess it first: only what is archive is registered."))
    snapshot = source_of(assessment.subject_kind).snapshot(assessment.subject_id, at=at)
    act = Act(by, at)
    with wording.in_archive_language():
        going_on = _one_document_before(assessment)
        if going_on is not None:
            add_version(entry_id=going_on.public_id, snapshot=snapshot, by=by, at=at)
            assessment.capture = going_on.capture
            assessment.save(update_fields=["capture"])
            return [going_on]
        opened = registering.case_for(case, snapshot.scope_id, act)
        entries = []
        for plan in _planned(assessment, snapshot, titles):
            taken = capture(snapshot=plan.snapshot, reason=REASON, by=by, at=at)
            wanted = replace(plan.registration, restrictions=tuple(restrictions))
            entry = registering.register(opened, taken, plan.snapshot, wanted, act)
            if len(plan.snapshot.items) == len(snapshot.items):
                linking.answered_within(entry, plan.snapshot, act)
            entries.append(entry)
        linking.follow_up(entries, act)
    for entry in entries:
        event = events.NOTED if entry.is_note else events.JOURNALED
        audit.record(event, actor=by, scope=entry.scope_id, target=entry, at=at, facts={"type": entry.entry_type})
    assessment.capture = entries[0].capture
    assessment.save(update_fields=["capture"])
    return entries


@transaction.atomic
def journal_decision(
    *, snapshot: Snapshot, registration: Registration, case: CaseWanted, by: Actor, at: datetime
) -> JournalEntry:
    """Register a decision, such as a deletion with the notice of it (strategy B4), in the caller's transaction.

    Whoever may decide has the decision journaled with it: no archivist need be at work, so the caller's own policy is
    what stands before this.

    Args:
        snapshot: what was decided on and what was sent, as one document; its subject is the decision.
        registration: type, both titles, correspondents, dates and restrictions.
        case: an existing case file of the same scope, or a new one with titles.
        by: a person, or the rule that closes the case.
        at: now.

    Raises NotFound, Invalid, InvalidTransition for a finished case file.
    """
    act = Act(by, at)
    with wording.in_archive_language():
        taken = capture(snapshot=snapshot, reason=DECISION, by=by, at=at)
        opened = registering.case_of_decision(case, snapshot.scope_id, act)
        entry = registering.register(opened, taken, snapshot, registration, act)
    event = events.NOTED if entry.is_note else events.JOURNALED
    audit.record(event, actor=by, scope=entry.scope_id, target=entry, at=at, facts={"type": entry.entry_type})
    return entry


@transaction.atomic
def add_version(*, entry_id: UUID, snapshot: Snapshot, by: Actor, at: datetime) -> JournalEntry:
    """Keep a newer version of an entry's main document: a blog post with one more comment (strategy D4).

    Raises NotFound, NotAllowed, InvalidTransition for an archived entry.
    """
    entry = entry_for_change(entry_id, by=by, at=at)
    policies.check_takes_documents(entry)
    taken = capture(snapshot=snapshot, reason=REASON, by=by, at=at)
    version = registering.add_version(entry, taken, snapshot, Act(by, at))
    audit.record(events.NEW_VERSION, actor=by, scope=entry.scope_id, target=entry, at=at, facts={"version": version})
    return entry


def _planned(assessment: Assessment, snapshot: Snapshot, titles: Titles) -> list[planning.Planned]:
    if assessment.outcome == Outcome.ARCHIVE:
        return [planning.as_one(snapshot, titles, entry_type=EntryType.ARCHIVE_NOTE)]
    if _is_one_document(assessment):
        theirs = any(not item.author.is_own for item in snapshot.items)
        kind = EntryType.INCOMING if theirs else EntryType.OUTGOING
        return [planning.as_one(snapshot, titles, entry_type=kind)]
    registered = EntryItem.objects.filter(
        entry__subject_kind=assessment.subject_kind, entry__subject_id=assessment.subject_id
    )
    found = planning.as_turns(snapshot, titles, registered=frozenset(registered.values_list("item", flat=True)))
    if not found:
        raise Invalid(_("Everything here is registered already."))
    return found


def _is_one_document(assessment: Assessment) -> bool:
    one = ChannelDefault.objects.filter(channel=assessment.channel, treatment=ChannelTreatment.ONE_DOCUMENT)
    return one.exists() or assessment.subject_kind.endswith(".post")


def _one_document_before(assessment: Assessment) -> JournalEntry | None:
    """The entry that takes a new version: one document, or an archive note, that goes on."""
    earlier = JournalEntry.objects.filter(
        subject_kind=assessment.subject_kind, subject_id=assessment.subject_id, archived_at=None
    )
    is_note = assessment.outcome == Outcome.ARCHIVE
    if not is_note and not _is_one_document(assessment):
        return None
    same = (
        earlier.filter(entry_type=EntryType.ARCHIVE_NOTE)
        if is_note
        else earlier.exclude(entry_type=EntryType.ARCHIVE_NOTE)
    )
    return same.order_by("-id").first()
