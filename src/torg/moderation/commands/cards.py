"""Cases open where a shared link leads to a blocked host: its card shows it, whatever the text says."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Min

from torg import detectors
from torg.core.actors import Actor
from torg.dialogue.models import Attachment, Item
from torg.moderation import audit, events, loading, queries, suspecting
from torg.moderation.models import ENDED, Case, Passage, Reading, RuleVersion
from torg.moderation.words import FINDER, CaseState, Ground, Source
from torg.triage import hosts
from torg.triage.models import Finding, FindingKind, HostChange
from torg.triage.types import REREAD_WITHIN

CARD = "link"
CODE = suspecting.RAISED_BY[FindingKind.LINK]
# Rows that were numbered early can be committed late: so far back each reading looks again.
OVERLAP = 500


@transaction.atomic
def open_from_cards(*, limit: int, at: datetime, by: Actor = FINDER) -> int:
    """Open cases for cards that lead to a blocked host (strategy F6); returns how many cards were read.

    A batch consumer. Lists that have changed are a new reading, which begins with the cards of the last weeks. A card
    is marked as a whole; one that somebody has been shown once, or whose item has been dealt with since, is not raised
    again. Where no rule touches links, the cards wait for one.
    """
    lists = hosts.current()
    touched = queries.rules_touched_by([FindingKind.LINK], at=at).get(FindingKind.LINK)
    if not lists.blocked or touched is None:
        return 0
    read_to = _reading(lists.version, at=at)
    shown = Passage.objects.filter(finding_code=CODE, attachment__isnull=False).values("attachment")
    rows = Attachment.objects.filter(received_at__gte=at - REREAD_WITHIN, kind=CARD).exclude(pk__in=shown)
    rows = rows.filter(item__is_own=False, item__is_history=False).order_by("pk")
    late = rows.filter(pk__gt=read_to.read_to - OVERLAP, pk__lte=read_to.read_to)
    fresh = list(rows.filter(pk__gt=read_to.read_to)[:limit])
    blocked = {card: host for card in [*late, *fresh] if (host := _blocked(card, lists))}
    cases = _raise(blocked, touched, since=_listed_at(lists.version), at=at)
    if fresh:
        read_to.read_to = fresh[-1].pk
        read_to.save(update_fields=["read_to"])
    if cases:
        audit.record_batch(events.CASES_FOUND, actor=by, at=at, facts={"cases": cases, "cards": len(blocked)})
    return len(fresh)


def _reading(version: str, *, at: datetime) -> Reading:
    """How far cards have been held against these lists; what was read against earlier ones is forgotten."""
    name = f"cards:{UUID(version).hex}"
    if not Reading.objects.filter(name=name).exists():
        Reading.objects.filter(name__startswith="cards:").delete()
        lately = Attachment.objects.filter(received_at__gte=at - REREAD_WITHIN).aggregate(first=Min("pk"))
        Reading.objects.get_or_create(name=name, defaults={"read_to": (lately["first"] or 1) - 1})
    return loading.reading_for_change(name)


def _blocked(card: Attachment, lists: detectors.HostLists) -> str:
    """The blocked host to which the card leads, empty when it leads to none."""
    leads_to = (lists.first_blocked(link.hosts) for link in detectors.links_in(card.url, lists))
    return next(filter(None, leads_to), "")


def _listed_at(version: str) -> datetime:
    """When the lists became as they are."""
    return HostChange.objects.values_list("made_at", flat=True).get(public_id=version)


def _raise(blocked: dict[Attachment, str], touched: RuleVersion, *, since: datetime, at: datetime) -> int:
    """A case for each item, the open one where there is one, with its cards marked; returns how many cases."""
    by_item: dict[int, list[Attachment]] = defaultdict(list)
    for card in blocked:
        by_item[card.item_id].append(card)
    came_at = {item: max(since, *(card.received_at for card in cards)) for item, cards in by_item.items()}
    cases = _cases(came_at, at=at)
    Passage.objects.bulk_create(
        Passage(
            case=case,
            version_number=case.item.version_count,
            start=0,
            end=0,
            attachment=card,
            rule=touched.rule,
            ground=Ground.HARMFUL_LINK,
            finding_kind=FindingKind.LINK,
            finding_code=CODE,
            finding_params={"host": blocked[card]},
            marked_at=at,
        )
        for case in cases
        for card in by_item[case.item_id]
    )
    return len(cases)


def _cases(came_at: Mapping[int, datetime], *, at: datetime) -> Sequence[Case]:
    """The open cases of these items, made where there is none; the items are locked, so that there is one of each.

    `came_at` tells when something new came up about each: what was dealt with after that is left alone.
    """
    rows = Item.objects.filter(pk__in=came_at).select_related("thread__connection__presence__unit")
    locked = list(rows.select_for_update(of=("self",)).order_by("pk"))
    cases = list(Case.objects.filter(item__in=locked).select_related("item"))
    known = {case.item_id: case for case in cases if case.state not in ENDED}
    handled = {case.item_id for case in cases if case.opened_at >= came_at[case.item_id]}
    free = [item for item in locked if item.pk not in {*known, *handled}]
    findings = suspecting.suspicions(Finding.objects.filter(item__in=free, is_current=True))
    found = [
        *suspecting.open_cases([item for item in free if item.pk in findings], findings, source=Source.TRIAGE, at=at),
        *suspecting.open_cases(
            [item for item in free if item.pk not in findings],
            {},
            source=Source.TRIAGE,
            ground=Ground.HARMFUL_LINK,
            at=at,
        ),
    ]
    # What two people have begun to decide is not changed under their hands.
    waiting = [case for case in known.values() if case.state == CaseState.OPEN]
    for case in waiting:
        case.bump()
    return [*found, *waiting]
