"""Integrations, and which events one can be told of."""

from uuid import UUID

from django.utils.translation import gettext as _

from torg.api.models import Integration, Subscription
from torg.audit import catalogue
from torg.core.errors import NotFound


def integration_or_absent(public_id: UUID, *, lock: bool = False) -> Integration:
    """The integration; raises NotFound."""
    rows = Integration.objects.select_for_update(of=("self",)) if lock else Integration.objects.all()
    found = rows.select_related("person").filter(public_id=public_id).first()
    if found is None:
        raise NotFound(_("There is no such integration."))
    return found


def subscription_or_absent(integration: Integration, public_id: UUID) -> Subscription:
    """The integration's own running subscription; raises NotFound."""
    found = integration.subscriptions.filter(public_id=public_id, ended_at=None).first()
    if found is None:
        raise NotFound(_("There is no such subscription."))
    return found


def event_names() -> dict[str, str]:
    """Every event that can be subscribed to, with its sentence."""
    return {name: str(event.sentence) for name, event in sorted(catalogue.by_name().items())}
