"""What happens to an entry after it is journaled: corrected, archived, expired, followed up, remarked, linked."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.audit import commands as audit
from torg.core.actors import Actor
from torg.core.errors import Invalid
from torg.records import actors, changelog, events, linking, policies, titling
from torg.records.acting import Act
from torg.records.codes import EntryStatus, FollowUpMethod
from torg.records.loading import case_for_change, entry_for_change
from torg.records.models import CrossReference, FollowUp, JournalEntry, Remark

CORRECTABLE = {"title", "public_title", "document_on", "due_on", "responsible", "unit"}


@transaction.atomic
def correct_entry(*, entry_id: UUID, values: Mapping[str, Any], by: Actor, at: datetime) -> JournalEntry:
    """Correct some of `CORRECTABLE`, each change with old and new value in the changelog.

    Raises NotFound, NotAllowed, Invalid, InvalidTransition for what is frozen (krav 3.2.14, 3.2.22–24).
    """
    entry = entry_for_change(entry_id, by=by, at=at)
    if unknown := set(values) - CORRECTABLE:
        raise Invalid(_("This cannot be corrected: %(what)s.") % {"what": ", ".join(sorted(unknown))})
    fitted = {name: titling.fitted(value) if "title" in name else value for name, value in values.items()}
    if not all(value for name, value in fitted.items() if "title" in name):
        raise Invalid(_("Give the entry a title."), field="title")
    policies.check_not_frozen(entry, {name for name, value in fitted.items() if getattr(entry, name) != value})
    changed = changelog.write("entry", entry, fitted, by=by, at=at)
    facts: dict[str, int | str] = {"fields": "/".join(sorted(changed))}
    audit.record(events.CORRECTED, actor=by, scope=entry.scope_id, target=entry, at=at, facts=facts)
    return entry


@transaction.atomic
def archive_entry(*, entry_id: UUID, by: Actor, at: datetime) -> JournalEntry:
    """Archive an entry (arkivere, krav 3.2.13): from here on its title, documents and correspondents stay.

    Raises NotFound, NotAllowed, InvalidTransition, Invalid when a document is not in an archive format yet.
    """
    entry = entry_for_change(entry_id, by=by, at=at)
    policies.check_can_be_archived(entry)
    old = entry.get_status_display()
    entry.move_to(EntryStatus.ARCHIVED)
    entry.archived_at, entry.archived_by = at, actors.told(by)
    entry.save(update_fields=["status", "archived_at", "archived_by"])
    changelog.note("entry", entry, "status", old, entry.get_status_display(), by=by, at=at)
    changelog.note("entry", entry, "archived_at", None, at, by=by, at=at)
    audit.record(events.ARCHIVED, actor=by, scope=entry.scope_id, target=entry, at=at)
    return entry


@transaction.atomic
def expire_entry(*, entry_id: UUID, because: str, by: Actor, at: datetime) -> JournalEntry:
    """Mark an entry that should not have been made as expired (utgår, krav 3.2.19); its number is never used again.

    Raises NotFound, NotAllowed, InvalidTransition, Invalid without a reason.
    """
    if not because.strip():
        raise Invalid(_("Say why the entry should not stand."), field="because")
    entry = entry_for_change(entry_id, by=by, at=at)
    old = entry.get_status_display()
    entry.move_to(EntryStatus.EXPIRED)
    entry.awaits_follow_up = False
    entry.save(update_fields=["status", "awaits_follow_up"])
    changelog.note("entry", entry, "status", old, entry.get_status_display(), by=by, at=at)
    Remark.objects.create(
        scope_id=entry.scope_id, entry=entry, text=because.strip(), made_by=actors.told(by), made_at=at
    )
    audit.record(events.EXPIRED, actor=by, scope=entry.scope_id, target=entry, at=at)
    return entry


@transaction.atomic
def set_follow_up(
    *, entry_id: UUID, method: FollowUpMethod, by: Actor, at: datetime, by_entry_id: UUID | None = None
) -> FollowUp:
    """Record that an entry needs nothing more (avskrive), by another entry or without one (krav 3.4.3–4).

    Raises NotFound, NotAllowed, Invalid for what cannot be followed up, or twice by the same entry.
    """
    entry = entry_for_change(entry_id, by=by, at=at)
    policies.check_can_be_followed_up(entry)
    answer = entry_for_change(by_entry_id, by=by, at=at) if by_entry_id else None
    if answer is not None:
        policies.check_can_follow_up(answer)
    if FollowUp.objects.filter(entry=entry, by_entry=answer).exists():
        raise Invalid(_("This is followed up already."))
    made = linking.make(entry, answer, method, Act(by, at))
    audit.record(events.FOLLOWED_UP, actor=by, scope=entry.scope_id, target=entry, at=at, facts={"method": str(method)})
    return made


@transaction.atomic
def remark(*, entry_id: UUID, text: str, by: Actor, at: datetime) -> Remark:
    """Put a remark on an entry (merknad), also when it is frozen. Raises NotFound, NotAllowed, Invalid when empty."""
    if not text.strip():
        raise Invalid(_("Write the remark first."), field="text")
    entry = entry_for_change(entry_id, by=by, at=at)
    made: Remark = Remark.objects.create(
        scope_id=entry.scope_id, entry=entry, text=text.strip(), made_by=actors.told(by), made_at=at
    )
    audit.record(events.REMARKED, actor=by, scope=entry.scope_id, target=entry, at=at)
    return made


@transaction.atomic
def refer(
    *, entry_id: UUID, by: Actor, at: datetime, to_entry_id: UUID | None = None, to_case_id: UUID | None = None
) -> CrossReference:
    """Link an entry to another entry or a case file (kryssreferanse).

    Raises NotFound, NotAllowed, Invalid for none or both, for itself, or for a link that is there.
    """
    if (to_entry_id is None) == (to_case_id is None) or to_entry_id == entry_id:
        raise Invalid(_("Choose one other entry or case file."))
    entry = entry_for_change(entry_id, by=by, at=at)
    leads_to = {
        "to_entry": entry_for_change(to_entry_id, by=by, at=at) if to_entry_id else None,
        "to_case_file": case_for_change(to_case_id, by=by, at=at) if to_case_id else None,
    }
    if CrossReference.objects.filter(entry=entry, **leads_to).exists():
        raise Invalid(_("These are linked already."))
    made = CrossReference.objects.create(entry=entry, made_by=actors.told(by), made_at=at, **leads_to)
    audit.record(events.REFERRED, actor=by, scope=entry.scope_id, target=entry, at=at)
    return made
