"""Jobs of moderation: each loads ids and calls one command."""

from uuid import UUID

import structlog

from torg.channels import queries as channels
from torg.connectors.contract import ChannelError
from torg.core import clock, jobs
from torg.moderation import commands, complaining, hidings, outcomes
from torg.moderation.models import Complaint, Decision, Escalation
from torg.moderation.words import WATCH

AT_ONCE = 50
log = structlog.get_logger(__name__)


@jobs.periodic("moderation.hidings", cron="* * * * *")
def settle_hidings(timestamp: int) -> None:
    """Let hidings lapse or call the next person, where nobody has decided in time."""
    commands.settle_hidings(at=clock.now())


@jobs.periodic("moderation.sanctions", cron="*/10 * * * *")
def end_sanctions(timestamp: int) -> None:
    """Lift what has reached its last day."""
    commands.end_sanctions(at=clock.now())


@jobs.periodic("moderation.closing", cron="*/5 * * * *")
def close_finished(timestamp: int) -> None:
    """Close the cases that have all there is to have."""
    commands.close_finished(at=clock.now())


@jobs.periodic("moderation.reading_back", cron="*/15 * * * *")
def read_back(timestamp: int) -> None:
    """Look up on the platform what our decisions have led to; a channel that does not answer is asked next time."""
    at = clock.now()
    for decision in outcomes.decisions_to_read_back(at=at, limit=AT_ONCE):
        _read_back(decision)


@jobs.task("moderation.mail_escalations", queue="urgent")
def mail_escalations() -> None:
    """Mail whoever was called and has not been mailed; one that fails is tried again."""
    for called in Escalation.objects.filter(mailed_at=None).select_related("person", "hiding__case"):
        hidings.mail(called)
        Escalation.objects.filter(pk=called.pk).update(mailed_at=clock.now())


@jobs.task("moderation.tell_complainant")
def tell_complainant(complaint_id: str) -> None:
    """Tell an author by mail that there is news in their complaint."""
    complaining.mail(Complaint.objects.get(public_id=UUID(complaint_id)))


def _read_back(decision: Decision) -> None:
    item = decision.case.item
    try:
        state = channels.channel_for(item.connection).state_of(item.external_id)
    except ChannelError as error:
        log.warning("moderation.not_read_back", decision=str(decision.public_id), error=type(error).__name__)
        return
    commands.note_platform_state(decision_id=decision.public_id, state=state, by=WATCH, at=clock.now())
