"""Setting up the municipality, and its units."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from torg.audit import commands as audit
from torg.core.actors import Actor
from torg.core.errors import Invalid
from torg.people import events, policies
from torg.people.models import Municipality, Unit
from torg.people.types import Permission


@dataclass(frozen=True, slots=True)
class Identity:
    """How the municipality presents itself: name, colour (`#rrggbb`), coat of arms (SHA-256 of a stored file)."""

    name: str
    short_name: str = ""
    organisation_number: str = ""
    language: str = "nb"
    colour: str = "#0062ba"
    arms_sha256: str = ""
    contact_email: str = ""
    contact_phone: str = ""
    contact_address: str = ""
    is_fictional: bool = False


@transaction.atomic
def set_up_municipality(*, identity: Identity, by: Actor, at: datetime) -> Municipality:
    """Say who this installation serves (kommune); may be said again to change it.

    Raises NotAllowed without the right to manage people, Invalid without a name.
    """
    policies.check_may(by, Permission.MANAGE_PEOPLE, scope_id=None, at=at)
    if not identity.name.strip():
        raise Invalid(_("Write the municipality's name."), field="name")
    fields = {name: getattr(identity, name) for name in identity.__slots__}
    municipality, _made = Municipality.objects.update_or_create(id=1, defaults={**fields, "is_set_up": True})
    audit.record(events.MUNICIPALITY_SET_UP, actor=by, scope=None, target=None, at=at)
    return municipality


@transaction.atomic
def add_unit(*, name: str, by: Actor, at: datetime, parent: Unit | None = None) -> Unit:
    """Add a unit (enhet).

    Raises NotAllowed without the right to manage people, Invalid without a name or with one that is taken.
    """
    policies.check_may(by, Permission.MANAGE_PEOPLE, scope_id=None, at=at)
    if not name.strip():
        raise Invalid(_("Write the unit's name."), field="name")
    if Unit.objects.filter(name__iexact=name.strip()).exists():
        raise Invalid(_("There is a unit with that name already."), field="name")
    unit = Unit.objects.create(name=name.strip(), parent=parent)
    audit.record(events.UNIT_ADDED, actor=by, scope=None, target=unit, at=at)
    return unit
