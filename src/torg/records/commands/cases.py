"""Case files: open, correct, finish, open again."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.audit import commands as audit
from torg.core.actors import Actor
from torg.core.errors import Invalid, InvalidTransition
from torg.records import actors, changelog, events, policies, registering, titling
from torg.records.acting import Act
from torg.records.codes import CaseStatus
from torg.records.loading import case_for_change
from torg.records.models import CaseFile
from torg.records.types import CaseWanted

CORRECTABLE = {"title", "public_title", "classification", "classification_title", "responsible", "unit"}


@transaction.atomic
def open_case_file(*, scope_id: UUID, wanted: CaseWanted, by: Actor, at: datetime) -> CaseFile:
    """Open a case file (saksmappe) with the next number of the year. Raises NotAllowed, Invalid without a title."""
    policies.check_can_keep(by, scope_id=scope_id, at=at)
    case = registering.new_case(wanted, scope_id, Act(by, at))
    audit.record(events.CASE_OPENED, actor=by, scope=case.scope_id, target=case, at=at)
    return case


@transaction.atomic
def correct_case_file(*, case_id: UUID, values: Mapping[str, Any], by: Actor, at: datetime) -> CaseFile:
    """Correct some of `CORRECTABLE`, each change with old and new value in the changelog.

    Raises NotFound, NotAllowed, Invalid, InvalidTransition once it is finished (krav 3.2.2, 3.2.10).
    """
    case = case_for_change(case_id, by=by, at=at)
    if case.status != CaseStatus.OPEN:
        raise InvalidTransition(_("The case file is finished and frozen. Open it again to correct it."))
    if unknown := set(values) - CORRECTABLE:
        raise Invalid(_("This cannot be corrected: %(what)s.") % {"what": ", ".join(sorted(unknown))})
    fitted = {name: titling.fitted(value) if "title" in name else value for name, value in values.items()}
    if not all(value for name, value in fitted.items() if name in {"title", "public_title"}):
        raise Invalid(_("Give the case file a title."), field="title")
    changed = changelog.write("case_file", case, fitted, by=by, at=at)
    audit.record(events.CASE_CORRECTED, actor=by, scope=case.scope_id, target=case, at=at, facts=_listed(changed))
    return case


@transaction.atomic
def close_case_file(*, case_id: UUID, by: Actor, at: datetime) -> CaseFile:
    """Finish a case file (avslutte), when all in it is classed, followed up, archived and in archive formats.

    Raises NotFound, NotAllowed, InvalidTransition, Invalid saying what is missing (krav 3.2.6–9).
    """
    case = case_for_change(case_id, by=by, at=at)
    policies.check_is_complete(case)
    old = case.get_status_display()
    case.move_to(CaseStatus.CLOSED)
    case.closed_at, case.closed_by = at, actors.told(by)
    case.save(update_fields=["status", "closed_at", "closed_by"])
    changelog.note("case_file", case, "status", old, case.get_status_display(), by=by, at=at)
    changelog.note("case_file", case, "closed_at", None, at, by=by, at=at)
    audit.record(events.CASE_CLOSED, actor=by, scope=case.scope_id, target=case, at=at)
    return case


@transaction.atomic
def reopen_case_file(*, case_id: UUID, by: Actor, at: datetime) -> CaseFile:
    """Open a finished case file again (krav 3.2.11). Raises NotFound, NotAllowed, InvalidTransition."""
    case = case_for_change(case_id, by=by, at=at)
    old, closed_at = case.get_status_display(), case.closed_at
    case.move_to(CaseStatus.OPEN)
    case.closed_at, case.closed_by = None, ""
    case.save(update_fields=["status", "closed_at", "closed_by"])
    changelog.note("case_file", case, "status", old, case.get_status_display(), by=by, at=at)
    changelog.note("case_file", case, "closed_at", closed_at, None, by=by, at=at)
    audit.record(events.CASE_REOPENED, actor=by, scope=case.scope_id, target=case, at=at)
    return case


def _listed(fields: list[str]) -> dict[str, int | str]:
    return {"fields": "/".join(sorted(fields))}
