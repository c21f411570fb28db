"""The gateways by which people are called: setting them up, trying them out, leaving them."""

import re
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.connectors.services import sms
from torg.core import sealing
from torg.core.actors import Actor
from torg.core.errors import Invalid
from torg.crisis import audit, calling, events, loading, policies
from torg.crisis.models import Alert, Gateway
from torg.crisis.types import GatewayKind, GatewayWanted
from torg.people.models import Person
from torg.publishing.loading import found

HEADER = re.compile(r"[A-Za-z0-9-]{1,60}")


@transaction.atomic
def set_gateway(*, wanted: GatewayWanted, by: Actor, at: datetime) -> Gateway:
    """Set up a way to reach people; one of the same name gives way. The key is kept sealed.

    Raises NotAllowed, Invalid for an address that is not https, a template that is neither JSON nor a form, or lacks
    `{text}` or the number, and rules that cannot be read.
    """
    policies.check_can_keep_plan(by, at=at)
    if not wanted.name.strip():
        raise Invalid(_("Give the gateway a name."), field="name")
    if wanted.kind == GatewayKind.SMS:
        _check_template(wanted)
    before = Gateway.objects.filter(name=wanted.name.strip()[:60], ended_at=None)
    # Without a new key the old one is kept, but never sent anywhere else than before.
    same = before.filter(address=wanted.address.strip()).exclude(address="").first()
    key = sealing.seal(wanted.key) if wanted.key else bytes(same.key) if same is not None else b""
    before.update(ended_at=at)
    row = Gateway.objects.create(
        name=wanted.name.strip()[:60],
        kind=wanted.kind,
        order=wanted.order,
        address=wanted.address.strip(),
        template=wanted.template.strip(),
        header=wanted.header.strip() or "Authorization",
        key=key,
        answer=asdict(wanted.answer),
        report=asdict(wanted.report) if wanted.kind == GatewayKind.SMS else asdict(sms.ReportRule()),
        made_at=at,
    )
    audit.record(events.GATEWAY_SET, row, by=by, at=at, kind=row.kind)
    return row


@transaction.atomic
def end_gateway(*, gateway_id: UUID, by: Actor, at: datetime) -> Gateway:
    """Use a gateway no more. Raises NotFound, NotAllowed."""
    policies.check_can_keep_plan(by, at=at)
    row: Gateway = loading.ended(Gateway.objects.all(), gateway_id, at=at)
    audit.record(events.GATEWAY_ENDED, row, by=by, at=at)
    return row


@transaction.atomic
def send_test(*, gateway_id: UUID, by: Person, at: datetime) -> Alert:
    """Send oneself a test, by the way that a call-out goes: what becomes of it is what would become of that.

    Raises NotFound, NotAllowed, Invalid without a number or an address of one's own, and after many within an hour.
    """
    policies.check_can_keep_plan(by, at=at)
    gateway: Gateway = found(Gateway.objects.filter(ended_at=None), gateway_id)
    alert = calling.test(gateway, by, at=at)
    audit.record(events.GATEWAY_TESTED, gateway, by=by, at=at, alert=str(alert.public_id))
    return alert


def _check_template(wanted: GatewayWanted) -> None:
    if not wanted.address.strip().startswith("https://"):
        raise Invalid(_("The gateway's address must begin with https://."), field="address")
    if not HEADER.fullmatch(wanted.header.strip() or "Authorization"):
        raise Invalid(_("The name of a header has letters, digits and hyphens only."), field="header")
    if not (wanted.key.isascii() and (not wanted.key or wanted.key.isprintable())):
        raise Invalid(_("The key has signs that cannot be sent. Copy it once more."), field="key")
    try:
        sms.filled(wanted.template, dict.fromkeys(sms.FIELDS, ""))
    except (ValueError, RecursionError) as error:
        raise Invalid(
            _("Write the template as JSON, or as a form such as to={to}&text={text}."), field="template"
        ) from error
    if "{text}" not in wanted.template or not ("{to}" in wanted.template or "{msisdn}" in wanted.template):
        raise Invalid(_("The template must hold {text}, and {to} or {msisdn}."), field="template")
    try:
        sms.check(wanted.answer, wanted.report)
    except ValueError as error:
        told = _(
            "Write where it stands as a path, such as messages.0.id, or as text with one hole, such as <id>{}</id>."
        )
        raise Invalid(told, field="accepted") from error
