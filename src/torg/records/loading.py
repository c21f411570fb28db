"""How commands load what they change: locked, and absent when out of sight."""

from datetime import date, datetime
from importlib import import_module
from typing import cast
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from torg.core.actors import Actor
from torg.core.errors import Invalid, NotFound
from torg.records import policies
from torg.records.models import Assessment, CaseFile, JournalEntry, LegalReference, Restriction
from torg.records.types import Source, StatedSource


def source_of(kind: str) -> Source:
    """The module that knows subjects of this kind; raises NotFound when none is wired."""
    path = settings.RECORD_SOURCES.get(kind)
    if path is None:
        raise NotFound(_("There is nothing to assess here."))
    return cast(Source, import_module(path))


def stated_source_of(kind: str) -> StatedSource:
    """The same, of a kind that stands on a platform."""
    if kind not in settings.STATED_RECORD_SOURCES:
        raise NotFound(_("There is nothing to assess here."))
    return cast(StatedSource, source_of(kind))


def case_for_change(case_id: UUID, *, by: Actor, at: datetime) -> CaseFile:
    """The case file, locked; raises NotFound, NotAllowed."""
    rows = CaseFile.objects.visible_to(by, at=at).select_for_update(of=("self",))
    case: CaseFile | None = rows.filter(public_id=case_id).first()
    if case is None:
        raise NotFound(_("There is no such case file."))
    policies.check_can_keep(by, scope_id=case.scope_id, at=at)
    return case


def entry_for_change(entry_id: UUID, *, by: Actor, at: datetime) -> JournalEntry:
    """The entry, locked, with its case file; raises NotFound, NotAllowed."""
    rows = JournalEntry.objects.visible_to(by, at=at).select_related("case_file", "responsible")
    entry: JournalEntry | None = rows.select_for_update(of=("self",)).filter(public_id=entry_id).first()
    if entry is None:
        raise NotFound(_("There is no such journal entry."))
    policies.check_can_keep(by, scope_id=entry.scope_id, at=at)
    return entry


def assessment_for_change(assessment_id: UUID, *, by: Actor, at: datetime) -> Assessment:
    """The assessment, locked; raises NotFound, NotAllowed."""
    rows = Assessment.objects.visible_to(by, at=at).select_for_update(of=("self",))
    found: Assessment | None = rows.filter(public_id=assessment_id).first()
    if found is None:
        raise NotFound(_("There is no such assessment."))
    policies.check_can_keep(by, scope_id=found.scope_id, at=at)
    return found


def restriction_for_change(restriction_id: UUID, *, by: Actor, at: datetime) -> Restriction:
    """The restriction, locked; raises NotFound, NotAllowed."""
    rows = Restriction.objects.visible_to(by, at=at).select_related("entry", "reference")
    found: Restriction | None = rows.select_for_update(of=("self",)).filter(public_id=restriction_id).first()
    if found is None:
        raise NotFound(_("There is no such restriction."))
    policies.check_can_keep(by, scope_id=found.scope_id, at=at)
    return found


def reference_in_force(code: str, *, on: date) -> LegalReference:
    """The legal reference with this code, if it holds on that day; raises Invalid."""
    found: LegalReference | None = LegalReference.objects.in_force(on).filter(code=code).first()
    if found is None:
        raise Invalid(_("That provision does not hold on this day. Choose one that does."), field="reference")
    return found
