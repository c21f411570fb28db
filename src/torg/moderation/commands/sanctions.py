"""Sanctions end: by their date, or because a person lifts them; and they are looked at again."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.connectors.contract import ActKind
from torg.core.actors import Actor
from torg.core.errors import Invalid, InvalidTransition
from torg.moderation import acts, audit, events, loading, policies, sanctioning
from torg.moderation.models import Sanction
from torg.moderation.words import BANS, DEADLINES, SENDING, SanctionState
from torg.outbox.models import STOPPED, ActState
from torg.outbox.types import Sent
from torg.people.models import Person
from torg.records.days import day_of


@transaction.atomic
def lift_sanction(*, sanction_id: UUID, reason: str, by: Person, at: datetime) -> Sanction:
    """Lift a sanction before its time (oppheve): in the author's favour, so that one who may agree does it alone.

    Raises NotFound, NotAllowed, Invalid without a reason, InvalidTransition when it is not in force.
    """
    sanction = loading.sanction_for_change(sanction_id, by=loading.a_person(by), at=at)
    policies.check_can_lift(by, scope_id=sanction.scope_id, at=at)
    if not reason.strip() or "\x00" in reason:
        raise Invalid(_("Say why it is lifted."), field="reason")
    sanctioning.lift(sanction, because=reason.strip(), at=at)
    audit.record(events.SANCTION_LIFTED, actor=by, scope=sanction.scope_id, target=sanction, at=at)
    return sanction


@transaction.atomic
def review_sanction(*, sanction_id: UUID, review_on: date, by: Person, at: datetime) -> Sanction:
    """Look at a sanction again (ny vurdering) and let it stand until it is looked at next; its end is never put off.

    Raises NotFound, NotAllowed, Invalid for a date that is past, InvalidTransition when it is not in force.
    """
    sanction = loading.sanction_for_change(sanction_id, by=loading.a_person(by), at=at)
    policies.check_can_lift(by, scope_id=sanction.scope_id, at=at)
    if sanction.state != SanctionState.IN_FORCE:
        raise InvalidTransition(_("This is not in force. Load the page again."))
    if review_on <= day_of(at) or (sanction.ends_on is not None and review_on > sanction.ends_on):
        raise Invalid(_("Give a date ahead, before it ends."), field="review_on")
    sanction.review_on = review_on
    sanction.save(update_fields=["review_on"])
    audit.record(events.SANCTION_REVIEWED, actor=by, scope=sanction.scope_id, target=sanction, at=at)
    return sanction


@transaction.atomic
def end_sanctions(*, at: datetime, by: Actor = DEADLINES) -> int:
    """Lift what has reached its last day, where the channel can; returns how many. Safe to call at any time."""
    due = list(sanctioning.due(at=at))
    for sanction in due:
        sanctioning.lift(sanction, because=sanctioning.TIME_IS_OVER, at=at)
        audit.record(events.SANCTION_LIFTED, actor=by, scope=sanction.scope_id, target=sanction, at=at)
    if due:
        audit.record_batch(events.SANCTIONS_SETTLED, actor=by, at=at, facts={"sanctions": len(due)})
    return len(due)


@transaction.atomic
def note_sanction_outcome(*, subject_id: UUID, act: Sent, at: datetime, by: Actor = SENDING) -> None:
    """Note what the outbox tells of letting an author in again; refused, the ban still stands and is tried again.

    Args:
        subject_id: the sanction's public id.
        act: the act as the outbox has it now.
        at: now.
        by: the rule that acts.
    """
    sanction = Sanction.objects.select_for_update(of=("self",)).filter(public_id=subject_id).first()
    if sanction is None or sanction.state != SanctionState.LIFTING:
        return
    if act.state == ActState.CONFIRMED or (act.state == ActState.REFUSED and act.error_class == "Gone"):
        sanction.move_to(SanctionState.ENDED)
        sanction.ended_at = at
    elif act.state in STOPPED:
        sanction.move_to(SanctionState.IN_FORCE)
    sanction.save(update_fields=["state", "ended_at"])
    facts = {"state": act.state.lower(), "sanction": sanction.state.lower()}
    audit.record(events.SANCTION_BEGUN, actor=by, scope=sanction.scope_id, target=sanction, at=at, facts=facts)


@transaction.atomic
def tick_lifted(*, sanction_id: UUID, by: Person, at: datetime) -> Sanction:
    """Tick off that one has let the author in again by hand, in the app.

    Raises NotFound, NotAllowed, InvalidTransition when it is not being lifted.
    """
    sanction = loading.sanction_for_change(sanction_id, by=loading.a_person(by), at=at)
    policies.check_can_take_part(by, scope_id=sanction.scope_id, at=at)
    if sanction.step not in BANS or acts.can(sanction.connection, ActKind.UNBAN):
        raise InvalidTransition(_("This channel does it by itself. Nothing is to be done by hand."))
    sanction.move_to(SanctionState.ENDED)
    sanction.ended_at = at
    sanction.save(update_fields=["state", "ended_at"])
    audit.record(events.SANCTION_LIFTED, actor=by, scope=sanction.scope_id, target=sanction, at=at)
    return sanction
