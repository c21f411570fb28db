"""What follows from an answer, or from none: each error to a state, a time and a next step."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from torg.connectors import contract
from torg.connectors.contract import NextStep
from torg.outbox.models import ActState

# A row that no platform error explains says why in one of these words.
BUG = "Bug"
CRASHED = "Crashed"
PREREQUISITE = "Prerequisite"
NOT_THERE = "NotThere"
SEVERAL_MATCHES = "SeveralMatches"
NO_MATCH = "NoMatch"

FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)
MOST_ATTEMPTS = 12

# How soon a look is repeated, and how long a platform may take to show what it has accepted.
LOOK_AGAIN = timedelta(seconds=45)
SETTLING = timedelta(minutes=5)
# Clocks differ: what the platform dates a little before our sending may still be ours.
CLOCK_SKEW = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The state an act gets, and what a person or the worker does next."""

    state: ActState
    next_attempt_at: datetime | None = None
    next_step: str = ""
    error_class: str = ""
    error_code: str = ""
    error_reason: str = field(default="", repr=False)
    external_id: str = ""
    permalink: str = ""


def of_success(done: contract.Done | contract.Match) -> Outcome:
    """The platform has it."""
    return Outcome(ActState.CONFIRMED, external_id=done.external_id or "", permalink=done.permalink or "")


def of_error(error: contract.ChannelError, *, attempts: int, at: datetime) -> Outcome:
    """What an error of the contract means for the act, after so many attempts."""
    state: ActState
    when: datetime | None = None
    match error:
        case contract.RateLimited() | contract.QuotaSpent():
            state, when = ActState.PLANNED, max(error.until or at, at + wait(attempts))
        case contract.Temporary() if attempts < MOST_ATTEMPTS:
            state, when = ActState.PLANNED, max(error.until or at, at + wait(attempts))
        case contract.Duplicate() | contract.Ambiguous():
            state, when = ActState.UNCONFIRMED, at + LOOK_AGAIN
        case contract.Refused() | contract.WindowClosed() | contract.Gone():
            state = ActState.REFUSED
        case _:
            state = ActState.FAILED
    step = NextStep.TELL_A_PERSON if state == ActState.FAILED and error.next_step == NextStep.RETRY else error.next_step
    return Outcome(
        state,
        next_attempt_at=when,
        next_step=step,
        error_class=type(error).__name__,
        error_code=error.code or "",
        error_reason=error.reason,
    )


def of_bug(error: Exception) -> Outcome:
    """Our own mistake: nobody knows how far the act came, so a person is told and a retry looks first."""
    return Outcome(
        ActState.FAILED, next_step=NextStep.TELL_A_PERSON, error_class=BUG, error_code=type(error).__name__[:60]
    )


def of_crash(at: datetime) -> Outcome:
    """The worker died between asking and writing down the answer."""
    return Outcome(ActState.UNCONFIRMED, next_attempt_at=at, next_step=NextStep.LOOK_FIRST, error_class=CRASHED)


def of_stopped_follower() -> Outcome:
    """What should have gone first did not succeed."""
    return Outcome(ActState.FAILED, next_step=NextStep.TELL_A_PERSON, error_class=PREREQUISITE)


def wait(attempts: int) -> timedelta:
    """Twice as long after each attempt, up to an hour."""
    doublings = max(0, min(attempts - 1, 12))
    return min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)
