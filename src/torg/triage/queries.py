"""What was found in items, as people read it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from torg import detectors
from torg.detectors import Kind
from torg.detectors.masking import COVER
from torg.dialogue.models import Item
from torg.triage import explanations, urgency
from torg.triage.models import Finding, FindingKind, ItemAssessment
from torg.triage.types import Explained, Reason, Segment

# Of a text that is all findings, nobody reads more than this many explanations.
MOST_MARKS = 100
CONCERNS_THE_WHOLE = {Kind.LANGUAGE}


def findings_of(item: Item) -> list[Explained]:
    """The current findings in the item, in the order of the text, each with its sentence."""
    return findings_for([item])[item.id]


def findings_for(items: Iterable[Item]) -> dict[int, list[Explained]]:
    """The same for several items, by item id. One query for all."""
    found: dict[int, list[Explained]] = {item.id: [] for item in items}
    for row in Finding.objects.filter(item_id__in=found, is_current=True).order_by("start", "end", "id"):
        found[row.item_id].append(_explained(row))
    return found


def reasons_for(items: Iterable[Item]) -> dict[int, list[tuple[Reason, str]]]:
    """Why each item is urgent, by item id: the reason with its points, and its sentence. One query for all."""
    wanted = [item.id for item in items if not item.is_own]
    by_item: dict[int, list[detectors.Finding]] = defaultdict(list)
    for row in Finding.objects.filter(item_id__in=wanted, is_current=True):
        by_item[row.item_id].append(_as_found(row))
    return {
        item_id: [(reason, explanations.sentence(reason.code, reason.params)) for reason in urgency.reasons_of(found)]
        for item_id, found in by_item.items()
    }


def segments_of(item: Item, *, is_opened: bool = False) -> list[Segment]:
    """The item's text in pieces for `triage/parts/findings.html`: what is found marked, what is sensitive covered.

    With `is_opened` nothing is covered: only after `commands.open_sensitive`. A text that triage has not read yet
    is covered whole.
    """
    found = findings_of(item)
    if is_opened:
        return _cut(item.text, [], found)
    return _covered(item, found) if _are_read([item]) else _unread(item)


def segments_for(items: Sequence[Item]) -> dict[int, list[Segment]]:
    """The same for several items, by item id, none of them opened. Three queries for all."""
    found, read = findings_for(items), _are_read(items)
    _read_texts(items)
    return {item.id: _covered(item, found[item.id]) if item.id in read else _unread(item) for item in items}


def _read_texts(items: Sequence[Item]) -> None:
    """Pages load items without their text; here all that are wanted are read at once."""
    wanted = [item for item in items if "text" in item.get_deferred_fields()]
    texts = dict(Item.objects.filter(pk__in=[item.pk for item in wanted]).values_list("pk", "text"))
    for item in wanted:
        item.text = texts[item.pk]


def _are_read(items: Sequence[Item]) -> set[int]:
    versions = {item.id: item.version_count for item in items}
    rows = ItemAssessment.objects.filter(item_id__in=versions).values_list("item_id", "version_number")
    return {item_id for item_id, number in rows if versions[item_id] == number}


def _unread(item: Item) -> list[Segment]:
    return [Segment(COVER, is_covered=True)] if item.text else []


def _covered(item: Item, found: list[Explained]) -> list[Segment]:
    return _cut(item.text, _joined((f.start, f.end) for f in found if f.kind in detectors.MASKED), found)


def _cut(text: str, covers: list[tuple[int, int]], found: list[Explained]) -> list[Segment]:
    marks = [finding for finding in found if finding.kind not in CONCERNS_THE_WHOLE][:MOST_MARKS]
    edges = {0, len(text), *(edge for cover in covers for edge in cover)}
    edges |= {edge for mark in marks for edge in (mark.start, mark.end)}
    begins = dict(covers)
    segments, covered_to = [], 0
    for start, end in pairwise(sorted(edge for edge in edges if edge <= len(text))):
        if start in begins:
            covered_to = begins[start]
            inside = tuple(mark for mark in marks if start <= mark.start and mark.end <= covered_to)
            segments.append(Segment(COVER, inside, is_covered=True))
        elif start >= covered_to:
            over = tuple(mark for mark in marks if mark.start <= start and end <= mark.end)
            segments.append(Segment(text[start:end], over))
    return segments


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    whole: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if whole and start < whole[-1][1]:
            whole[-1] = (whole[-1][0], max(whole[-1][1], end))
        else:
            whole.append((start, end))
    return whole


def _explained(row: Finding) -> Explained:
    return Explained(
        kind=Kind(row.kind),
        label=str(FindingKind(row.kind).label),
        sentence=explanations.sentence(row.code, row.params),
        start=row.start,
        end=row.end,
        score=row.score,
        is_sensitive=row.is_sensitive,
    )


def _as_found(row: Finding) -> detectors.Finding:
    return detectors.Finding(
        Kind(row.kind), row.start, row.end, row.score, row.code, row.detector, row.detector_version, row.params
    )
