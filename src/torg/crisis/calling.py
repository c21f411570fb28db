"""Who is reached through which gateway, and what they are told."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from torg.core.errors import NotFound
from torg.crisis import sandbox
from torg.crisis.models import Alert, Called, Gateway
from torg.crisis.types import GatewayKind
from torg.outbox import commands as outbox
from torg.outbox.types import Planned

HANDLER, SUBJECT = "crisis.alert", "crisis.alert"
SALT = "crisis.call"


def reach(called: Iterable[Called], *, at: datetime) -> None:
    """Send each the first message that can reach them. Whom no gateway reaches is shown as not reached."""
    gateways = _gateways()
    for row in called:
        _try_first(row, gateways, at=at)


def try_next(failed: Alert, *, at: datetime) -> None:
    """The next gateway after one that did not get through."""
    after = [one for one in _gateways() if (one.order, one.pk) > (failed.gateway.order, failed.gateway.pk)]
    tried = set(failed.called.alerts.values_list("gateway_id", flat=True))
    _try_first(failed.called, [one for one in after if one.pk not in tried], at=at)


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
    able = next((one for one in gateways if _has_way(called, one)), None)
    if able is None:
        return
    alert = Alert.objects.create(called=called, gateway=able, planned_at=at)
    incident = called.call_out.incident
    if incident.is_exercise:
        sandbox.plan(incident, [(SUBJECT, alert.public_id, able.name)], at=at)
        return
    outbox.plan(
        Planned(
            handler=HANDLER,
            kind=able.kind.lower(),
            scope_id=incident.scope_id,
            serial_key=f"alert:{alert.public_id}",
            subject_kind=SUBJECT,
            subject_id=alert.public_id,
            # The words are put together when it is sent: no phone number and no secret link lies in the outbox.
            payload={},
            not_before=outbox.FIRST,
            place=able.name[:60],
        ),
        at=at,
    )


def _has_way(called: Called, gateway: Gateway) -> bool:
    return bool(called.person.phone if gateway.kind == GatewayKind.SMS else called.person.email)
