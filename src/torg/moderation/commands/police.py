"""Pack the evidence of a case for the police, and note each time that somebody fetches it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.core.errors import Invalid
from torg.files import commands as files
from torg.moderation import audit, events, evidence, loading, packing, policies, queries
from torg.moderation.models import Case, PolicePackage
from torg.people.models import Person

HOLDER, REASON = "moderation.police", "POLICE"


@transaction.atomic
def make_police_package(*, case_id: UUID, reason: str, by: Person, at: datetime) -> PolicePackage:
    """Pack what a report to the police needs; from now on every file in it is held.

    Raises NotFound, NotAllowed without the rights to open what is sensitive and to hide, Invalid without a reason,
    FileDamaged when something that was kept is no longer whole.
    """
    case = loading.case_for_change(case_id, by=loading.a_person(by), at=at)
    policies.check_can_hand_over(by, scope_id=case.scope_id, at=at)
    policies.check_not_involved(by, [case])
    if not reason.strip() or "\x00" in reason:
        raise Invalid(_("Say why it goes to the police."), field="reason")
    capture = evidence.take([case], by=by, at=at)[case.pk]
    packed = packing.pack(case, capture, law=_law_of(case, at=at))
    stored = files.store(data=packed.data, claimed_type="application/zip", at=at)
    package = PolicePackage.objects.create(
        scope_id=case.scope_id,
        case=case,
        capture=capture,
        sha256=stored.sha256,
        reason=reason.strip(),
        made_by=by,
        made_at=at,
    )
    for sha256 in (stored.sha256, *packed.kept):
        files.hold(
            sha256=sha256,
            holder_kind=HOLDER,
            holder_id=package.public_id,
            reason=REASON,
            at=at,
            scope=case.scope_id,
        )
    facts: dict[str, int | str] = {"case": str(case.public_id), "files": len(packed.kept), "sha256": stored.sha256}
    audit.record(events.POLICE_PACKED, actor=by, scope=case.scope_id, target=package, at=at, facts=facts)
    return package


@transaction.atomic
def fetch_police_package(*, package_id: UUID, by: Person, at: datetime) -> tuple[PolicePackage, bytes]:
    """The package and its bytes; that somebody fetched it is in the log. Raises NotFound, NotAllowed, FileDamaged."""
    package = queries.package_or_absent(package_id, person=loading.a_person(by), at=at)
    policies.check_can_hand_over(by, scope_id=package.scope_id, at=at)
    data = files.read(package.sha256)
    audit.record(events.POLICE_FETCHED, actor=by, scope=package.scope_id, target=package, at=at)
    return package, data


def _law_of(case: Case, *, at: datetime) -> str:
    """The legal reference of the case's rule as it holds now."""
    version = queries.version_in_force(case.rule, at=at) if case.rule else None
    return version.wording(packing.LANGUAGE).law if version else ""
