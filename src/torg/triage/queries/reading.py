"""What was found in items, as people read it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise

from torg import detectors
from torg.detectors import Kind
from torg.detectors.masking import COVER
from torg.dialogue.models import Item
from torg.triage import explanations, urgency
from torg.triage.models import Finding, FindingKind
from torg.triage.types import Explained, Reason, Segment

# Of a text that is all findings, nobody reads more than this many explanations.
MOST_MARKS = 100
CONCERNS_THE_WHOLE = {Kind.LANGUAGE}


@dataclass(frozen=True, slots=True)
class Reading:
    """Several items with what was found in them. Their full text stands in no item: only pieces of it are handed out.

    Attributes:
        rows: the current findings by item id, in the order of the text.
        texts: the items' full texts, by item id.
        read: ids of the items whose newest wording triage has read.
    """

    rows: Mapping[int, Sequence[Finding]]
    texts: Mapping[int, str]
    read: Set[int]

    def findings(self, item: Item) -> list[Explained]:
        """What was found in the item, each with its sentence."""
        return [_explained(row) for row in self.rows.get(item.id, ())]

    def segments(self, item: Item, *, is_opened: bool = False, marked: Sequence[Explained] = ()) -> list[Segment]:
        """The item's text in pieces for `triage/parts/findings.html`: what is found marked, what is sensitive covered.

        With `is_opened` nothing is covered: only after `commands.open_sensitive`. A text that triage has not read yet
        is covered whole. `marked` are passages that people have marked; what is sensitive in them stays covered.
        """
        text, found = self.texts[item.id], [*self.findings(item), *marked]
        if is_opened:
            return _cut(text, [], found)
        if item.id not in self.read:
            return [Segment(COVER, is_covered=True)] if text else []
        return _cut(text, _joined((f.start, f.end) for f in found if f.kind in detectors.MASKED), found)

    def reasons(self, item: Item) -> list[tuple[Reason, str]]:
        """Why the item is urgent: each reason with its points, and its sentence."""
        found = [_as_found(row) for row in self.rows.get(item.id, ())]
        return [(reason, explanations.sentence(reason.code, reason.params)) for reason in urgency.reasons_of(found)]


def reading(items: Iterable[Item]) -> Reading:
    """The items as people may read them. Two queries for all."""
    versions = {item.id: item.version_count for item in items}
    rows: dict[int, list[Finding]] = defaultdict(list)
    for row in Finding.objects.filter(item_id__in=versions, is_current=True).order_by("start", "end", "id"):
        rows[row.item_id].append(row)
    told = Item.objects.filter(pk__in=versions).values_list("pk", "text", "assessment__version_number")
    texts = {item_id: (text, number) for item_id, text, number in told}
    return Reading(
        rows=rows,
        texts={item_id: text for item_id, (text, _number) in texts.items()},
        read={item_id for item_id, (_text, number) in texts.items() if number == versions[item_id]},
    )


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
