"""Who may hide, propose, agree and end a case; and why deletion may be unavailable."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from torg.core.actors import Actor
from torg.core.errors import InvalidTransition, NotAllowed, Stale
from torg.moderation import queries
from torg.moderation.models import Case, Involved, Proposal, TemporaryHiding
from torg.moderation.words import BANS, SEVERE, CaseState, Ground, Measure, ProposalState
from torg.people import queries as people
from torg.people.models import Person
from torg.people.policies import check_may
from torg.people.types import Permission

WORKING = (Permission.HANDLE, Permission.ANSWER, Permission.PUBLISH, Permission.HIDE, Permission.AGREE)
# Said by the commands that refuse, and by the screens before anybody tries.
ONLY_READS = gettext_lazy("Your role here is to read. Tell the information officer what you have seen.")
STAYS_OUT = gettext_lazy("You must stay out of this case (fvl. § 6). A colleague takes it.")
SOMEBODY_ELSE = gettext_lazy("Somebody else must answer: whoever proposed it or hid it cannot, nor their stand-in.")


def check_can_take_part(by: Person, *, scope_id: UUID, at: datetime) -> None:
    """Point out, claim, mark, propose and let stand: everyone with work on the page, not those who only read."""
    if not any(people.may(by, permission, scope_id=scope_id, at=at) for permission in WORKING):
        raise NotAllowed(str(ONLY_READS))


def check_not_involved(by: Person, cases: Collection[Case]) -> None:
    """Raises NotAllowed for whom a text is about, and for who has said that they are partial."""
    if Involved.objects.filter(case__in=cases, person=by).exists():
        raise NotAllowed(str(STAYS_OUT))


def check_can_hide(by: Person, case: Case, ground: Ground, *, at: datetime) -> None:
    """Hide for now, alone: with the right to, and on a severe ground only."""
    check_may(by, Permission.HIDE, scope_id=case.scope_id, at=at)
    check_not_involved(by, [case])
    if ground not in SEVERE:
        raise NotAllowed(_("Nobody may hide this alone. Propose it, and let a second person decide."))


def check_not_taken(by: Person, case: Case, *, at: datetime) -> None:
    """Raises InvalidTransition while a colleague has claimed the case."""
    holder = case.held_by(at)
    if holder is not None and holder != by:
        raise InvalidTransition(_("%(name)s is working on this case now.") % {"name": holder.name})


def needs_two_who_agree(measure: str, sanction: str | None) -> bool:
    """Whether it is a deletion or a ban, which one active person cannot make possible."""
    return measure == Measure.DELETE or (sanction or "") in BANS


def check_removable(measure: str, sanction: str | None, *, scope_id: UUID, at: datetime) -> None:
    """Raises NotAllowed for a deletion or ban where fewer than two people may agree."""
    why_not = queries.why_not_removable(scope_id=scope_id, at=at) if needs_two_who_agree(measure, sanction) else ""
    if why_not:
        raise NotAllowed(why_not)


def check_can_agree(by: Person, proposal: Proposal, cases: Collection[Case], *, at: datetime) -> None:
    """Agree, or send back: somebody with the right to, who neither proposed, nor hid, nor is spoken of, nor stands in
    for one who did.
    """
    check_may(by, Permission.AGREE, scope_id=proposal.scope_id, at=at)
    check_not_involved(by, cases)
    active = set(_hiders(cases)) | {proposal.proposed_by_id}
    if by.pk in active or not people.agrees_apart_from(by, active, scope_id=proposal.scope_id, at=at):
        raise NotAllowed(str(SOMEBODY_ELSE))


def check_open(case: Case) -> None:
    """Raises InvalidTransition for a case that is no longer waiting to be assessed."""
    if case.state != CaseState.OPEN:
        raise InvalidTransition(
            _("This case is “%(state)s”. Load the page again.") % {"state": CaseState(case.state).label}
        )


def _hiders(cases: Collection[Case]) -> Iterable[int]:
    return TemporaryHiding.objects.filter(case__in=cases).values_list("hidden_by_id", flat=True)


def may_word(by: Person, proposal: Proposal, cases: Collection[Case], *, at: datetime) -> bool:
    """Whether they may put the notices of a proposal about many in other words now."""
    if proposal.state != ProposalState.WAITING or len(cases) == 1:
        return False
    can = any(people.may(by, permission, scope_id=proposal.scope_id, at=at) for permission in WORKING)
    return can and not Involved.objects.filter(case__in=cases, person=by).exists()


def check_waits(proposal: Proposal) -> None:
    """Raises InvalidTransition for a proposal that is answered or taken back."""
    if proposal.state != ProposalState.WAITING:
        raise InvalidTransition(
            _("This proposal is “%(now)s” already. Load the page again.") % {"now": ProposalState(proposal.state).label}
        )


def check_newest(proposal: Proposal) -> None:
    """Raises Stale for a version that another has taken the place of: what is agreed to is what was seen."""
    if proposal.state == ProposalState.REVISED:
        raise Stale(_("The proposal has been changed since you opened it. Read the new version before you answer."))


def check_can_revise(by: Person, proposal: Proposal) -> None:
    """Change a proposal that waits: whoever made it. Raises NotAllowed, Stale, InvalidTransition."""
    check_is_proposer(by, proposal)
    check_newest(proposal)
    check_waits(proposal)


def check_is_proposer(by: Person, proposal: Proposal) -> None:
    """Take a proposal back: whoever made it."""
    if proposal.proposed_by_id != by.pk:
        raise NotAllowed(_("Only whoever proposed it takes it back. You can send it back, if you may agree."))


def check_impartial(is_impartial: bool) -> None:
    """Raises NotAllowed for whoever has answered that they are partial."""
    if not is_impartial:
        raise NotAllowed(_("Say in the case that you are partial, and let a colleague take it (fvl. § 6)."))


def check_can_close(by: Actor, case: Case, *, at: datetime) -> None:
    """Close a case that is finished: whoever takes part here; a rule as well, since nothing is decided by it."""
    if isinstance(by, Person):
        check_can_take_part(by, scope_id=case.scope_id, at=at)


def check_can_lift(by: Person, *, scope_id: UUID, at: datetime) -> None:
    """Lift or review a sanction: whoever may agree to one."""
    check_may(by, Permission.AGREE, scope_id=scope_id, at=at)
