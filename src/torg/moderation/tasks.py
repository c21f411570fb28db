"""Jobs of moderation: each loads ids and calls one command."""

from uuid import UUID

import structlog

from torg.channels import queries as channels
from torg.connectors.contract import ChannelError
from torg.core import clock, jobs
from torg.moderation import breaching, commands, complaining, hidings, outcomes, reporting
from torg.moderation.models import ENDED, Breach, CitizenReport, Complaint, Decision, Escalation, Proposal, Report
from torg.moderation.words import WATCH, ProposalState
from torg.people.models import Person

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


@jobs.periodic("moderation.breaches", cron="*/10 * * * *")
def warn_of_breaches(timestamp: int) -> None:
    """Call those who decide before 72 hours have passed."""
    commands.warn_of_breaches(at=clock.now())


@jobs.task("moderation.mail_breach", queue="urgent")
def mail_breach(breach_id: str, person_id: str) -> None:
    """One letter to one who decides."""
    breaching.mail(Breach.objects.get(public_id=UUID(breach_id)), Person.objects.get(public_id=UUID(person_id)))


@jobs.task("moderation.call_agreer", queue="urgent")
def call_agreer(proposal_id: str, person_id: str) -> None:
    """One letter to one who may agree, as long as nobody has answered."""
    proposal = Proposal.objects.get(public_id=UUID(proposal_id))
    if proposal.state == ProposalState.WAITING:
        hidings.mail_agreer(proposal, Person.objects.get(public_id=UUID(person_id)))


@jobs.periodic("moderation.tell_reporters", cron="*/5 * * * *")
def tell_reporters(timestamp: int) -> None:
    """Tell those who wanted to hear how a case ended that they reported; one letter that fails is tried again."""
    rows = Report.objects.exclude(contact="").filter(told_at=None, case__state__in=ENDED).select_related("case")
    for report in rows.order_by("id")[:AT_ONCE]:
        if reporting.is_email(report.contact):
            reporting.mail_outcome(report)
        commands.note_told(report_id=report.public_id, at=clock.now())


@jobs.task("moderation.tell_let_go")
def tell_let_go(tip_id: str) -> None:
    """Tell a citizen why a report led nowhere; once, since the address is forgotten then."""
    tip = CitizenReport.objects.get(public_id=UUID(tip_id))
    if tip.email:
        reporting.mail_let_go(tip)
        commands.note_let_go_told(tip_id=tip.public_id, at=clock.now())


@jobs.periodic("moderation.forget_senders", cron="17 3 * * *")
def forget_senders(timestamp: int) -> None:
    """Forget each night what is no longer needed to hold back abuse."""
    commands.forget_senders(at=clock.now())


def _read_back(decision: Decision) -> None:
    item = decision.case.item
    try:
        state = channels.channel_for(item.connection).state_of(item.external_id)
    except ChannelError as error:
        log.warning("moderation.not_read_back", decision=str(decision.public_id), error=type(error).__name__)
        return
    commands.note_platform_state(decision_id=decision.public_id, state=state, by=WATCH, at=clock.now())
