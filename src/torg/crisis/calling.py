"""Who is reached through which gateway, and what they are told."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from torg.core.errors import Invalid, NotFound
from torg.crisis import sandbox
from torg.crisis.models import Alert, Called, Gateway
from torg.crisis.types import GatewayKind, IncidentState
from torg.outbox import commands as outbox
from torg.outbox.types import Planned
from torg.people.models import Person

HANDLER, SUBJECT = "crisis.alert", "crisis.alert"
SALT, REPORT_SALT = "crisis.call", "crisis.delivery"
# A test belongs to no page.
NO_SCOPE = UUID(int=0)
# Enough to try a gateway out; each message costs, and goes to whatever number somebody has written down as theirs.
MOST_TESTS, TESTS_WITHIN = 10, timedelta(hours=1)


def reach(called: Iterable[Called], *, at: datetime) -> None:
    """Send each the first message that can reach them. Whom no gateway reaches is shown as not reached."""
    gateways = _gateways()
    for row in called:
        _try_first(row, gateways, at=at)


def try_next(failed: Alert, *, at: datetime) -> None:
    """The next gateway after one that did not get through, while there is something to come to."""
    called = failed.called
    if called is None or called.confirmed_at is not None:
        return
    if called.call_out.incident.state == IncidentState.CLOSED:
        return
    after = [one for one in _gateways() if (one.order, one.pk) > (failed.gateway.order, failed.gateway.pk)]
    tried = set(called.alerts.values_list("gateway_id", flat=True))
    _try_first(called, [one for one in after if one.pk not in tried], at=at)


def test(gateway: Gateway, tester: Person, *, at: datetime) -> Alert:
    """Send somebody a test through one gateway, the way that a call-out goes; no other is tried after it.

    Raises Invalid without a number or an address, and when they have sent themselves too many.
    """
    if not _has_way(tester, gateway):
        raise Invalid(_("Write down your own mobile number or e-mail address first; the test goes there."))
    if Alert.objects.filter(tester=tester, planned_at__gt=at - TESTS_WITHIN).count() >= MOST_TESTS:
        raise Invalid(_("You have sent yourself ten tests within an hour. Wait a little, and send another then."))
    alert = Alert.objects.create(tester=tester, gateway=gateway, planned_at=at)
    _plan(alert, NO_SCOPE, at=at)
    return alert


def text_of(alert: Alert) -> tuple[str, str]:
    """Subject and text of one message."""
    if alert.called is not None:
        return message(alert.called)
    with translation.override(alert.receiver.language):
        subject = _("Test of the call-out")
        return subject, _("%(subject)s from %(name)s. You need do nothing.") % {
            "subject": subject,
            "name": alert.gateway.name,
        }


def report_address(gateway: Gateway) -> str:
    """Where the gateway sends its delivery reports; whoever knows it can report, so it is shown to those who set up."""
    token = signing.Signer(salt=REPORT_SALT).sign(gateway.public_id.hex)
    return f"{settings.PUBLIC_ADDRESS.rstrip('/')}{reverse('crisis:delivery-report', args=[token])}"


def gateway_by_token(token: str) -> UUID:
    """Whose address it is; raises NotFound for one that we have not made."""
    try:
        return UUID(signing.Signer(salt=REPORT_SALT).unsign(token))
    except (signing.BadSignature, ValueError) as error:
        raise NotFound(_("This does not exist, or you do not have access to it.")) from error


def token_of(called_id: UUID) -> str:
    """What stands in the link by which somebody confirms without signing in."""
    return signing.Signer(salt=SALT).sign(called_id.hex)


def called_by_token(token: str) -> UUID:
    """Whose link it is; raises NotFound for one that we have not made."""
    try:
        return UUID(signing.Signer(salt=SALT).unsign(token))
    except (signing.BadSignature, ValueError) as error:
        raise NotFound(_("This link does not work. Sign in to confirm.")) from error


def message(called: Called) -> tuple[str, str]:
    """Subject and text, in the person's own language; an exercise says so first."""
    call_out = called.call_out
    with translation.override(called.person.language):
        subject = _("EXERCISE: you are called out") if call_out.incident.is_exercise else _("You are called out")
        link = f"{settings.PUBLIC_ADDRESS.rstrip('/')}{reverse('crisis:confirm', args=[token_of(called.public_id)])}"
        confirm = _("Confirm that you have got this: %(link)s") % {"link": link}
    return subject, f"{subject}. {call_out.text}\n{confirm}"


def _gateways() -> Sequence[Gateway]:
    return list(Gateway.objects.filter(ended_at=None).order_by("order", "id"))


def _try_first(called: Called, gateways: Sequence[Gateway], *, at: datetime) -> None:
    able = next((one for one in gateways if _has_way(called.person, one)), None)
    if able is None:
        return
    alert = Alert.objects.create(called=called, gateway=able, planned_at=at)
    incident = called.call_out.incident
    if incident.is_exercise:
        sandbox.plan(incident, [(SUBJECT, alert.public_id, able.name)], at=at)
        return
    _plan(alert, incident.scope_id, at=at)


def _plan(alert: Alert, scope_id: UUID, *, at: datetime) -> None:
    outbox.plan(
        Planned(
            handler=HANDLER,
            kind=alert.gateway.kind.lower(),
            scope_id=scope_id,
            serial_key=f"alert:{alert.public_id}",
            subject_kind=SUBJECT,
            subject_id=alert.public_id,
            # The words are put together when it is sent: no phone number and no secret link lies in the outbox.
            payload={},
            not_before=outbox.FIRST,
            place=alert.gateway.name[:60],
        ),
        at=at,
    )


def _has_way(person: Person, gateway: Gateway) -> bool:
    return bool(person.phone if gateway.kind == GatewayKind.SMS else person.email)
