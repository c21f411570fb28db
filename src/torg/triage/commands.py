"""Looking through what has arrived, looking again with newer detectors, and opening what is masked."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from torg import detectors
from torg.audit import commands as audit
from torg.core.actors import Actor
from torg.core.errors import NotFound
from torg.dialogue.models import Item, ItemVersion
from torg.dialogue.types import Absorbed, What
from torg.people import policies
from torg.people import queries as people
from torg.people.models import Person, Scope
from torg.people.types import Permission
from torg.triage import events, masks, urgency
from torg.triage.models import Finding, FindingKind, ItemAssessment
from torg.triage.types import Assessment

HAS_NEW_TEXT = {What.NEW, What.EDITED}
OUTCOME = (
    "scope_id",
    "version_number",
    "detectors_version",
    "urgency",
    "is_question",
    "is_sensitive",
    "is_danger",
    "language",
    "assessed_at",
)


@transaction.atomic
def assess(*, absorbed: Sequence[Absorbed], by: Actor, at: datetime) -> dict[int, Assessment]:
    """Look through the items of a batch that have new text; returns what was found, by item id.

    Items whose text did not change (removed, hidden, already read) are left out of the answer.
    """
    changed = {
        entry.item_id: entry.item for entry in absorbed if entry.what in HAS_NEW_TEXT or entry.item.masked_text is None
    }
    found = _assess_and_keep(list(changed.values()), at=at)
    if found:
        audit.record_batch(events.BATCH_ASSESSED, actor=by, at=at, facts=_counts(found.values()))
    return found


@transaction.atomic
def rerun(*, by: Actor, at: datetime, limit: int = 500) -> int:
    """Look again at up to `limit` items that other detectors than today's have read; returns how many it was.

    Earlier findings are kept as no longer current. Call again until it returns 0.
    """
    up_to_date = ItemAssessment.objects.filter(item_id=OuterRef("pk"), detectors_version=detectors.VERSION)
    outdated = Item.objects.filter(~Exists(up_to_date)).order_by("-id")
    items = list(outdated.select_for_update(of=("self",), skip_locked=True)[:limit])
    found = _assess_and_keep(items, at=at, all_versions=True)
    if found:
        audit.record_batch(events.BATCH_REASSESSED, actor=by, at=at, facts=_counts(found.values()))
    return len(items)


@transaction.atomic
def open_sensitive(*, item_id: UUID, by: Actor, at: datetime) -> Item:
    """Open an item's full text for somebody who may see it (innsyn i skjermet tekst); the log says who and when.

    Raises NotFound when there is no such item for this person, NotAllowed without the right to open masked text.
    """
    item: Item | None = Item.objects.visible_to(by, at=at).filter(public_id=item_id).first()
    if item is None:
        raise NotFound(_("There is no such item here."))
    policies.check_may(by, Permission.OPEN_SENSITIVE, scope_id=item.scope_id, at=at)
    role = people.role_in(by, item.scope_id, at=at) if isinstance(by, Person) else ""
    audit.record(
        events.TEXT_OPENED,
        actor=by,
        scope=item.scope_id,
        target=item,
        at=at,
        facts={"role": role} if role else {},
        is_sealed=Scope.objects.filter(id=item.scope_id, is_secret=True).exists(),
    )
    return item


def _assess_and_keep(items: Sequence[Item], *, at: datetime, all_versions: bool = False) -> dict[int, Assessment]:
    if not items:
        return {}
    found = {item.id: urgency.assess(item.id, item.text, is_own=item.is_own) for item in items}
    Finding.objects.filter(item_id__in=found, is_current=True).update(is_current=False)
    Finding.objects.bulk_create(_finding_rows(items, found, at), batch_size=2000)
    ItemAssessment.objects.bulk_create(
        [_outcome_row(item, found[item.id], at) for item in items],
        update_conflicts=True,
        unique_fields=["item"],
        update_fields=OUTCOME,
    )
    _mask(items, found, all_versions=all_versions)
    return found


def _finding_rows(items: Iterable[Item], found: dict[int, Assessment], at: datetime) -> list[Finding]:
    return [
        Finding(
            item_id=item.id,
            scope_id=item.scope_id,
            version_number=item.version_count,
            kind=FindingKind(finding.kind.value),
            code=finding.code,
            params=dict(finding.params),
            start=finding.start,
            end=finding.end,
            score=finding.score,
            is_sensitive=finding.is_sensitive,
            detector=finding.detector,
            detector_version=finding.version,
            found_at=at,
        )
        for item in items
        for finding in found[item.id].findings
    ]


def _outcome_row(item: Item, assessment: Assessment, at: datetime) -> ItemAssessment:
    return ItemAssessment(
        item_id=item.id,
        scope_id=item.scope_id,
        version_number=item.version_count,
        detectors_version=detectors.VERSION,
        urgency=assessment.urgency,
        is_question=assessment.is_question,
        is_sensitive=assessment.is_sensitive,
        is_danger=assessment.is_danger,
        language=assessment.language,
        assessed_at=at,
    )


def _mask(items: Sequence[Item], found: dict[int, Assessment], *, all_versions: bool) -> None:
    for item in items:
        item.masked_text = found[item.id].masked_text
    masks.write_to_items({item.id: found[item.id].masked_text for item in items})
    current = {item.id: item.text for item in items}
    versions = ItemVersion.objects.filter(item_id__in=found)
    if not all_versions:
        versions = versions.filter(masked_text=None)
    rows = []
    for key, received_at, item_id, text in versions.values_list("id", "received_at", "item_id", "text"):
        is_same = text == current[item_id]
        masked = found[item_id].masked_text if is_same else detectors.mask(text, detectors.run(text))
        rows.append((key, received_at, masked))
    masks.write_to_versions(rows)


def _counts(found: Iterable[Assessment]) -> dict[str, int | str]:
    counted = list(found)
    return {
        "items": len(counted),
        "sensitive": sum(assessment.is_sensitive for assessment in counted),
        "danger": sum(assessment.is_danger for assessment in counted),
    }
