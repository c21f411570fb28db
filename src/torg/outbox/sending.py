"""Carry acts out: claim and commit, call the platform with no transaction open, write the outcome."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

import structlog
from django.db import IntegrityError, connection, transaction
from django.db.models import Exists, OuterRef, Q

from torg.connectors.contract import ChannelError, Match, NextStep
from torg.outbox import outcomes
from torg.outbox.models import IN_THE_AIR, ActState, OutboxAct
from torg.outbox.outcomes import Outcome
from torg.outbox.writing import handler_of, tell_owner, where, write

log = structlog.get_logger(__name__)

LOST_RACES = 5


def send_due(*, at: datetime, limit: int = 100) -> int:
    """Carry out what is due, one act at a time; returns how many. Several workers may do this at once."""
    for count in range(limit):
        if not send_next(at=at):
            return count
    return limit


def send_next(*, at: datetime) -> bool:
    """Carry out the next act that is due; False when there is none.

    Must not be called inside a transaction: the claim has to be on disk before the platform is called.
    """
    act = _claim(at)
    if act is None:
        return False
    with _in_hand(act):
        outcome = _perform(act, at)
        _write_sent(act, outcome, at)
    return True


def look_due(*, at: datetime, limit: int = 100) -> int:
    """Look on the platform for acts that we are unsure of; returns how many were looked for."""
    for count in range(limit):
        act = _claim_look(at)
        if act is None:
            return count
        outcome = _look(act, at)
        with transaction.atomic(durable=True):
            row = OutboxAct.objects.select_for_update().get(pk=act.pk)
            if row.state != ActState.UNCONFIRMED:
                continue
            if outcome.next_attempt_at is None:
                write(row, outcome, at=at)
            else:
                # Nothing new, so no event: only when to look again.
                row.next_attempt_at, row.next_step = outcome.next_attempt_at, outcome.next_step
                row.save(update_fields=["next_attempt_at", "next_step"])
    return limit


def recover_sending(*, at: datetime) -> int:
    """Acts whose sender died before it wrote the outcome become unconfirmed and are looked for; returns how many.

    A living sender holds the act's lock on its own database session, so nothing is guessed from time passed.
    """
    recovered = 0
    with transaction.atomic(durable=True):
        for row in OutboxAct.objects.filter(state=ActState.SENDING).select_for_update(skip_locked=True):
            if _lock(row, "pg_try_advisory_xact_lock"):
                write(row, outcomes.of_crash(at), at=at)
                recovered += 1
    return recovered


def tell_owners(*, at: datetime, limit: int = 100) -> int:
    """Tell owners who could not be told when it happened; returns how many rows were tried."""
    waiting = OutboxAct.objects.filter(owner_told_at=None).exclude(state__in=(ActState.PLANNED, ActState.SENDING))
    keys = list(waiting.order_by("id").values_list("pk", flat=True)[:limit])
    for key in keys:
        with transaction.atomic(durable=True):
            tell_owner(OutboxAct.objects.select_for_update().get(pk=key), at=at)
    return len(keys)


def _claim(at: datetime) -> OutboxAct | None:
    """Take the next due act, commit, and hold its lock; another worker may win the line meanwhile."""
    for _attempt in range(LOST_RACES):
        try:
            with transaction.atomic(durable=True):
                act = _next_due(at)
                if act is None:
                    return None
                act.move_to(ActState.SENDING)
                act.sending_at, act.attempts = at, act.attempts + 1
                act.save(update_fields=["state", "sending_at", "attempts", "owner_told_at"])
                _lock(act, "pg_advisory_lock")
                return act
        except IntegrityError:
            continue
    return None


def _next_due(at: datetime) -> OutboxAct | None:
    in_line = OutboxAct.objects.filter(serial_key=OuterRef("serial_key"))
    # What is planned for a later day does not stand in the way; what waits for its next attempt does.
    has_begun = Q(attempts__gt=0) | Q(next_attempt_at__lte=at)
    ahead = in_line.filter(Q(state__in=IN_THE_AIR) | (Q(state=ActState.PLANNED, id__lt=OuterRef("id")) & has_begun))
    due = OutboxAct.objects.filter(state=ActState.PLANNED, next_attempt_at__lte=at)
    ready = due.filter(Q(after=None) | Q(after__state=ActState.CONFIRMED)).exclude(Exists(ahead))
    return ready.select_for_update(skip_locked=True, of=("self",)).order_by("next_attempt_at", "id").first()


def _perform(act: OutboxAct, at: datetime) -> Outcome:
    try:
        return outcomes.of_success(handler_of(act).perform(act.as_sent()))
    except ChannelError as error:
        return outcomes.of_error(error, attempts=act.attempts, at=at)
    except Exception as error:
        log.error("outbox.handler_broke", act=str(act.public_id), handler=act.handler, error=where(error))
        return outcomes.of_bug(error)


def _write_sent(act: OutboxAct, outcome: Outcome, at: datetime) -> None:
    with transaction.atomic(durable=True):
        row = OutboxAct.objects.select_for_update().get(pk=act.pk)
        is_ours = row.state == ActState.SENDING and row.attempts == act.attempts
        # We were taken for dead, yet it succeeded: that is still the truth.
        is_late_success = row.state == ActState.UNCONFIRMED and outcome.state == ActState.CONFIRMED
        if is_ours or is_late_success:
            write(row, outcome, at=at)
        else:
            log.warning("outbox.late_outcome", act=str(row.public_id), state=row.state, outcome=outcome.state)


def _claim_look(at: datetime) -> OutboxAct | None:
    with transaction.atomic(durable=True):
        unsure = OutboxAct.objects.filter(state=ActState.UNCONFIRMED, next_attempt_at__lte=at)
        act = unsure.select_for_update(skip_locked=True).order_by("next_attempt_at", "id").first()
        if act is not None:
            # Nobody else looks meanwhile; if we die, somebody looks again.
            act.next_attempt_at = at + outcomes.LOOK_AGAIN
            act.save(update_fields=["next_attempt_at"])
        return act


def _look(act: OutboxAct, at: datetime) -> Outcome:
    """Exactly one match confirms; none before the settling time is looked for again; the rest goes to a person."""
    unsure = Outcome(
        ActState.UNCONFIRMED,
        next_attempt_at=at + outcomes.LOOK_AGAIN,
        next_step=NextStep.LOOK_FIRST,
        error_class=act.error_class,
        error_code=act.error_code,
        error_reason=act.error_reason,
    )
    began_at = act.sending_at or act.planned_at
    try:
        matches = _unknown(handler_of(act).look(act.as_sent(), began_at - outcomes.CLOCK_SKEW), act)
    except ChannelError as error:
        again_at = max(error.until or at, at + outcomes.LONGEST_WAIT if error.next_step == NextStep.RECONNECT else at)
        again_at = max(again_at, at + outcomes.LOOK_AGAIN)
        step = NextStep.RECONNECT if error.next_step == NextStep.RECONNECT else NextStep.LOOK_FIRST
        return replace(unsure, next_attempt_at=again_at, next_step=step, error_reason=error.reason)
    except Exception as error:
        log.error("outbox.look_broke", act=str(act.public_id), handler=act.handler, error=where(error))
        return _for_a_person(unsure, outcomes.BUG)
    if len(matches) == 1:
        return outcomes.of_success(matches[0])
    if matches:
        return _for_a_person(unsure, outcomes.SEVERAL_MATCHES)
    return unsure if at < began_at + outcomes.SETTLING else _for_a_person(unsure, outcomes.NO_MATCH)


def _unknown(matches: Sequence[Match], act: OutboxAct) -> list[Match]:
    """Matches that are not the known result of another act: the same answer given twice has two results.

    What an act was done to is the same thing each time: that it was hidden once says nothing of its deletion now.
    """
    found = {match.external_id: match for match in matches}
    others = OutboxAct.objects.filter(external_id__in=found).exclude(pk=act.pk)
    known = set(others.values_list("external_id", flat=True))
    return [match for external_id, match in found.items() if match.is_what_was_acted_on or external_id not in known]


def _for_a_person(unsure: Outcome, why: str) -> Outcome:
    return replace(unsure, next_attempt_at=None, next_step=NextStep.TELL_A_PERSON, error_class=why)


@contextmanager
def _in_hand(act: OutboxAct) -> Iterator[None]:
    try:
        yield
    finally:
        _lock(act, "pg_advisory_unlock")


def _lock(act: OutboxAct, function: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(hashtextextended(%s, 0))", [f"torg.outbox.{act.public_id}"])
        return bool(cursor.fetchone()[0])
