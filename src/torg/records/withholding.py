"""How a restriction that is wanted becomes a row, inside the commands that restrict."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from torg.core.errors import Invalid
from torg.records.acting import Act
from torg.records.codes import RestrictionTarget
from torg.records.loading import reference_in_force
from torg.records.models import JournalEntry, Restriction
from torg.records.types import RestrictionWanted


def restrict(entry: JournalEntry, wanted: RestrictionWanted, act: Act) -> Restriction:
    """A restriction on the ground in force today.

    Raises Invalid for a ground that does not hold, a target that is not the entry's, or an end that is past.
    """
    if wanted.expires_on and wanted.expires_on <= act.day:
        raise Invalid(_("The restriction must end after today."), field="expires_on")
    row = Restriction(
        scope_id=entry.scope_id,
        entry=entry,
        target=wanted.target,
        access_code=wanted.access_code,
        reference=reference_in_force(wanted.reference, on=act.day),
        because=wanted.because,
        expires_on=wanted.expires_on,
        made_by=act.told,
        made_at=act.at,
    )
    _aim(row, wanted)
    row.save()
    return row


def _aim(row: Restriction, wanted: RestrictionWanted) -> None:
    if wanted.target == RestrictionTarget.CORRESPONDENT:
        row.correspondent = _own(row.entry.correspondents.all(), wanted.correspondent)
        row.correspondent.is_hidden = True
        row.correspondent.save(update_fields=["is_hidden"])
    if wanted.target == RestrictionTarget.DOCUMENT:
        row.document = _own(row.entry.documents.all(), wanted.document)
    if wanted.target == RestrictionTarget.PASSAGE:
        _check_passage(wanted)
        row.item, row.item_version = wanted.item, wanted.item_version
        row.start, row.end = wanted.start, wanted.end


def _check_passage(wanted: RestrictionWanted) -> None:
    is_told = bool(wanted.item) and wanted.item_version is not None
    if not is_told or wanted.start is None or wanted.end is None or wanted.start >= wanted.end:
        raise Invalid(_("Mark the words that are to be restricted."), field="passage")


def _own(rows: QuerySet[Any], public_id: UUID | None) -> Any:
    found = rows.filter(public_id=public_id).first() if public_id else None
    if found is None:
        raise Invalid(_("Choose what is to be restricted."), field="target")
    return found
