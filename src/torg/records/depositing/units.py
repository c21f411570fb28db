"""A case file and a registration as a deposit tells of them: more than a message to an archive core says."""

from dataclasses import replace
from typing import Any, cast

from django.utils import translation

from torg.noark import objects, values
from torg.people import queries as people
from torg.records import as_noark, titling
from torg.records.depositing.names import named
from torg.records.depositing.origin import social_media
from torg.records.models import CaseFile, CrossReference, Disposal, FollowUp, JournalEntry, Remark

SYSTEM = "Torg"


def case_file(case: CaseFile) -> objects.CaseFile:
    """The case file; one of a secret group with a neutral title for those outside."""
    made = replace(as_noark.case_file(case, system=SYSTEM), external_key=None, class_id="")
    return replace(made, public_title=_neutral()) if people.is_secret(case.scope_id) else made


def registration(entry: JournalEntry) -> objects.Registration:
    """The entry with everything that belongs to it; `entry` comes from `period.with_everything`."""
    plain = as_noark.entry(entry, system=SYSTEM)
    more: dict[str, Any] = {
        "external_key": None,
        "registration_id": entry.own_number,
        "archived_at": plain.archived_at or entry.case_file.closed_at,
        "archived_by": plain.archived_by or SYSTEM,
        "remarks": tuple(_remark(row) for row in entry.remarks.all()),
        "cross_references": tuple(_reference(row) for row in entry.references.all()),
        "documents": tuple(_document(one, entry) for one in plain.documents),
        "social_media": social_media(entry),
    }
    if isinstance(plain, objects.JournalEntry):
        more["follow_ups"] = tuple(_follow_up(row) for row in entry.follow_ups.all())
    told = replace(plain, **more)
    return _withheld(told) if people.is_secret(entry.scope_id) else told


def _withheld(told: objects.Registration) -> objects.Registration:
    """Of a secret group: nobody outside reads of whom or what."""
    hidden = tuple(replace(one, is_restricted=True) for one in told.correspondents)
    return replace(told, public_title=_neutral(), correspondents=hidden)


def _document(found: objects.DocumentDescription, entry: JournalEntry) -> objects.DocumentDescription:
    done = cast(Disposal | None, next(iter(entry.disposals.all()), None))
    if done is None:
        return replace(found, external_key=None)
    decided_by = done.decided_by.name if done.decided_by else SYSTEM
    executed = objects.ExecutedDisposal(at=cast(Any, done.done_at), by=decided_by)
    return replace(found, external_key=None, executed_disposal=executed, objects=())


def _follow_up(row: FollowUp) -> objects.FollowUp:
    return objects.FollowUp(
        on=row.followed_up_on,
        by=row.entry.responsible.name if row.entry.responsible else SYSTEM,
        how=values.FollowUpMethod.from_code(row.method),
        answered_by=objects.EntryReference(id=row.by_entry.public_id) if row.by_entry else None,
    )


def _remark(row: Remark) -> objects.Remark:
    return objects.Remark(text=row.text, at=row.made_at, by=named(row.made_by), kind=values.RemarkType.ARCHIVIST)


def _reference(row: CrossReference) -> objects.CrossReference:
    if row.to_entry is not None:
        return objects.CrossReference(to_entry=objects.EntryReference(id=row.to_entry.public_id))
    return objects.CrossReference(to_case=objects.CaseReference(id=cast(CaseFile, row.to_case_file).public_id))


def _neutral() -> str:
    # What goes to the archive is Norwegian, whoever orders it.
    with translation.override("nb"):
        return titling.neutral_title()
