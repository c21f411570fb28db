"""The moderation queue with its frame: rows as they are read, views with counts, and what one can narrow by."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Exists, F
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from torg.desk.queries.counting import counted, listed
from torg.detectors import Kind
from torg.detectors.types import SENSITIVE, SUGGESTS_A_BREACH
from torg.dialogue.models import Attachment, Item
from torg.moderation import queries as moderation
from torg.moderation.attached import Attached, attached_as
from torg.moderation.models import Case, Passage, RuleVersion
from torg.moderation.queries import CaseFilters, View
from torg.moderation.words import Gravity, Ground, Source
from torg.people import queries as people
from torg.people.models import Person
from torg.people.types import Permission
from torg.registry.models import Presence
from torg.triage import explanations
from torg.triage import queries as triage
from torg.triage.types import Explained, Segment

MOST = 100
# What an item can carry beside its text that is an address and no file.
LINK_KINDS = frozenset({"link"})
# What the software sees that can touch a rule; the rest is of no matter here.
TOUCHING = SUGGESTS_A_BREACH | SENSITIVE | {Kind.LINK}
ICONS = {
    View.OPEN: "inbox",
    View.MINE: "person",
    View.TO_ANSWER: "people",
    View.HIDDEN: "mask",
    View.CARRYING: "send",
    View.ENDED: "archive",
}


@dataclass(frozen=True, slots=True)
class Marked:
    """A passage with the rule that it touches and why; `rule` is empty where the rule holds no more."""

    passage: Passage
    rule: str
    why: str

    @property
    def attached(self) -> Attached | None:
        """What is marked where it is not words."""
        return attached_as(self.passage.attachment.kind) if self.passage.attachment else None


@dataclass(frozen=True, slots=True)
class Row:
    """One case as the queue shows it."""

    case: Case
    segments: Sequence[Segment]
    marked: Sequence[Marked]
    is_gross: bool
    holder: Person | None


@dataclass(frozen=True, slots=True)
class Shelf:
    """One view on the shelf to the left."""

    name: str | Promise
    address: str
    icon: str
    count: str = ""
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class Chip:
    """One thing that narrows, and the address without it."""

    name: str
    value: str
    without: str


@dataclass(frozen=True, slots=True)
class Frame:
    """All around the list."""

    title: str
    views: Sequence[Shelf]
    chips: Sequence[Chip]
    presences: Sequence[Mapping[str, str]]
    may_propose: bool
    complaints: int
    why_not_removable: str
    viewing: Mapping[str, bool]


def rows(cases: Sequence[Case], *, at: datetime) -> list[Row]:
    """The cases as rows. Four queries for all."""
    marked = marked_in(cases, moderation.rules_in_force(at))
    segments = segments_of(cases, marked)
    return [
        Row(
            case=case,
            segments=segments[case.item_id],
            marked=marked[case.pk],
            is_gross=is_gross(segments[case.item_id]),
            holder=case.claimed_by if case.claimed_until and case.claimed_until > at else None,
        )
        for case in cases
    ]


def marked_in(cases: Sequence[Case], rules: Sequence[RuleVersion]) -> dict[int, list[Marked]]:
    """The passages of each case in the wording that stands now, by case, under the rules that hold. One query."""
    language = get_language() or "nb"
    versions = {version.rule_id: version for version in rules}
    standing = {case.pk: case.item.version_count for case in cases}
    found: dict[int, list[Marked]] = defaultdict(list)
    for passage in (
        Passage.objects.filter(case__in=standing)
        .select_related("rule", "marked_by", "attachment")
        .order_by("start", "pk")
    ):
        if passage.version_number == standing[passage.case_id]:
            why = _why(passage)
            found[passage.case_id].append(Marked(passage, _titled(versions.get(passage.rule_id), language), why))
    return found


def segments_of(cases: Sequence[Case], marked: Mapping[int, Sequence[Marked]]) -> dict[int, list[Segment]]:
    """Each item's text with what was found and what people have marked, by item."""
    by_hand = {
        case.item_id: [
            Explained(None, each.rule, each.rule, each.passage.start, each.passage.end, 1.0, False)
            for each in marked.get(case.pk, ())
            if each.passage.end > each.passage.start
        ]
        for case in cases
    }
    read = triage.reading([case.item for case in cases])
    return {
        case.item_id: [_relevant(segment) for segment in read.segments(case.item, marked=by_hand[case.item_id])]
        for case in cases
    }


def links_of(
    items: Mapping[Item, Iterable[Attachment]], texts: Mapping[int, str]
) -> Mapping[int, Sequence[triage.ShownLink]]:
    """The links of each item, in its text and beside it, laid open before anybody opens one."""
    beside = {item.pk: [file.url for file in files if file.kind in LINK_KINDS] for item, files in items.items()}
    return triage.links_in({key: [texts[key], *urls] for key, urls in beside.items()})


def is_gross(segments: Sequence[Segment]) -> bool:
    """Whether the software sees something in it that some want folded."""
    return any(mark.kind in moderation.GROSS for segment in segments for mark in segment.marks)


def address(filters: CaseFilters, **more: str) -> str:
    """The queue's address with these filters."""
    return f"?{urlencode({**filters.as_query(), **more})}"


def frame(person: Person, filters: CaseFilters, *, scopes: Sequence[UUID], at: datetime) -> Frame:
    """What stands around the list of the cases in these scopes, in one statement."""
    counts = {
        f"count_{view.value.lower()}": counted(
            moderation.narrowed(person, CaseFilters(view), at=at).filter(scope_id__in=scopes), most=MOST
        )
        for view in View
        if view != View.ENDED
    }
    first = scopes[0] if scopes else None
    presences = Presence.objects.filter(scope_id__in=scopes, closed_at=None).order_by("name")
    found = (
        Person.objects.filter(pk=person.pk)
        .values(
            **counts,
            presences=listed(presences, id="public_id", name="name"),
            may_propose=Exists(people.scopes_for(person, Permission.HANDLE, at=at)),
            open_complaints=counted(moderation.open_complaints(person, at=at), most=MOST),
            agreers=counted(people.agreers(scope_id=first, at=at), most=2),
            folds=F("viewing__folds_gross_text"),
        )
        .get()
    )
    # Somebody who sees no page has none to narrow by: Django does not even ask.
    presences_seen = found["presences"] or []
    names = {row["id"]: row["name"] for row in presences_seen}
    return Frame(
        title=str(filters.view.label),
        views=[_shelf(view, found, filters) for view in View],
        chips=[
            Chip(_words()[name], _told(name, value, names), address(filters.without(name)))
            for name, value in filters.chosen().items()
        ],
        presences=presences_seen,
        may_propose=found["may_propose"],
        complaints=found["open_complaints"],
        why_not_removable=moderation.why_not_removable(scope_id=first, at=at) if first and found["agreers"] < 2 else "",
        viewing={"folds_gross_text": bool(found["folds"])},
    )


def _relevant(segment: Segment) -> Segment:
    """Without marks that touch no rule, such as that it is a question: here they would only accuse."""
    return replace(segment, marks=tuple(mark for mark in segment.marks if mark.kind is None or mark.kind in TOUCHING))


def _why(passage: Passage) -> str:
    if passage.finding_code:
        return explanations.sentence(passage.finding_code, passage.finding_params)
    if passage.marked_by is not None:
        return _("Marked by %s.") % passage.marked_by.name
    return ""


def _titled(version: RuleVersion | None, language: str) -> str:
    return f"{version.rule.number}. {version.wording(language).title}" if version else ""


def _shelf(view: View, found: Mapping[str, Any], filters: CaseFilters) -> Shelf:
    count = found.get(f"count_{view.value.lower()}")
    told = "" if count is None else "99+" if count >= MOST else str(count)
    return Shelf(view.label, address(CaseFilters(view)), ICONS[view], told, filters.view == view)


def _told(name: str, value: str, presences: Mapping[str, str]) -> str:
    return {
        "ground": lambda: str(Ground(value).label),
        "source": lambda: str(Source(value).label),
        "severity": lambda: str(Gravity(int(value)).label),
        "presence": lambda: presences.get(value, value),
        "post": lambda: _("the one that you chose"),
    }[name]()


def _words() -> dict[str, str]:
    words = {"ground": _("Ground"), "source": _("Pointed out by"), "severity": _("Severity"), "presence": _("Page")}
    return words | {"post": _("Under the post")}
