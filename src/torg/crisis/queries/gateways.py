"""The gateways by which people are called, each with how its last test went."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from torg.core.errors import NotFound
from torg.crisis import calling
from torg.crisis.models import Alert, Gateway


@dataclass(frozen=True, slots=True)
class Shown:
    """A gateway, its last test, and where its delivery reports are to be sent; empty where it has none."""

    row: Gateway
    test: Alert | None
    report_address: str


def gateways() -> Sequence[Shown]:
    """Those in use, in the order in which they are tried."""
    rows = list(Gateway.objects.filter(ended_at=None).order_by("order", "id"))
    tests = Alert.objects.filter(gateway__in=rows, called=None).order_by("gateway", "-planned_at").distinct("gateway")
    newest = {test.gateway_id: test for test in tests}
    return [
        Shown(row, newest.get(row.pk), calling.report_address(row) if row.tells_of_delivery else "") for row in rows
    ]


def gateway_or_absent(public_id: UUID) -> Gateway:
    """The one in use of the same name: set up anew, its secret address stays good. Raises NotFound."""
    names = Gateway.objects.filter(public_id=public_id).values("name")
    row = Gateway.objects.filter(name__in=names, ended_at=None).first()
    if row is None:
        raise NotFound(_("This does not exist, or you do not have access to it."))
    return row
