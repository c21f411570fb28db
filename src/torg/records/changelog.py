"""What a correction changes, written down with old and new value in the same transaction (Noark 5, annex 3)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Model

from torg.core.actors import Actor
from torg.records import actors
from torg.records.models import ChangeLog

# The metadata whose changes the standard wants logged, by our field and its number there.
NUMBERS = {
    "case_file": {
        "title": "M020",
        "public_title": "M025",
        "status": "M052",
        "responsible": "M306",
        "unit": "M305",
        "opened_on": "M100",
        "classification": "M002",
        "closed_at": "M602",
        "archive_id": "M001",
    },
    "entry": {
        "title": "M020",
        "public_title": "M025",
        "status": "M053",
        "entry_type": "M082",
        "journal_on": "M101",
        "document_on": "M103",
        "received_at": "M104",
        "sent_at": "M105",
        "due_on": "M109",
        "responsible": "M307",
        "unit": "M305",
        "archived_at": "M604",
        "archive_id": "M001",
        "case_file": "M208",
    },
    "correspondent": {"role": "M087", "name": "M400", "unit": "M305", "handler": "M307"},
    "document": {"title": "M020", "status": "M054", "role": "M217"},
    "restriction": {
        "access_code": "M500",
        "reference": "M501",
        "target": "M502",
        "extent": "M503",
        "expires_on": "M505",
    },
    "follow_up": {"followed_up_on": "M617", "made_by": "M618", "method": "M619"},
}


def write(kind: str, row: Any, values: Mapping[str, Any], *, by: Actor, at: datetime) -> list[str]:
    """Set the values that differ, save them, and log each that the standard names; returns the changed fields."""
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        old = getattr(row, name)
        setattr(row, name, values[name])
        note(kind, row, name, old, values[name], by=by, at=at)
    if changed:
        row.save(update_fields=changed)
    return changed


def note(kind: str, row: Any, field: str, old: object, new: object, *, by: Actor, at: datetime) -> None:
    """Log one change; what the standard does not name is not logged here (the audit log has it all)."""
    number = NUMBERS[kind].get(field)
    if number is None:
        return
    ChangeLog.objects.create(
        scope_id=row.scope_id,
        target_kind=kind,
        target_id=row.public_id,
        field=number,
        old=_told(old),
        new=_told(new),
        changed_by=actors.told(by),
        changed_at=at,
    )


def _told(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, Model):
        return str(getattr(value, "name", None) or value)
    return str(value)
