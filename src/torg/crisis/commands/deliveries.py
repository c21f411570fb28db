"""What becomes of each message of a call-out: the next way where one does not get through."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Model, Q, QuerySet

from torg.connectors.services.sms import Report
from torg.core.actors import Actor
from torg.crisis import audit, calling, events
from torg.crisis.models import Alert, Gateway
from torg.crisis.types import CALLER, GATEWAY, AlertState, IncidentState
from torg.outbox.models import ActState
from torg.outbox.types import Sent

FAILED = {ActState.REFUSED, ActState.FAILED, ActState.UNCONFIRMED, ActState.WITHDRAWN}
# So long a gateway that reports may be silent before the next is tried; an hour after it took a message nobody is
# called anew: gateways tell after days that a telephone was off.
PATIENCE, FORGOTTEN = timedelta(minutes=3), timedelta(hours=1)


@transaction.atomic
def note_alert_outcome(*, subject_id: UUID, act: Sent, at: datetime, by: Actor = CALLER) -> None:
    """What became of one message; where it did not surely get through, the next gateway is tried at once.

    A person may get two messages, never none because we waited: so “not confirmed” counts as not through.
    """
    alert = _locked().get(public_id=subject_id)
    if alert.state == AlertState.DELIVERED and not alert.receipt:
        # Its report was here before we had written down that it was handed over.
        alert.receipt = act.external_id[:200]
        alert.save(update_fields=["receipt"])
    if alert.state != AlertState.ON_ITS_WAY or act.state not in {*FAILED, ActState.CONFIRMED}:
        return
    is_through = act.state == ActState.CONFIRMED
    alert.state, alert.ended_at = (AlertState.HANDED_OVER if is_through else AlertState.FAILED), at
    alert.receipt, alert.problem = (
        act.external_id[:200],
        "" if is_through else (act.error_code or act.error_class)[:200],
    )
    alert.save()
    facts = {"alert": str(alert.public_id), "state": alert.state.lower()}
    audit.record(events.ALERT_OUTCOME, _concerned(alert), by=by, at=at, **facts)
    if not is_through:
        calling.try_next(alert, at=at)


@transaction.atomic
def note_delivery(*, gateway_id: UUID, report: Report, by: Actor = GATEWAY, at: datetime) -> Alert | None:
    """What a gateway says became of a message that it took. Only of its own, and the same again changes nothing.

    What has been delivered stays so. Where it says that a message never will be, the next gateway is tried at once.
    Returns the message; None for one that is not this gateway's, which it must tell us of again.

    Args:
        gateway_id: whose secret address it came to.
        report: what it says.
        by: the rule that acts.
        at: now.
    """
    own = Q(receipt=report.message)
    if _is_id(report.message):
        own |= Q(public_id=UUID(report.message))
    names = Gateway.objects.filter(public_id=gateway_id).values("name")
    rows = _locked().filter(own, gateway__name__in=names)
    alert: Alert | None = rows.exclude(called__call_out__incident__is_exercise=True).order_by("-planned_at").first()
    if alert is None or alert.state == AlertState.DELIVERED:
        return alert
    if alert.state == AlertState.FAILED and not report.is_delivered:
        return alert
    alert.ended_at = alert.ended_at or at
    if report.is_delivered:
        alert.state, alert.delivered_at, alert.problem = AlertState.DELIVERED, at, ""
    else:
        alert.state, alert.problem = AlertState.FAILED, report.code[:200]
    alert.save()
    facts = {"alert": str(alert.public_id), "state": alert.state.lower()}
    audit.record(events.ALERT_OUTCOME, _concerned(alert), by=by, at=at, **facts)
    if alert.state == AlertState.FAILED and alert.chased_at is None and alert.ended_at > at - FORGOTTEN:
        calling.try_next(alert, at=at)
    return alert


@transaction.atomic
def chase(*, limit: int = 100, by: Actor = CALLER, at: datetime) -> int:
    """Try the next gateway for those of whom a gateway that reports has told nothing for so long. Returns how many."""
    silent = _locked().filter(
        state=AlertState.HANDED_OVER,
        chased_at=None,
        called__confirmed_at=None,
        ended_at__lte=at - PATIENCE,
        ended_at__gt=at - FORGOTTEN,
    )
    # A gateway that was set up before reports were read has no rule at all.
    telling = silent.filter(gateway__report__has_key="message").exclude(gateway__report__message="")
    found = list(telling.exclude(called=None).order_by("ended_at")[:limit])
    for alert in found:
        alert.chased_at = at
        alert.save(update_fields=["chased_at"])
        incident = alert.called.call_out.incident if alert.called is not None else None
        if incident is not None and incident.state != IncidentState.CLOSED:
            audit.record(events.CHASED, incident, by=by, at=at, alert=str(alert.public_id))
            calling.try_next(alert, at=at)
    return len(found)


def _locked() -> QuerySet[Alert]:
    rows = Alert.objects.select_for_update(of=("self",))
    return rows.select_related("gateway", "tester", "called__person", "called__call_out__incident")


def _concerned(alert: Alert) -> Model:
    """The incident whose team is called; of a test, the gateway."""
    return alert.called.call_out.incident if alert.called is not None else alert.gateway


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
