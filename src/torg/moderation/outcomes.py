"""What the outbox tells of a decision's acts and its notice, and what follows here."""

from datetime import datetime, timedelta

from torg.connectors.contract import ActKind
from torg.core.actors import Actor
from torg.moderation import acts
from torg.moderation.models import Case, Decision, Notice, Sanction
from torg.moderation.models.decisions import FINISHED
from torg.moderation.words import CarryState, NoNotice, NoticeState, SanctionState
from torg.outbox import commands as outbox
from torg.outbox.models import LIVE, STOPPED, ActState, OutboxAct
from torg.outbox.types import Planned, Sent

# What the platform says that no repetition changes, and what it means for the notice.
FINAL_ERRORS = {
    "WindowClosed": NoNotice.WINDOW_CLOSED,
    "Refused": NoNotice.REFUSED,
    "Gone": NoNotice.GONE,
}
# How soon what we did is looked up on the platform.
READ_BACK_AFTER = timedelta(minutes=10)


def acts_of(decision: Decision) -> list[OutboxAct]:
    """The newest act of each kind that carries the decision out."""
    rows = OutboxAct.objects.filter(subject_kind=acts.DECISION, subject_id=decision.public_id).order_by("id")
    return list({row.kind: row for row in rows}.values())


def settle(decision: Decision, *, at: datetime) -> bool:
    """Bring the decision into step with its acts and what is ticked off by hand; whether it changed."""
    state = _state(decision)
    if state == decision.state:
        return False
    decision.move_to(state)
    decision.done_at = at if state in FINISHED else None
    decision.save(update_fields=["state", "done_at"])
    return True


def _state(decision: Decision) -> CarryState:
    found = acts_of(decision)
    states = {ActState(row.state) for row in found}
    on_text = [row for row in found if row.kind != ActKind.BAN.value]
    is_gone = any(row.state == ActState.REFUSED and row.error_class == "Gone" for row in on_text)
    rest = {ActState(row.state) for row in found if not (row in on_text and is_gone)}
    if rest & set(STOPPED) and not states & set(LIVE):
        return CarryState.STOPPED
    if states & set(LIVE) and not decision.by_hand:
        return CarryState.CARRYING_OUT
    if decision.by_hand and decision.done_by_hand_by_id is None:
        return CarryState.BY_HAND
    if states & set(LIVE):
        return CarryState(decision.state)
    return CarryState.MOOT if is_gone and not rest else CarryState.DONE


def note_sanction(decision: Decision, *, at: datetime) -> None:
    """A ban comes into force when the platform, or a person by hand, has done it; never when it was given up."""
    sanction = Sanction.objects.select_for_update().filter(decision=decision, state=SanctionState.PLANNED).first()
    if sanction is None:
        return
    bans = [row for row in acts_of(decision) if row.kind == ActKind.BAN.value]
    is_done = any(row.state == ActState.CONFIRMED for row in bans)
    if is_done or (not bans and decision.done_by_hand_by_id is not None):
        sanction.move_to(SanctionState.IN_FORCE)
        sanction.begins_at = at
    elif decision.state == CarryState.GIVEN_UP:
        sanction.move_to(SanctionState.NOT_MADE)
        sanction.ended_at = at
    sanction.save(update_fields=["state", "begins_at", "ended_at"])


def note_notice(notice: Notice, act: Sent, *, by: Actor, at: datetime) -> bool:
    """Write the notice's way through the outbox down; whether it changed.

    Where the platform says no for good, that is the stated reason, and what waited for the notice goes on without.
    """
    state = ActState(act.state)
    before = notice.state
    if notice.act_id != act.public_id or before in (NoticeState.SENT, NoticeState.NOT_SENT):
        return False
    if state == ActState.CONFIRMED:
        notice.move_to(NoticeState.SENT)
        notice.sent_at = act.sending_at or act.finished_at or at
        notice.save(update_fields=["state", "sent_at"])
    elif state == ActState.REFUSED and act.error_class in FINAL_ERRORS:
        go_on_without(notice, FINAL_ERRORS[act.error_class], act.error_code, at=at)
    elif state in STOPPED:
        notice.move_to(NoticeState.STOPPED)
        notice.save(update_fields=["state"])
    elif state in LIVE:
        notice.move_to(NoticeState.PLANNED)
        notice.save(update_fields=["state"])
    return notice.state != before


def go_on_without(notice: Notice, why: NoNotice, detail: str, *, at: datetime) -> None:
    """State why the author is not told, and plan anew what stopped because it was to come after."""
    notice.move_to(NoticeState.NOT_SENT)
    notice.no_notice, notice.no_notice_detail = why, detail
    notice.save(update_fields=["state", "no_notice", "no_notice_detail"])
    waited = [row for row in acts_of(notice.decision) if row.after_id is not None and row.state in STOPPED]
    outbox.plan_many([_again(row) for row in waited], at=at)


def _again(row: OutboxAct) -> Planned:
    return Planned(
        handler=row.handler,
        kind=row.kind,
        scope_id=row.scope_id,
        serial_key=row.serial_key,
        subject_kind=row.subject_kind,
        subject_id=row.subject_id,
        payload=row.payload,
        place=row.place,
    )


def decisions_to_read_back(*, at: datetime, limit: int) -> list[Decision]:
    """Decisions done a while ago whose effect nobody has looked up on the platform."""
    done = Decision.objects.filter(
        state=CarryState.DONE, platform_state_at=None, done_at__lte=at - READ_BACK_AFTER, measure__in=acts.ACT_OF
    )
    return list(done.select_related("case__item__connection").order_by("done_at")[:limit])


def bump(case: Case) -> None:
    """The case has changed under those who look at it."""
    case.version += 1
    case.save(update_fields=["version"])
