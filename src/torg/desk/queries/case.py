"""One moderation case with all that one needs to decide it: evidence, steps, rules, effects, rights, history."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import OuterRef
from django.utils.translation import gettext as _

from torg.connectors.contract import ActKind
from torg.desk.queries import cases
from torg.desk.queries.counting import counted
from torg.dialogue import queries as dialogue
from torg.dialogue.models import Attachment
from torg.moderation import acts, effects, policies, previewing
from torg.moderation import queries as moderation
from torg.moderation.models import (
    STANDING,
    Case,
    Complaint,
    Decision,
    Proposal,
    RuleVersion,
    Target,
    TemporaryHiding,
)
from torg.moderation.words import CarryState, CaseState, NoticeState, ProposalState
from torg.people import queries as people
from torg.people.models import Person
from torg.records import queries as records
from torg.records.models import JournalEntry
from torg.triage.queries import ShownLink
from torg.triage.types import Segment
from torg.ui.types import Step


@dataclass(frozen=True, slots=True)
class RuleShown:
    """A rule that the case touches: as it read when the text was posted, and as it reads now."""

    then: RuleVersion | None
    now: RuleVersion | None

    @property
    def shown(self) -> RuleVersion | None:
        """The wording that the text is judged by."""
        return self.then or self.now

    @property
    def has_changed(self) -> bool:
        """Whether the wording is another now."""
        return self.then is not None and self.now is not None and self.then != self.now


@dataclass(frozen=True, slots=True)
class CaseSheet:
    """The page of a case."""

    base: moderation.CaseSheet
    standing: policies.Standing
    segments: Sequence[Segment]
    is_gross: bool
    hides_something: bool
    marked: Sequence[cases.Marked]
    links: Sequence[ShownLink]
    in_force: Sequence[RuleVersion]
    rules: Sequence[RuleShown]
    hiding: TemporaryHiding | None
    target: Target | None
    preview: previewing.Preview | None
    steps: Sequence[Step]
    effects: Sequence[effects.Told]
    view: dialogue.ThreadView
    waits_for: Sequence[str]
    holder: Person | None
    complaint: Complaint | None
    reads_complaint: bool
    journaled: JournalEntry | None
    refusals: dict[str, str]
    changes: moderation.Changes | None = None

    @property
    def case(self) -> Case:
        """The case itself."""
        return self.base.case

    @property
    def decision(self) -> Decision | None:
        """What was decided."""
        return self.base.decision

    @property
    def proposal(self) -> Proposal | None:
        """What waits for a second person, or was agreed to."""
        return self.target.proposal if self.target else None

    @property
    def texts(self) -> int:
        """How many texts the proposal concerns; whoever agrees, agrees for them all."""
        return int(getattr(self.target, "of_texts", 0))

    @property
    def is_one_of_many(self) -> bool:
        """Whether the proposal concerns other cases too."""
        return self.texts > 1

    @property
    def wordings(self) -> Sequence[dialogue.Wording]:
        """Each wording that the text has had."""
        return self.view.versions.get(self.case.item_id, ())

    @property
    def attachments(self) -> Sequence[Attachment]:
        """What came with the text."""
        return _attachments_of(self.view, self.case)


def sheet(person: Person, case_id: UUID, *, at: datetime) -> CaseSheet:
    """Everything about a case that `person` may see; raises NotFound."""
    base = moderation.sheet(person, case_id, at=at)
    case = base.case
    in_force = moderation.rules_in_force(at)
    marked = cases.marked_in([case], in_force).get(case.pk, [])
    segments = cases.segments_of([case], {case.pk: marked})[case.item_id]
    target = _target(case)
    view = dialogue.context_of(case.item.thread)
    complaint = Complaint.objects.filter(decision=base.decision).first() if base.decision else None
    kept_out = _kept_out(base, target)
    able = _able(case, at=at)
    waits_for = _waits_for(case, target, able, kept_out)
    standing = policies.standing_of(person, scope_id=case.scope_id, active=kept_out[0], involved=kept_out[1], at=at)
    return CaseSheet(
        base=base,
        standing=standing,
        segments=segments,
        is_gross=cases.is_gross(segments),
        hides_something=any(segment.is_covered for segment in segments),
        marked=marked,
        links=cases.links_of({case.item: _attachments_of(view, case)}, {case.item_id: case.item.text})[case.item_id],
        in_force=in_force,
        rules=_rules(marked, in_force, case, posted_at=_posted_at(case, view)),
        hiding=next((row for row in base.hidings[:1] if row.state in STANDING), None),
        target=target,
        preview=previewing.notice_for(target, at=at) if target and case.state == CaseState.PROPOSED else None,
        steps=_steps(case, target, base.decision, waits_for),
        effects=effects.effects_on(case.item.thread.connection),
        view=view,
        waits_for=waits_for,
        holder=case.claimed_by if case.claimed_until and case.claimed_until > at else None,
        complaint=complaint,
        reads_complaint=complaint is not None and moderation.complaints_for(person, at=at).contains(complaint),
        journaled=records.entry_with(person, case.record_id, at=at) if case.record_id else None,
        refusals=_refusals(person, standing, case, target, able, at=at),
        changes=moderation.changes_of(target.proposal) if target and case.state == CaseState.PROPOSED else None,
    )


def _attachments_of(view: dialogue.ThreadView, case: Case) -> list[Attachment]:
    return [file for item in view.items if item.pk == case.item_id for file in item.attachments.all()]


def _target(case: Case) -> Target | None:
    """The proposal that waits or was agreed to, as it concerns this case; else the last that came back."""
    together = Target.objects.filter(proposal=OuterRef("proposal"))
    rows = case.targets.annotate(of_texts=counted(together)).select_related(
        "proposal__proposed_by", "proposal__agreement__agreed_by", "passage__rule", "rule_when_posted__rule"
    )
    found: Target | None = rows.order_by("-is_waiting", "-proposal__proposed_at", "-proposal__id").first()
    if found is not None:
        found.case = case
    return found


def _posted_at(case: Case, view: dialogue.ThreadView) -> datetime:
    """When the text as it reads now was posted: that wording is judged, by the rules of that day."""
    wordings = view.versions.get(case.item_id, ())
    return max((wording.posted_at for wording in wordings if wording.posted_at), default=case.item.posted_at)


def _rules(
    marked: Sequence[cases.Marked], in_force: Sequence[RuleVersion], case: Case, *, posted_at: datetime
) -> list[RuleShown]:
    touched = {each.passage.rule_id for each in marked} or ({case.rule_id} if case.rule_id else set())
    now = {version.rule_id: version for version in in_force}
    then = {version.rule_id: version for version in moderation.rules_in_force(posted_at)}
    return [RuleShown(then.get(rule), now.get(rule)) for rule in sorted(touched) if rule in now or rule in then]


KeptOut = tuple[frozenset[int], frozenset[int]]


def _kept_out(base: moderation.CaseSheet, target: Target | None) -> KeptOut:
    """Keys of those who proposed or hid, and of those whom the text is about or who are partial."""
    proposed = {target.proposal.proposed_by_id} if target and target.is_waiting else set()
    active = frozenset({row.hidden_by_id for row in base.hidings} | proposed)
    return active, frozenset(row.person_id for row in base.involved)


def _able(case: Case, *, at: datetime) -> dict[int, str]:
    """Who may agree to anything here, by key."""
    return dict(people.agreers(scope_id=case.scope_id, at=at).order_by("name").values_list("pk", "name"))


def _waits_for(case: Case, target: Target | None, able: Mapping[int, str], kept_out: KeptOut) -> list[str]:
    """Who can give the second answer."""
    if case.state != CaseState.PROPOSED or target is None:
        return []
    return [name for key, name in able.items() if key not in kept_out[0] | kept_out[1]][:5]


def _steps(case: Case, target: Target | None, decision: Decision | None, waits_for: Sequence[str]) -> list[Step]:
    if case.state == CaseState.DISMISSED:
        ended = Step(
            _("Let stand"),
            "done",
            text=case.get_dismissed_because_display(),
            who=_name(case.closed_by),
            at=case.closed_at,
        )
        return [ended]
    proposal = target.proposal if target and target.proposal.state != ProposalState.WITHDRAWN else None
    is_live = proposal is not None and proposal.state in (ProposalState.WAITING, ProposalState.AGREED)
    return [
        _proposed(proposal if is_live else None),
        _agreed(proposal if is_live else None, decision, waits_for),
        _told(decision),
        _carried_out(decision),
        Step(_("Archived"), "done", at=case.closed_at) if case.record_id else Step(_("Archived"), "next"),
    ]


def _proposed(proposal: Proposal | None) -> Step:
    if proposal is None:
        return Step(_("Proposal"), "now", text=_("Somebody must assess it."))
    return Step(_("Proposal"), "done", who=proposal.proposed_by.name, at=proposal.proposed_at)


def _agreed(proposal: Proposal | None, decision: Decision | None, waits_for: Sequence[str]) -> Step:
    if decision is not None:
        return Step(_("Agreement"), "done", who=decision.agreement.agreed_by.name, at=decision.decided_at)
    if proposal is None:
        return Step(_("Agreement"), "next")
    names = _(" or ").join(waits_for)
    told = _("Waits for %s") % names if names else _("Nobody here can agree to this now.")
    return Step(_("Agreement"), "now", text=told)


def _told(decision: Decision | None) -> Step:
    name = _("Notice to the author")
    if decision is None:
        return Step(name, "next")
    notice = decision.notice
    if notice.state == NoticeState.SENT:
        return Step(name, "done", at=notice.sent_at)
    if notice.state == NoticeState.NOT_SENT:
        return Step(name, "done", text=_("Not sent: %s") % notice.get_no_notice_display())
    return Step(name, "now", text=notice.get_state_display())


def _carried_out(decision: Decision | None) -> Step:
    if decision is None:
        return Step(_("Carried out"), "next")
    if decision.done_at is not None:
        who = _name(decision.done_by_hand_by)
        return Step(_("Carried out"), "done", who=who, at=decision.done_at, text=decision.get_state_display())
    state = "next" if decision.notice.state == NoticeState.PLANNED else "now"
    return Step(_("Carried out"), state, text=decision.get_state_display())


def _refusals(
    person: Person,
    standing: policies.Standing,
    case: Case,
    target: Target | None,
    able: Mapping[int, str],
    *,
    at: datetime,
) -> dict[str, str]:
    """Why the person cannot do each act now; an empty text where they can."""
    proposal = target.proposal if target and target.is_waiting else None
    told = policies.refusals(person, standing, case, proposal, at=at)
    told["remove"] = moderation.too_few_agree(len(able))
    if not told["hide"] and not acts.can(case.item.thread.connection, ActKind.HIDE):
        told["hide"] = _("This channel's interface cannot hide. Hide it in the app, if the app can.")
    return told


def _name(person: Person | None) -> str:
    return person.name if person else ""


def is_stopped(decision: Decision | None) -> bool:
    """Whether somebody must look at how it is being carried out."""
    if decision is None:
        return False
    return decision.state == CarryState.STOPPED or decision.notice.state == NoticeState.STOPPED
