"""Making the row of a presence, from its registration or from an approved application."""

from datetime import datetime

from django.utils.translation import gettext as _

from torg.core.errors import Invalid
from torg.people.models import Scope
from torg.registry.models import Presence
from torg.registry.types import Description


def register(description: Description, *, scope: Scope, at: datetime) -> Presence:
    """Give the scope its presence, and so its name. Raises Invalid without a name."""
    check(description)
    scope.name = description.name.strip()
    scope.save(update_fields=["name"])
    return Presence.objects.create(
        scope=scope,
        kind=description.kind,
        name=scope.name,
        address=description.address,
        purpose=description.purpose,
        unit=description.unit,
        opened_at=at,
    )


def check(description: Description) -> None:
    """Raise Invalid without a name."""
    if not description.name.strip():
        raise Invalid(_("Write the name that people see."), field="name")
