"""The outbox' handler for alerts: one message to one person through one gateway. Never for an exercise."""

from collections.abc import Sequence
from datetime import datetime
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.module_loading import import_string

from torg.connectors import contract
from torg.connectors.services import fetch, sms
from torg.core import sealing
from torg.crisis import calling
from torg.crisis.models import Alert, Gateway
from torg.crisis.types import GatewayKind
from torg.outbox.types import Sent


def perform(act: Sent) -> contract.Done:
    """Hand one message over; the receipt is what the gateway calls it.

    A gateway that is down counts as a refusal: the next one is tried at once, for waiting is what a call-out cannot.
    """
    rows = Alert.objects.select_related("gateway", "tester", "called__person", "called__call_out__incident")
    alert = rows.get(public_id=act.subject_id)
    if alert.is_of_an_exercise:
        raise contract.Refused("An exercise sends nothing.")
    try:
        receipt = _by_mail(alert) if alert.gateway.kind == GatewayKind.MAIL else _by_sms(alert, alert.gateway)
    except sms.NotTaken as problem:
        raise contract.Refused("The gateway did not take it.", code=problem.code[:60]) from problem
    except (fetch.FetchProblem, OSError, SMTPException) as problem:
        raise contract.Refused("The gateway did not answer.", code=type(problem).__name__) from problem
    return contract.Done(external_id=receipt)


def look(act: Sent, since: datetime) -> Sequence[contract.Match]:
    """A gateway tells nothing of what it has sent; the person confirms."""
    return ()


def on_outcome(act: Sent, at: datetime) -> None:
    """Tell the call-out."""
    import_string(settings.OUTCOME_HANDLERS[act.subject_kind])(subject_id=act.subject_id, act=act, at=at)


def _by_sms(alert: Alert, gateway: Gateway) -> str:
    _subject, text = calling.text_of(alert)
    return sms.send(
        sms.Way(
            address=gateway.address,
            template=gateway.template,
            header=gateway.header,
            key=sealing.unseal(gateway.key) if gateway.key else "",
            report_to=calling.report_address(gateway) if gateway.tells_of_delivery else "",
            rule=gateway.answer_rule,
            allow_loopback=settings.WEBHOOKS_MAY_REACH_LOOPBACK,
        ),
        to=alert.receiver.phone,
        text=text,
        message_id=str(alert.public_id),
    )


def _by_mail(alert: Alert) -> str:
    subject, text = calling.text_of(alert)
    EmailMessage(subject=subject, body=f"{text}\n", to=[alert.receiver.email]).send()
    return f"mail-{alert.public_id}"
