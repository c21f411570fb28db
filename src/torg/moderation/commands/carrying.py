"""Carrying out what was decided: what the outbox tells, and what people do where it went wrong."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.connectors.contract import PlatformState
from torg.core.actors import Actor
from torg.core.errors import Invalid, InvalidTransition
from torg.moderation import audit, events, loading, outcomes, policies
from torg.moderation.models import Decision, Notice
from torg.moderation.models.decisions import FINISHED
from torg.moderation.words import SENDING, WATCH, CarryState, Measure, NoNotice, NoticeState
from torg.outbox import commands as outbox
from torg.outbox.models import LIVE, ActState, OutboxAct
from torg.outbox.types import Sent
from torg.people.models import Person

# What the platform shows when a measure has had its effect.
AS_DECIDED = {
    Measure.HIDE: {PlatformState.HIDDEN_BY_US, PlatformState.UNREACHABLE, PlatformState.REMOVED_BY_US},
    Measure.DELETE: {PlatformState.UNREACHABLE, PlatformState.REMOVED_BY_US, PlatformState.DELETED_BY_AUTHOR},
}


@transaction.atomic
def note_decision_outcome(*, subject_id: UUID, act: Sent, at: datetime, by: Actor = SENDING) -> None:
    """Note what the outbox tells of an act that carries a decision out.

    Args:
        subject_id: the decision's public id.
        act: the act as the outbox has it now.
        at: now.
        by: the rule that acts.
    """
    seen = Decision.objects.filter(public_id=subject_id).first()
    if seen is None:
        return
    decision = loading.decision_of(seen)
    if decision.state not in FINISHED:
        outcomes.settle(decision, at=at)
        outcomes.note_sanction(decision, at=at)
        outcomes.bump(decision.case)
    facts = {"kind": act.kind, "state": act.state.lower(), "decision": decision.state.lower()}
    audit.record(events.DECISION_OUTCOME, actor=by, scope=decision.scope_id, target=decision, at=at, facts=facts)


@transaction.atomic
def note_notice_outcome(*, subject_id: UUID, act: Sent, at: datetime, by: Actor = SENDING) -> None:
    """Note what the outbox tells of a notice; refused for good, the reason is stated and the decision goes on.

    Args as for `note_decision_outcome`.
    """
    seen = Notice.objects.select_related("decision").filter(public_id=subject_id).first()
    if seen is None:
        return
    decision = loading.decision_of(seen.decision)
    notice = Notice.objects.select_for_update(of=("self",)).select_related("decision").get(pk=seen.pk)
    if outcomes.note_notice(notice, act, by=by, at=at):
        outcomes.settle(decision, at=at)
        outcomes.bump(decision.case)
    facts = {"state": act.state.lower(), "notice": notice.state.lower()}
    audit.record(events.NOTICE_OUTCOME, actor=by, scope=decision.scope_id, target=notice, at=at, facts=facts)


@transaction.atomic
def retry_decision(*, decision_id: UUID, by: Person, at: datetime) -> Decision:
    """Try again what stopped: the notice first, then what waits for it. Looks first where nobody knows what happened.

    Raises NotFound, NotAllowed, InvalidTransition when nothing has stopped.
    """
    decision = loading.decision_for_change(decision_id, by=loading.a_person(by), at=at)
    policies.check_can_take_part(by, scope_id=decision.scope_id, at=at)
    stopped = _stopped(decision)
    if not stopped:
        raise InvalidTransition(_("Nothing has stopped here. Load the page again."))
    for row in stopped:
        outbox.retry(act_id=row.public_id, by=by, at=at)
    outcomes.settle(decision, at=at)
    outcomes.bump(decision.case)
    facts = {"acts": len(stopped)}
    audit.record(events.DECISION_RETRIED, actor=by, scope=decision.scope_id, target=decision, at=at, facts=facts)
    return decision


@transaction.atomic
def settle_decision(*, decision_id: UUID, is_there: bool, by: Person, at: datetime) -> Decision:
    """Say what one found on the platform, of an act or a notice that nobody knows the end of (`is_there`: it was done).

    Raises NotFound, NotAllowed, InvalidTransition when all is known.
    """
    decision = loading.decision_for_change(decision_id, by=loading.a_person(by), at=at)
    policies.check_can_take_part(by, scope_id=decision.scope_id, at=at)
    unsure = [
        row
        for row in [*_acts_of_notice(decision.notice), *outcomes.acts_of(decision)]
        if row.state == ActState.UNCONFIRMED
    ]
    if not unsure:
        raise InvalidTransition(_("What became of this is known. Load the page again."))
    for row in unsure:
        target = str(row.payload["act"]["target_id"])
        outbox.settle(act_id=row.public_id, external_id=target if is_there else None, by=by, at=at)
    facts = {"acts": len(unsure), "is_there": int(is_there)}
    audit.record(events.DECISION_SETTLED, actor=by, scope=decision.scope_id, target=decision, at=at, facts=facts)
    return decision


@transaction.atomic
def tick_done(*, decision_id: UUID, by: Person, at: datetime) -> Decision:
    """Tick off that one has done by hand, in the app, what the channel's interface cannot or would not do.

    What the outbox still would do is taken back, so that it is not done twice.

    Raises NotFound, NotAllowed, InvalidTransition when it is done already, or still waits for the notice.
    """
    decision = loading.decision_for_change(decision_id, by=loading.a_person(by), at=at)
    policies.check_can_take_part(by, scope_id=decision.scope_id, at=at)
    if decision.state not in (CarryState.BY_HAND, CarryState.STOPPED):
        raise InvalidTransition(_("There is nothing to do by hand here. Load the page again."))
    if decision.notice.state in (NoticeState.PLANNED, NoticeState.STOPPED):
        raise InvalidTransition(_("The notice has not been sent yet. Wait for it, or say why none can be sent."))
    _take_back(decision, by=by, at=at)
    decision.move_to(CarryState.DONE)
    decision.done_by_hand_by, decision.done_at = by, at
    decision.save(update_fields=["state", "done_by_hand_by", "done_at"])
    outcomes.note_sanction(decision, at=at)
    outcomes.bump(decision.case)
    audit.record(events.DONE_BY_HAND, actor=by, scope=decision.scope_id, target=decision, at=at)
    return decision


@transaction.atomic
def give_up(*, decision_id: UUID, reason: str, by: Person, at: datetime) -> Decision:
    """Give up carrying a decision out, with a reason: the platform will not, and nobody can by hand.

    Raises NotFound, NotAllowed, Invalid without a reason, InvalidTransition when it is on its way or done.
    """
    decision = loading.decision_for_change(decision_id, by=loading.a_person(by), at=at)
    policies.check_can_take_part(by, scope_id=decision.scope_id, at=at)
    if not reason.strip() or "\x00" in reason:
        raise Invalid(_("Say why it cannot be done."), field="reason")
    decision.move_to(CarryState.GIVEN_UP)
    _take_back(decision, by=by, at=at)
    decision.done_at, decision.given_up_because = at, reason.strip()
    decision.save(update_fields=["state", "done_at", "given_up_because"])
    outcomes.note_sanction(decision, at=at)
    outcomes.bump(decision.case)
    audit.record(events.GIVEN_UP, actor=by, scope=decision.scope_id, target=decision, at=at)
    return decision


@transaction.atomic
def tell_otherwise(*, decision_id: UUID, reason: NoNotice, detail: str, by: Person, at: datetime) -> Notice:
    """State why a notice that stopped is not sent, or how the author was told instead; what waited for it goes on.

    Raises NotFound, NotAllowed, Invalid without a detail, InvalidTransition when the notice is on its way or sent.
    """
    decision = loading.decision_for_change(decision_id, by=loading.a_person(by), at=at)
    policies.check_can_take_part(by, scope_id=decision.scope_id, at=at)
    notice: Notice = Notice.objects.select_for_update(of=("self",)).select_related("decision").get(decision=decision)
    if notice.state != NoticeState.STOPPED:
        raise InvalidTransition(_("This notice has not stopped. Load the page again."))
    if not detail.strip() or "\x00" in detail:
        raise Invalid(_("Say why the author is not told, or how you told them."), field="detail")
    for row in _acts_of_notice(notice):
        outbox.withdraw(act_id=row.public_id, by=by, at=at)
    notice.refresh_from_db()
    outcomes.go_on_without(notice, reason, detail.strip(), at=at)
    outcomes.settle(decision, at=at)
    outcomes.bump(decision.case)
    facts = {"reason": reason.lower()}
    audit.record(events.NOTICE_SETTLED, actor=by, scope=decision.scope_id, target=notice, at=at, facts=facts)
    return notice


@transaction.atomic
def note_platform_state(*, decision_id: UUID, state: PlatformState, at: datetime, by: Actor = WATCH) -> Decision:
    """Note what the platform shows of a decision that was carried out; undone outside, somebody must look.

    Raises NotFound.
    """
    decision = loading.decision_for_change(decision_id, by=by, at=at)
    decision.platform_state, decision.platform_state_at = state.name, at
    if decision.state == CarryState.DONE and state not in AS_DECIDED.get(Measure(decision.measure), {state}):
        decision.move_to(CarryState.STOPPED)
        decision.done_at = None
    decision.save(update_fields=["platform_state", "platform_state_at", "state", "done_at"])
    facts = {"state": state.value, "decision": decision.state.lower()}
    audit.record(events.STATE_READ, actor=by, scope=decision.scope_id, target=decision, at=at, facts=facts)
    return decision


def _stopped(decision: Decision) -> list[OutboxAct]:
    """What a person can try again: the notice, else the acts that do not wait for it."""
    retryable = (ActState.REFUSED, ActState.FAILED)
    if decision.notice.state == NoticeState.STOPPED:
        return _acts_of_notice(decision.notice)
    return [row for row in outcomes.acts_of(decision) if row.state in retryable]


def _acts_of_notice(notice: Notice) -> list[OutboxAct]:
    return list(OutboxAct.objects.filter(public_id=notice.act_id)) if notice.act_id else []


def _take_back(decision: Decision, *, by: Person, at: datetime) -> None:
    for row in outcomes.acts_of(decision):
        if row.state in (ActState.PLANNED, ActState.REFUSED, ActState.FAILED):
            outbox.withdraw(act_id=row.public_id, by=by, at=at)
        elif row.state in LIVE:
            raise InvalidTransition(_("It is being sent right now. Wait until we know what became of it."))
