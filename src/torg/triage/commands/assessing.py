"""Looking through what has arrived, looking again with newer detectors, and opening what is masked."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from torg import detectors
from torg.audit import commands as audit
from torg.core.actors import Actor
from torg.core.errors import NotFound
from torg.detectors import HostLists, Kind
from torg.dialogue.models import Item, ItemVersion
from torg.dialogue.types import Absorbed, What
from torg.people import policies
from torg.people import queries as people
from torg.people.models import Person
from torg.people.types import Permission
from torg.triage import events, hosts, keeping, readings, urgency
from torg.triage.models import Finding, HostWay, ItemAssessment, ListedHost
from torg.triage.readings import Reading
from torg.triage.types import REREAD_WITHIN, Assessment

HAS_NEW_TEXT = {What.NEW, What.EDITED}


@transaction.atomic
def assess(
    *, absorbed: Sequence[Absorbed], by: Actor, at: datetime, read: Mapping[str, Reading] | None = None
) -> dict[int, Assessment]:
    """Look through the items of a batch that have new text; returns what was found, by item id.

    Items whose text did not change (removed, hidden, already read) are left out of the answer.

    Args:
        absorbed: what the batch has changed.
        by: the rule that acts.
        at: now.
        read: texts that have been looked through already.
    """
    changed = {
        entry.item_id: entry.item for entry in absorbed if entry.what in HAS_NEW_TEXT or entry.item.masked_text is None
    }
    found = _assess(changed.values(), read or {})
    _keep(list(changed.values()), found, at=at)
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
    found = _assess(items, {})
    _keep(items, found, at=at, is_again=True, all_versions=True)
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
    )
    return item


@transaction.atomic
def reread_links(*, change_id: UUID, before: int | None, limit: int, by: Actor, at: datetime) -> int | None:
    """Hold items of the last weeks against the lists as they are now; returns where to go on, None when it is done.

    Looks at those in which a link was found, and at those that name a host which has just been listed by hand. What
    has not changed is left alone.

    Args:
        change_id: the change of the lists that asks for it.
        before: only items with a lower key; None begins with the newest.
        limit: at most so many at a time.
        by: the rule that acts.
        at: now.
    """
    rows = Item.objects.filter(_may_link(change_id), received_at__gte=at - REREAD_WITHIN, is_own=False)
    rows = rows.filter(pk__lt=before) if before is not None else rows
    items = list(rows.order_by("-id").select_for_update(of=("self",), skip_locked=True)[:limit])
    found = _assess(items, {})
    changed = _whose_links_differ(items, found)
    _keep(changed, {item.id: found[item.id] for item in changed}, at=at, is_again=True)
    if changed:
        facts = _counts(found[item.id] for item in changed)
        audit.record_batch(events.LINKS_REREAD, actor=by, at=at, facts=facts)
    return items[-1].pk if len(items) == limit else None


def _may_link(change_id: UUID) -> Q:
    links = Finding.objects.filter(item=OuterRef("pk"), kind=Kind.LINK, is_current=True)
    wanted = Q(Exists(links))
    named = ListedHost.objects.filter(listed_in__public_id=change_id, listed_in__way=HostWay.BY_HAND)
    for name in named.values_list("name", flat=True):
        wanted |= Q(text__icontains=name)
    return wanted


def _whose_links_differ(items: Sequence[Item], found: Mapping[int, Assessment]) -> list[Item]:
    known: dict[int, set[tuple[int, int, str]]] = {item.id: set() for item in items}
    rows = Finding.objects.filter(item__in=known, kind=Kind.LINK, is_current=True)
    for item_id, start, end, code in rows.values_list("item_id", "start", "end", "code"):
        known[item_id].add((start, end, code))
    return [item for item in items if known[item.id] != _links_of(found[item.id])]


def _links_of(assessment: Assessment) -> set[tuple[int, int, str]]:
    return {(each.start, each.end, each.code) for each in assessment.findings if each.kind is Kind.LINK}


def _assess(items: Iterable[Item], read: Mapping[str, Reading]) -> dict[int, Assessment]:
    lists = hosts.current()
    return {item.id: urgency.assess(item.id, _reading_of(item.text, read, lists), is_own=item.is_own) for item in items}


def _reading_of(text: str, read: Mapping[str, Reading], lists: HostLists) -> Reading:
    """What was read beforehand, unless the lists have changed since."""
    known = read.get(text)
    return known if known is not None and known.lists_version == lists.version else readings.read(text, lists)


def _keep(
    items: Sequence[Item],
    found: Mapping[int, Assessment],
    *,
    at: datetime,
    is_again: bool = False,
    all_versions: bool = False,
) -> None:
    if not items:
        return
    # What somebody has dealt with is not news because the text was looked through again.
    known = keeping.first_found(items) if is_again else {}
    keeping.replace_findings(items, found, known=known, at=at)
    keeping.write_outcomes(items, found, at=at)
    # What was absorbed together with its mask is not written a second time.
    to_mask = [item for item in items if all_versions or item.masked_text != found[item.id].masked_text]
    keeping.mask_items([found[item.id] for item in to_mask])
    keeping.mask_versions(_masked_versions(to_mask, found, all_versions=all_versions))
    for item in items:
        item.masked_text = found[item.id].masked_text


def _masked_versions(
    items: Sequence[Item], found: Mapping[int, Assessment], *, all_versions: bool
) -> list[tuple[int, datetime, str]]:
    if not items:
        return []
    current = {item.id: item.text for item in items}
    versions = ItemVersion.objects.filter(item_id__in=current)
    if not all_versions:
        versions = versions.filter(masked_text=None)
    return [
        (key, received_at, found[item_id].masked_text if text == current[item_id] else readings.read(text).masked_text)
        for key, received_at, item_id, text in versions.values_list("id", "received_at", "item_id", "text")
    ]


def _counts(found: Iterable[Assessment]) -> dict[str, int | str]:
    counted = list(found)
    return {
        "items": len(counted),
        "sensitive": sum(assessment.is_sensitive for assessment in counted),
        "danger": sum(assessment.is_danger for assessment in counted),
    }
