"""Legal hold on a case file: nothing in it is disposed of until somebody lifts it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.audit import commands as audit
from torg.core.errors import Invalid, InvalidTransition, NotAllowed, NotFound
from torg.files import commands as files
from torg.files import queries as kept
from torg.people.models import Person
from torg.records import events, policies
from torg.records.loading import case_for_change
from torg.records.models import DocumentObject, LegalHold

HOLDER, REASON = "records.legal_hold", "LEGAL_HOLD"


@transaction.atomic
def place_hold(*, case_id: UUID, because: str, by: Person, at: datetime) -> LegalHold:
    """Keep a case file and its files, whatever a rule says (båndlegge): a dispute, an inspection, a claim.

    Raises NotFound, NotAllowed, Invalid without a reason, InvalidTransition when it is held already.
    """
    if not isinstance(by, Person):
        raise NotAllowed(_("Only a person places a legal hold."))
    case = case_for_change(case_id, by=by, at=at)
    if not because.strip():
        raise Invalid(_("Say why."), field="because")
    if case.holds.filter(lifted_at=None).exists():
        raise InvalidTransition(_("The case file is under legal hold already."))
    made = LegalHold.objects.create(
        scope_id=case.scope_id, case_file=case, because=because[:300], made_by=by, made_at=at
    )
    objects = DocumentObject.objects.filter(document__entry__case_file=case)
    hashes = set(objects.values_list("sha256", flat=True))
    for sha256 in sorted(kept.kept(hashes)):
        files.hold(
            sha256=sha256, holder_kind=HOLDER, holder_id=made.public_id, reason=REASON, at=at, scope=case.scope_id
        )
    audit.record(events.HELD, actor=by, scope=case.scope_id, target=made, at=at, facts={"files": len(hashes)})
    return made


@transaction.atomic
def lift_hold(*, hold_id: UUID, by: Person, at: datetime) -> LegalHold:
    """Let rules apply again. Raises NotFound, NotAllowed, InvalidTransition when it is lifted already."""
    rows = LegalHold.objects.visible_to(by, at=at).select_for_update(of=("self",))
    found: LegalHold | None = rows.filter(public_id=hold_id).first()
    if found is None:
        raise NotFound(_("There is no such hold."))
    policies.check_can_keep(by, scope_id=found.scope_id, at=at)
    if found.lifted_at is not None:
        raise InvalidTransition(_("The hold is lifted already."))
    found.lifted_by, found.lifted_at = by, at
    found.save(update_fields=["lifted_by", "lifted_at"])
    files.release_all(holder_kind=HOLDER, holder_id=found.public_id, at=at)
    audit.record(events.HOLD_LIFTED, actor=by, scope=found.scope_id, target=found, at=at)
    return found
