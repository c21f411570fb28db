"""Cases open: from the software's findings, from people, and where something was done outside."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import cast
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, QuerySet
from django.utils.translation import gettext as _

from torg.core.actors import Actor
from torg.core.errors import Invalid
from torg.dialogue.models import Item, PlatformState, StateChange
from torg.moderation import audit, events, evidence, loading, policies, suspecting
from torg.moderation.models import ENDED, Case, Report
from torg.moderation.words import FINDER, WATCH, Ground, Source
from torg.people.models import Person
from torg.triage.models import Finding

# Rows that were numbered early can be committed late: so far back each reading looks again.
OVERLAP = 5_000
LONGEST_REPORT = 2_000
EVIDENCE_AT_ONCE = 100
DONE_TO_IT = (PlatformState.HIDDEN_BY_US, PlatformState.REMOVED_BY_US)


@transaction.atomic
def open_case(
    *,
    item_id: UUID,
    source: Source = Source.OWN,
    ground: Ground | None = None,
    text: str = "",
    by: Person,
    at: datetime,
) -> Case:
    """Point out an item that may break a rule (melde til moderering); joins the case that is open already.

    Raises NotFound, NotAllowed for those who only read, Invalid for what we have written ourselves.
    """
    item = loading.item_or_absent(item_id, by=loading.a_person(by), at=at)
    policies.check_can_take_part(by, scope_id=item.scope_id, at=at)
    case = _case_of(item, source=source, ground=ground, by=by, at=at)
    _report(case, source=source, ground=ground, told={"text": text}, by=by, at=at)
    facts: dict[str, int | str] = {"source": source.value, "severity": case.severity}
    audit.record(events.CASE_OPENED, actor=by, scope=case.scope_id, target=case, at=at, facts=facts)
    return case


@transaction.atomic
def report_item(
    *,
    item_id: UUID,
    ground: Ground | None = None,
    text: str = "",
    contact: str = "",
    language: str = "nb",
    by: Actor,
    at: datetime,
) -> Report:
    """Take a citizen's word that an item breaks a rule (tips), through the public form or the API.

    Args:
        item_id: the item's public id.
        ground: what the citizen calls it.
        text: in their words, kept inside; at most 2,000 characters.
        contact: the e-mail address where they want to hear of the outcome; may be empty.
        language: the one in which they want to hear it.
        by: the rule or integration that received it.
        at: now.

    Raises NotFound, Invalid.
    """
    item = loading.item_or_absent(item_id, by=by, at=at)
    if len(text) > LONGEST_REPORT or "\x00" in text + contact:
        raise Invalid(_("Write at most 2,000 characters."), field="text")
    case = _case_of(item, source=Source.CITIZEN, ground=ground, by=None, at=at)
    told = {"text": text, "contact": contact, "language": language}
    report = _report(case, source=Source.CITIZEN, ground=ground, told=told, by=None, at=at)
    audit.record(events.REPORTED, actor=by, scope=case.scope_id, target=report, at=at)
    return report


@transaction.atomic
def open_from_findings(*, limit: int, at: datetime, by: Actor = FINDER) -> int:
    """Open cases for what triage has found since last time; returns how many cases were opened.

    A batch consumer: intake itself does nothing for moderation. An item whose case was dealt with after the finding
    is not opened again by it.
    """
    read_to = loading.reading_for_change("triage.finding")
    rows = Finding.objects.filter(pk__gt=read_to.read_to - OVERLAP).order_by("pk")
    handled = Case.objects.filter(item=OuterRef("item"), opened_at__gte=OuterRef("found_at"))
    is_open = Case.objects.filter(item=OuterRef("item")).exclude(state__in=ENDED)
    wanted = rows.filter(
        suspecting.raises_a_case(),
        is_current=True,
        item__is_own=False,
        item__is_history=False,
    )
    found = list(wanted.exclude(Exists(handled)).exclude(Exists(is_open))[:limit])
    cases = _open_found(found, at=at)
    # All that is of interest up to the last of a full batch has been read; beyond a batch that is not full, all.
    newest = found[-1].pk if len(found) == limit else rows.aggregate(newest=Max("pk"))["newest"] or 0
    if newest > read_to.read_to:
        read_to.read_to = newest
        read_to.save(update_fields=["read_to"])
    if cases:
        audit.record_batch(events.CASES_FOUND, actor=by, at=at, facts={"cases": len(cases), "findings": len(found)})
    return len(cases)


@transaction.atomic
def watch_outside(*, limit: int, at: datetime, by: Actor = WATCH) -> int:
    """Open a case for each item that was hidden or removed outside of us, to be assessed afterwards.

    A batch consumer; returns how many changes were new.
    """
    read_to = loading.reading_for_change("dialogue.statechange")
    rows = StateChange.objects.filter(pk__gt=read_to.read_to).order_by("pk")
    changes = list(rows.values_list("pk", "item", "to_state", "by_us")[:limit])
    if not changes:
        return 0
    wanted = {item for _, item, state, by_us in changes if item and state in DONE_TO_IT and not by_us}
    is_open = Case.objects.filter(item=OuterRef("pk")).exclude(state__in=ENDED)
    items = _items(Item.objects.filter(pk__in=wanted, is_own=False, is_placeholder=False).exclude(Exists(is_open)))
    cases = suspecting.open_cases(items, suspecting.suspicions(_findings(items)), source=Source.OUTSIDE, at=at)
    read_to.read_to = changes[-1][0]
    read_to.save(update_fields=["read_to"])
    facts = {"source": Source.OUTSIDE.value}
    for case in cases:
        audit.record(events.CASE_OPENED, actor=by, scope=case.scope_id, target=case, at=at, facts=facts)
    return len(changes)


@transaction.atomic
def take_evidence(*, limit: int, at: datetime, by: Actor = FINDER) -> int:
    """Take the evidence of cases that have just opened, before anybody acts; returns how many.

    A batch consumer: when somebody proposes on hundreds at once, it lies there already. What it has not reached is
    taken then.
    """
    cases = evidence.lacking(limit=min(limit, EVIDENCE_AT_ONCE))
    evidence.take(cases, by=by, at=at)
    if cases:
        audit.record_batch(events.EVIDENCE_TAKEN, actor=by, at=at, facts={"cases": len(cases)})
    return len(cases)


def _case_of(item: Item, *, source: Source, ground: Ground | None, by: Person | None, at: datetime) -> Case:
    """The item's open case, made if there is none; the item is locked, so that there is one."""
    if item.is_own:
        raise Invalid(_("We have written this ourselves; answer it or take it down where it was written."))
    case = Case.objects.filter(item=item).exclude(state__in=ENDED).first()
    if case is not None:
        return cast(Case, case)
    found = suspecting.suspicions(_findings([item]))
    return suspecting.open_cases([item], found, source=source, ground=ground, by=by, at=at)[0]


def _report(
    case: Case, *, source: Source, ground: Ground | None, told: Mapping[str, str], by: Person | None, at: datetime
) -> Report:
    return Report.objects.create(
        scope_id=case.scope_id,
        case=case,
        source=source,
        ground=ground or "",
        text=told["text"].strip(),
        reported_by=by,
        contact=told.get("contact", "").strip()[:254],
        language=told.get("language", ""),
        reported_at=at,
    )


def _findings(items: Sequence[Item]) -> list[Finding]:
    return list(Finding.objects.filter(item__in=items, is_current=True))


def _items(rows: QuerySet[Item]) -> list[Item]:
    return list(rows.select_related("thread__connection__presence__unit").order_by("pk"))


def _open_found(found: Sequence[Finding], *, at: datetime) -> list[Case]:
    """One case for each item, though several findings point at it; whoever else opens one at once waits for us."""
    by_item = suspecting.suspicions(found)
    locked = Item.objects.filter(pk__in=by_item).select_for_update(of=("self",))
    free = {item.pk for item in locked} - set(
        Case.objects.filter(item__in=by_item).exclude(state__in=ENDED).values_list("item", flat=True)
    )
    items = _items(Item.objects.filter(pk__in=free))
    whole = suspecting.suspicions(_findings(items))
    return suspecting.open_cases(items, whole, source=Source.TRIAGE, at=at)
