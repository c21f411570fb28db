"""Calling the team out by text message and e-mail: the next way where one does not get through, and who confirms."""

import re
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.connectors.services import sms
from torg.core import sealing
from torg.core.actors import Actor
from torg.core.errors import Invalid
from torg.crisis import audit, calling, events, loading, policies
from torg.crisis.models import Alert, Called, CallOut, Gateway
from torg.crisis.types import CALLER, AlertState, GatewayKind, GatewayWanted
from torg.outbox.models import ActState
from torg.outbox.types import Sent
from torg.people.acting import person_or_none
from torg.people.models import Person
from torg.publishing.loading import found

LONGEST = 300
HEADER = re.compile(r"[A-Za-z0-9-]{1,60}")
FAILED = {ActState.REFUSED, ActState.FAILED, ActState.UNCONFIRMED, ActState.WITHDRAWN}


@transaction.atomic
def set_gateway(*, wanted: GatewayWanted, by: Actor, at: datetime) -> Gateway:
    """Set up a way to reach people; one of the same name gives way. The key is kept sealed.

    Raises NotAllowed, Invalid for an address that is not https, or a template that is neither JSON nor a form, or lacks
    `{to}` or `{text}`.
    """
    policies.check_can_keep_plan(by, at=at)
    if not wanted.name.strip():
        raise Invalid(_("Give the gateway a name."), field="name")
    if wanted.kind == GatewayKind.SMS:
        _check_template(wanted)
    Gateway.objects.filter(name=wanted.name.strip(), ended_at=None).update(ended_at=at)
    row = Gateway.objects.create(
        name=wanted.name.strip()[:60],
        kind=wanted.kind,
        order=wanted.order,
        address=wanted.address.strip(),
        template=wanted.template.strip(),
        header=wanted.header.strip() or "Authorization",
        key=sealing.seal(wanted.key) if wanted.key else b"",
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
def call_out(
    *, incident_id: UUID, text: str, people: Collection[UUID] | None = None, by: Actor, at: datetime
) -> CallOut:
    """Call the team out (utkalling), in the order of the call list: each by the first gateway that can reach them.

    Args:
        incident_id: which incident.
        text: what they need to know to come; the link to confirm by is added.
        people: some of the team; None for everyone.
        by: whoever leads.
        at: now.

    Raises NotFound, NotAllowed, Invalid without words or with nobody to call.
    """
    incident = loading.incident_for_change(incident_id, by=by, at=at)
    policies.check_can_lead(by, incident, at=at)
    members = incident.members.filter(until_at=None).select_related("person").order_by("call_order", "id")
    if people is not None:
        members = members.filter(person__public_id__in=people)
    if not text.strip() or not members:
        raise Invalid(_("Write what they need to know, and choose at least one person."), field="text")
    called_by = person_or_none(by)
    row = CallOut.objects.create(incident=incident, text=text.strip()[:LONGEST], called_by=called_by, called_at=at)
    calling.reach(Called.objects.bulk_create(Called(call_out=row, person=member.person) for member in members), at=at)
    audit.record(events.CALLED_OUT, incident, by=by, at=at, people=len(members))
    return row


@transaction.atomic
def confirm(*, called_id: UUID, by: Person | None, at: datetime) -> Called:
    """Say that one has got it and is coming; signed in, or by the signed link in the message (`by` is None then).

    Doing it again changes nothing. Raises NotFound, for somebody else's call too.
    """
    rows = Called.objects.select_related("call_out__incident", "person")
    called: Called = found(rows if by is None else rows.filter(person=by), called_id)
    if Called.objects.filter(pk=called.pk, confirmed_at=None).update(confirmed_at=at):
        called.confirmed_at = at
        audit.record(events.CONFIRMED, called.call_out.incident, by=called.person, at=at, called=str(called.public_id))
    return called


@transaction.atomic
def note_alert_outcome(*, subject_id: UUID, act: Sent, at: datetime, by: Actor = CALLER) -> None:
    """What became of one message; where it did not surely get through, the next gateway is tried at once.

    A person may get two messages, never none because we waited: so “not confirmed” counts as not through.
    """
    found = Alert.objects.select_for_update(of=("self",)).select_related("gateway", "called__call_out__incident")
    alert = found.get(public_id=subject_id)
    if alert.state != AlertState.ON_ITS_WAY or act.state not in {*FAILED, ActState.CONFIRMED}:
        return
    is_through = act.state == ActState.CONFIRMED
    alert.state, alert.ended_at = (AlertState.HANDED_OVER if is_through else AlertState.FAILED), at
    alert.receipt, alert.problem = (
        act.external_id[:200],
        "" if is_through else (act.error_code or act.error_class)[:200],
    )
    alert.save()
    incident = alert.called.call_out.incident
    audit.record(events.ALERT_OUTCOME, incident, by=by, at=at, alert=str(alert.public_id), state=alert.state.lower())
    if not is_through and alert.called.confirmed_at is None:
        calling.try_next(alert, at=at)


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
    if not all(f"{{{name}}}" in wanted.template for name in ("to", "text")):
        raise Invalid(_("The template must hold {to} and {text}."), field="template")
