"""One case with all around it, the preview of many, and proposals that wait for a second person."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from torg import detectors
from torg.core.errors import NotFound
from torg.moderation.models import (
    Case,
    Decision,
    Involved,
    Passage,
    Proposal,
    Report,
    Sanction,
    TemporaryHiding,
)
from torg.moderation.queries.sanctions import history_of, step_after
from torg.moderation.words import CaseState, Dismissal, Ground, ProposalState, Step
from torg.people import queries as people
from torg.people.models import Person
from torg.people.types import Permission

AROUND = ("item__thread__connection__presence", "item__post", "author", "rule", "claimed_by")
# What a case's own page reads with it.
DECIDED = ("closed_by", "decision__notice__edited_by", "decision__agreement__agreed_by", "decision__done_by_hand_by")
READ = ("opened_by", "item__thread__post", "item__assessment")
EARLIER = 10
FEWEST = 2


@dataclass(frozen=True, slots=True)
class CaseSheet:
    """One case with what is known around it: who pointed it out, what was done for now, what came before."""

    case: Case
    decision: Decision | None
    reports: Sequence[Report]
    hidings: Sequence[TemporaryHiding]
    earlier: Sequence[Case]
    sanctions: Sequence[Sanction]
    next_step: Step
    involved: Sequence[Involved]


def case_or_absent(person: Person, case_id: UUID, *, at: datetime) -> Case:
    """The case as the person may see it; raises NotFound."""
    rows = Case.objects.visible_to(person, at=at).select_related(*AROUND, "closed_by", "opened_by")
    case: Case | None = rows.filter(public_id=case_id).first()
    if case is None:
        raise _absent()
    return case


def _absent() -> NotFound:
    return NotFound(_("There is no such case here."))


def sheet(person: Person, case_id: UUID, *, at: datetime) -> CaseSheet:
    """One case, in six queries. Raises NotFound."""
    rows = Case.objects.visible_to(person, at=at).select_related(*AROUND, *DECIDED, *READ)
    case: Case | None = rows.filter(public_id=case_id).first()
    if case is None:
        raise _absent()
    sanctions = history_of(case.author, at=at) if case.author else ()
    return CaseSheet(
        case=case,
        decision=getattr(case, "decision", None),
        reports=list(case.reports.select_related("reported_by").order_by("id")),
        hidings=list(case.hidings.select_related("hidden_by").order_by("-id")),
        earlier=_earlier(person, case, at=at),
        sanctions=sanctions,
        next_step=step_after(sanctions),
        involved=list(case.involved.select_related("person").order_by("id")),
    )


def readable(text: str, *, may_open: bool) -> str:
    """What somebody has written in a decision, as this person may read it: personal data covered without the right."""
    return text if may_open else detectors.mask(text, detectors.run(text))


def why_not_removable(*, scope_id: UUID, at: datetime) -> str:
    """Why nothing can be deleted and nobody shut out here; empty when it can (strategy B3). For *I dag* as well."""
    return too_few_agree(people.agreers(scope_id=scope_id, at=at).count())


def too_few_agree(able: int) -> str:
    """The same, where it is known how many may agree."""
    if able >= FEWEST:
        return ""
    return _(
        "Deletion and shutting out are not available: fewer than two people here may agree to them."
        " Name a deputy or a stand-in. You can still hide for now."
    )


def proposals_waiting(person: Person, *, at: datetime) -> QuerySet[Proposal]:
    """Proposals that this person could answer: made by somebody else, on pages where they may agree; oldest first."""
    scopes = people.scope_ids_for(person, Permission.AGREE, at=at)
    rows = Proposal.objects.filter(state=ProposalState.WAITING, scope_id__in=scopes).exclude(proposed_by=person)
    stays_out = Involved.objects.filter(case__targets__proposal=OuterRef("pk"), person=person)
    hid = TemporaryHiding.objects.filter(case__targets__proposal=OuterRef("pk"), hidden_by=person)
    return rows.exclude(Exists(stays_out)).exclude(Exists(hid)).select_related("proposed_by").order_by("proposed_at")


@dataclass(frozen=True, slots=True)
class Previewed:
    """One case of a preview, and why it cannot be part of the proposal; empty when it can."""

    case: Case
    why_not: str


def preview(person: Person, case_ids: Collection[UUID], *, at: datetime) -> list[Previewed]:
    """What `commands.propose_many` would concern, before anybody proposes it. Two queries, however many cases."""
    rows = Case.objects.visible_to(person, at=at).filter(public_id__in=case_ids)
    marked = Passage.objects.filter(case=OuterRef("pk"), version_number=OuterRef("item__version_count"))
    around = rows.annotate(is_marked=Exists(marked)).select_related(*AROUND).defer("item__text")
    mine = set(Involved.objects.filter(case__in=rows, person=person).values_list("case", flat=True))
    cases = around.order_by("opened_at", "id")
    return [Previewed(case, _why_not(case, person, mine, case.is_marked, at=at)) for case in cases]


def _why_not(case: Case, person: Person, mine: Collection[int], is_marked: bool, *, at: datetime) -> str:
    if case.state != CaseState.OPEN:
        return str(CaseState(case.state).label)
    if case.pk in mine:
        return _("You must stay out of this case.")
    holder = case.held_by(at)
    if holder is not None and holder != person:
        return _("%(name)s is working on this case now.") % {"name": holder.name}
    is_empty = case.item.masked_text == "" and not is_marked
    return _("There is no text, only a picture.") if is_empty else ""


def asked_about_language(cases: Collection[Case]) -> set[int]:
    """Keys of those cases whose author has been asked before to write so that others can read it (strategy F7)."""
    # A colleague who points a text out need not say a ground; asked about something else is not asked about this.
    kindly = Q(dismissed_because=Dismissal.REPHRASED, ground__in=["", Ground.LANGUAGE])
    asked = kindly | Q(decision__ground=Ground.LANGUAGE)
    earlier = Case.objects.filter(asked).filter(Q(item=OuterRef("item")) | Q(author=OuterRef("author")))
    rows = Case.objects.filter(pk__in=[case.pk for case in cases]).filter(Exists(earlier.exclude(pk=OuterRef("pk"))))
    return set(rows.values_list("pk", flat=True))


def _earlier(person: Person, case: Case, *, at: datetime) -> list[Case]:
    """The author's earlier cases on pages that this person sees."""
    if case.author_id is None:
        return []
    rows = Case.objects.visible_to(person, at=at).filter(author=case.author_id).exclude(pk=case.pk)
    return list(rows.select_related("decision", "rule", "item").defer("item__text").order_by("-opened_at")[:EARLIER])
