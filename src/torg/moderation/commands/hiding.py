"""Hide for now, show again, and what happens when nobody decides in time."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.connectors.contract import ActKind
from torg.core.actors import Actor
from torg.core.errors import Invalid, InvalidTransition, Unavailable
from torg.dialogue.models import PlatformState
from torg.moderation import acts, audit, deadlines, events, evidence, hidings, loading, policies
from torg.moderation.models import STANDING, Case, TemporaryHiding
from torg.moderation.types import Severity
from torg.moderation.words import (
    DEADLINES,
    SENDING,
    SENSITIVE_GROUNDS,
    CaseState,
    Ground,
    HidingState,
    gravity_of,
    shown_as,
)
from torg.outbox import commands as outbox
from torg.outbox.models import LIVE, STOPPED, ActState
from torg.outbox.types import Sent
from torg.people.models import Person

GONE = (PlatformState.DELETED_BY_AUTHOR, PlatformState.REMOVED_BY_US)
WAITING = (CaseState.OPEN, CaseState.PROPOSED)
PENDING = (HidingState.PLANNED, HidingState.REFUSED)


@transaction.atomic
def hide_for_now(*, case_id: UUID, ground: Ground, reason: str, by: Person, at: datetime) -> TemporaryHiding:
    """Hide an item at once, alone, until two people have decided (midlertidig skjuling). Evidence is taken first.

    Raises NotFound, NotAllowed without the right or for a ground that is not severe, InvalidTransition when it is
    hidden or decided already, Unavailable where the channel cannot hide, Invalid without a reason.
    """
    case = loading.case_for_change(case_id, by=loading.a_person(by), at=at)
    policies.check_can_hide(by, case, ground, at=at)
    _check_can_be_hidden(case, reason)
    capture = evidence.take([case], by=by, at=at)[case.pk]
    hiding = TemporaryHiding.objects.create(
        scope_id=case.scope_id,
        case=case,
        ground=ground,
        reason=reason.strip(),
        capture=capture,
        hidden_by=by,
        hidden_at=at,
        deadline_at=deadlines.hidden_until(unit=case.item.thread.connection.presence.unit, at=at),
    )
    outbox.plan(acts.on_item(ActKind.HIDE, case.item, subject=acts.HIDING, subject_id=hiding.public_id), at=at)
    case.ground = ground
    case.severity = max(case.severity, gravity_of(ground, Severity.SEVERE))
    case.is_sensitive = case.is_sensitive or ground in SENSITIVE_GROUNDS
    case.decide_by = min(case.decide_by or hiding.deadline_at, hiding.deadline_at)
    case.bump()
    facts = {"ground": shown_as(ground).lower(), "case": str(case.public_id)}
    audit.record(events.HIDDEN, actor=by, scope=case.scope_id, target=hiding, at=at, facts=facts)
    return hiding


@transaction.atomic
def show_again(*, case_id: UUID, by: Person, at: datetime) -> TemporaryHiding:
    """Show an item again that was hidden for now: whoever may hide may also show.

    Raises NotFound, NotAllowed, InvalidTransition when nothing is hidden for now.
    """
    case = loading.case_for_change(case_id, by=loading.a_person(by), at=at)
    hiding = _standing(case)
    policies.check_can_hide(by, case, Ground(hiding.ground), at=at)
    hidings.end(hiding, case, HidingState.LIFTED, by=by, at=at)
    case.bump()
    audit.record(events.SHOWN_AGAIN, actor=by, scope=case.scope_id, target=hiding, at=at)
    return hiding


@transaction.atomic
def settle_hidings(*, at: datetime, by: Actor = DEADLINES) -> int:
    """What nobody has decided in time: opinions are shown again, the rest stays hidden and the next person is called.

    Either way somebody is told. Returns how many hidings moved. Safe to call as often as one likes.
    """
    late = TemporaryHiding.objects.filter(state__in=STANDING, deadline_at__lte=at)
    moved = 0
    for seen in late.order_by("id"):
        # The case first, as every command locks.
        case = Case.objects.select_related(*loading.WITH).select_for_update(of=("self",)).get(pk=seen.case_id)
        hiding = TemporaryHiding.objects.select_for_update().get(pk=seen.pk)
        if hiding.state not in STANDING or not hidings.is_due(hiding, at=at):
            continue
        event = events.HIDING_ESCALATED if hiding.stays_hidden else events.HIDING_LAPSED
        if not hiding.stays_hidden:
            hidings.end(hiding, case, HidingState.LAPSED, by=by, at=at)
            case.bump()
        called = hidings.call_next(hiding, at=at)
        facts = {"case": str(case.public_id), "step": hiding.step, "called": called}
        audit.record(event, actor=by, scope=hiding.scope_id, target=hiding, at=at, facts=facts)
        moved += 1
    return moved


@transaction.atomic
def note_hiding_outcome(*, subject_id: UUID, act: Sent, at: datetime, by: Actor = SENDING) -> None:
    """Note what the outbox tells of hiding for now, or of showing again.

    Args:
        subject_id: the hiding's public id.
        act: the act as the outbox has it now.
        at: now.
        by: the rule that acts.
    """
    seen = TemporaryHiding.objects.filter(public_id=subject_id).first()
    if seen is None:
        return
    case = Case.objects.select_for_update(of=("self",)).get(pk=seen.case_id)
    hiding = TemporaryHiding.objects.select_for_update().get(pk=seen.pk)
    state = ActState(act.state)
    if act.kind == ActKind.HIDE and state == ActState.CONFIRMED and hiding.state in PENDING:
        hiding.move_to(HidingState.ACTIVE)
    elif act.kind == ActKind.HIDE and state in STOPPED and hiding.state == HidingState.PLANNED:
        hiding.move_to(HidingState.REFUSED)
    elif act.kind == ActKind.HIDE and state in LIVE and hiding.state == HidingState.REFUSED:
        hiding.move_to(HidingState.PLANNED)
    hiding.save(update_fields=["state"])
    case.bump()
    facts = {"kind": act.kind, "state": act.state.lower()}
    audit.record(events.HIDING_OUTCOME, actor=by, scope=hiding.scope_id, target=hiding, at=at, facts=facts)


def _standing(case: Case) -> TemporaryHiding:
    standing = TemporaryHiding.objects.select_for_update().filter(case=case, state__in=STANDING)
    hiding: TemporaryHiding | None = standing.first()
    if hiding is None:
        raise InvalidTransition(_("Nothing is hidden for now. Load the page again."))
    return hiding


def _check_can_be_hidden(case: Case, reason: str) -> None:
    if case.state not in WAITING:
        raise InvalidTransition(_("This case has been decided. Load the page again."))
    if TemporaryHiding.objects.filter(case=case, state__in=STANDING).exists():
        raise InvalidTransition(_("This is hidden already."))
    if not reason.strip() or "\x00" in reason:
        raise Invalid(_("Say why it must be hidden at once."), field="reason")
    if case.item.platform_state in GONE:
        raise InvalidTransition(_("The text is no longer there: there is nothing to hide."))
    if not acts.can(case.item.thread.connection, ActKind.HIDE):
        raise Unavailable(_("This channel's interface cannot hide. Hide it in the app, if the app can."))
