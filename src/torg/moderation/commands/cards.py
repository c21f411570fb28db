"""Cases open where a shared link leads to a blocked host: its card shows it, whatever the text says."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Min, QuerySet

from torg import detectors
from torg.core.actors import Actor
from torg.dialogue.models import Attachment, Item
from torg.moderation import audit, events, loading, queries, suspecting
from torg.moderation.models import ENDED, Case, Passage, Reading
from torg.moderation.words import FINDER, CaseState, Ground, Source
from torg.triage import hosts
from torg.triage.models import Finding, FindingKind

CARD = "link"
CODE = suspecting.RAISED_BY[FindingKind.LINK]
# Rows that were numbered early can be committed late: so far back each reading looks again.
OVERLAP = 500
# As far back as texts are held against lists that have changed.
REREAD_WITHIN = timedelta(days=60)


@transaction.atomic
def open_from_cards(*, limit: int, at: datetime, by: Actor = FINDER) -> int:
    """Open cases for cards that lead to a blocked host (strategy F6); returns how many cards were read.

    A batch consumer. Lists that have changed are a new reading, which begins with the cards of the last weeks. A card
    is marked as a whole; one that somebody has been shown once is not raised again.
    """
    lists = hosts.current()
    if not lists.blocked:
        return 0
    read_to = _reading(lists.version, at=at)
    shown = Passage.objects.filter(finding_code=CODE, attachment__isnull=False).values("attachment")
    rows = Attachment.objects.filter(pk__gt=read_to.read_to - OVERLAP, received_at__gte=at - REREAD_WITHIN, kind=CARD)
    cards = list(rows.filter(item__is_own=False, item__is_history=False).exclude(pk__in=shown).order_by("pk")[:limit])
    fresh = [card for card in cards if card.pk > read_to.read_to]
    blocked = {card: host for card in cards if (host := _blocked(card, lists))}
    cases = _raise(blocked, at=at)
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


def _raise(blocked: dict[Attachment, str], *, at: datetime) -> int:
    """A case for each item, the open one where there is one, with its cards marked; returns how many cases."""
    by_item: dict[int, list[Attachment]] = defaultdict(list)
    for card in blocked:
        by_item[card.item_id].append(card)
    cases = _cases(Item.objects.filter(pk__in=by_item), at=at)
    touched = queries.rules_touched_by(suspecting.GROUND_OF, at=at).get(FindingKind.LINK)
    if touched is not None:
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


def _cases(rows: QuerySet[Item], *, at: datetime) -> Sequence[Case]:
    """The open cases of these items, made where there is none; the items are locked, so that there is one of each."""
    locked = list(rows.select_for_update(of=("self",)).select_related("thread__connection__presence__unit"))
    standing = Case.objects.filter(item__in=locked).exclude(state__in=ENDED).select_related("item")
    known = {case.item_id: case for case in standing}
    free = [item for item in locked if item.pk not in known]
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
