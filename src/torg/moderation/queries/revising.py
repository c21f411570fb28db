"""A proposal as it can be changed, and what one version changed in the one before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from torg.core.errors import NotFound
from torg.moderation.models import Case, Proposal, Target
from torg.moderation.queries.cases import readable
from torg.moderation.types import LANGUAGE_NAMES
from torg.moderation.words import CaseState, Ground, Measure, NoNotice, Step, Suggestion
from torg.people.models import Person

MOST_OTHERS = 50
# What somebody wrote, in which the text itself can be quoted.
OWN_WORDS = ("reason", "no_notice_detail")
DAYS = ("ends_on", "review_on")
# What nothing chosen means.
UNCHOSEN: dict[str, Promise] = {
    "sanction": _("Nothing more"),
    "no_notice": _("Send it"),
    "language": _("As the author writes"),
}
# What a version can say otherwise, in the order in which it is told.
LABELS: dict[str, Promise] = {
    "measure": _("Measure"),
    "ground": _("Ground"),
    "reason": _("Why"),
    "considered": _("Milder measures that are not enough"),
    "sanction": _("What follows for the author"),
    "ends_on": _("Until"),
    "review_on": _("Look at it again on"),
    "no_notice": _("Notice to the author"),
    "no_notice_detail": _("Why no notice, or how the author was told"),
    "language": _("Language of the notice"),
}
SAYS = tuple(LABELS)


@dataclass(frozen=True, slots=True)
class Changed:
    """One thing that a version says otherwise."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What a version changed in the one before: what it says, and which texts it concerns."""

    says: Sequence[Changed]
    taken_out: Sequence[Case]
    added: Sequence[Case]


def suggestion_of(proposal: Proposal) -> Suggestion:
    """What a proposal says, to begin the next version from."""
    return Suggestion(
        ground=Ground(proposal.ground),
        measure=Measure(proposal.measure),
        reason=proposal.reason,
        considered=[Measure(each) for each in proposal.considered],
        is_impartial=proposal.is_impartial,
        sanction=Step(proposal.sanction) if proposal.sanction else None,
        ends_on=proposal.ends_on,
        review_on=proposal.review_on,
        no_notice=NoNotice(proposal.no_notice) if proposal.no_notice else None,
        no_notice_detail=proposal.no_notice_detail,
        language=proposal.language,
    )


def changes_of(proposal: Proposal) -> Changes | None:
    """What this version changed; None for the first one. Three queries at most."""
    old = proposal.revises
    if old is None:
        return None
    before, after = ({row.case_id: row.case for row in _targets(one)} for one in (old, proposal))
    says = [
        Changed(str(label), _told(old, name), _told(proposal, name))
        for name, label in LABELS.items()
        if getattr(old, name) != getattr(proposal, name)
    ]
    return Changes(
        says=says,
        taken_out=[case for key, case in before.items() if key not in after],
        added=[case for key, case in after.items() if key not in before],
    )


def others_like(proposal: Proposal, person: Person, *, at: datetime) -> list[Case]:
    """Open cases of the same page that could join: on the same ground, under the same post, or by the same rule."""
    targets = Target.objects.filter(proposal=proposal)
    alike = (
        Q(ground=proposal.ground)
        | Q(item__post__in=targets.values("case__item__post"))
        | Q(rule__in=targets.values("passage__rule"))
    )
    rows = Case.objects.visible_to(person, at=at).filter(alike, scope_id=proposal.scope_id, state=CaseState.OPEN)
    around = rows.select_related("author", "item__thread__connection__presence").defer("item__text")
    return list(around.order_by("-opened_at", "-id")[:MOST_OTHERS])


def target_or_absent(proposal: Proposal, case_id: UUID) -> Target:
    """One case of a proposal, with its passage; raises NotFound."""
    rows = Target.objects.select_related("case__author", "case__item", "passage__rule")
    found: Target | None = rows.filter(proposal=proposal, case__public_id=case_id).first()
    if found is None:
        raise NotFound(gettext("There is no such case here. Load the page again."))
    return found


def _targets(proposal: Proposal) -> Sequence[Target]:
    rows = (
        Target.objects.filter(proposal=proposal).select_related("case__author", "case__item").defer("case__item__text")
    )
    return list(rows.order_by("id"))


def _told(proposal: Proposal, name: str) -> str:
    value = getattr(proposal, name)
    if not value:
        return str(UNCHOSEN.get(name, "–"))
    if name == "considered":
        return ", ".join(str(Measure(each).label) for each in value)
    if name in OWN_WORDS:
        return readable(value, may_open=False)
    if name in DAYS:
        return date_format(value, "j. F Y")
    return LANGUAGE_NAMES[value] if name == "language" else str(getattr(proposal, f"get_{name}_display")())
