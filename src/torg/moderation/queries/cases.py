"""Whether anything can be removed, what many cases would be, and what somebody may read of a decision."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext as _

from torg import detectors
from torg.moderation.models import (
    Case,
    Involved,
    Passage,
)
from torg.moderation.queries.rules import rule_or_absent
from torg.moderation.words import CaseState
from torg.people import queries as people
from torg.people.models import Person

AROUND = ("item__thread__connection__presence", "item__post", "author", "rule", "claimed_by")
FEWEST = 2


def readable(text: str, *, may_open: bool) -> str:
    """What somebody has written in a decision, as this person may read it: personal data covered without the right."""
    return text if may_open else detectors.mask(text, detectors.run(text))


def why_not_removable(*, scope_id: UUID, at: datetime) -> str:
    """Why nothing can be deleted and nobody shut out here; empty when it can (strategy B3). For *I dag* as well."""
    if people.agreers(scope_id=scope_id, at=at).count() >= FEWEST:
        return ""
    return _(
        "Deletion and shutting out are not available: fewer than two people here may agree to them."
        " Name a deputy or a stand-in. You can still hide for now."
    )


@dataclass(frozen=True, slots=True)
class Previewed:
    """One case of a preview: whether it has a passage under the rule, and why it cannot be part of it (if so)."""

    case: Case
    has_passage: bool
    why_not: str


def preview(person: Person, case_ids: Collection[UUID], rule_id: UUID, *, at: datetime) -> list[Previewed]:
    """What `commands.propose_many` would concern, before anybody proposes it. Three queries, however many cases."""
    rule = rule_or_absent(rule_id)
    rows = Case.objects.visible_to(person, at=at).filter(public_id__in=case_ids).select_related(*AROUND)
    marked = Passage.objects.filter(case=OuterRef("pk"), rule=rule, version_number=F("case__item__version_count"))
    cases = rows.annotate(has_passage=Exists(marked)).order_by("opened_at", "id")
    mine = set(Involved.objects.filter(case__in=rows, person=person).values_list("case", flat=True))
    return [Previewed(case, case.has_passage, _why_not(case, person, mine, at)) for case in cases]


def _why_not(case: Case, person: Person, mine: Collection[int], at: datetime) -> str:
    if case.state != CaseState.OPEN:
        return str(CaseState(case.state).label)
    if case.pk in mine:
        return _("You must stay out of this case.")
    holder = case.held_by(at)
    if holder is not None and holder != person:
        return _("%(name)s is working on this case now.") % {"name": holder.name}
    return "" if case.item.text else _("There is no text, only a picture.")
