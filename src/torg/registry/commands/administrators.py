"""Who is administrator on the platform itself."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.audit import commands as audit
from torg.core.actors import Actor
from torg.core.errors import Invalid, NotFound
from torg.people.models import Person
from torg.registry import events, policies, queries
from torg.registry.models import Administration


@transaction.atomic
def add_administrator(*, presence_id: UUID, person: Person, by: Actor, at: datetime) -> Administration:
    """Record that a person is administrator of the presence on the platform itself (strategy C3).

    Raises NotFound, NotAllowed, or Invalid when the person is one already.
    """
    presence = queries.presence_or_absent(by, presence_id, at=at, lock=True)
    policies.check_can_manage(by, presence, at=at)
    if presence.administrations.filter(person=person, ended_at=None).exists():
        raise Invalid(_("This person is registered as administrator already."), field="person")
    administration = Administration.objects.create(presence=presence, person=person, since_at=at)
    facts = {"person": str(person.public_id)}
    audit.record(events.ADMINISTRATOR_ADDED, actor=by, scope=presence.scope_id, target=presence, at=at, facts=facts)
    return administration


@transaction.atomic
def end_administration(*, presence_id: UUID, person: Person, by: Actor, at: datetime) -> Administration:
    """Record that a person's access on the platform has ended; a closed presence too. Raises NotFound or NotAllowed."""
    presence = queries.presence_or_absent(by, presence_id, at=at, lock=True)
    policies.check_can_manage(by, presence, at=at)
    administration = presence.administrations.select_for_update().filter(person=person, ended_at=None).first()
    if administration is None:
        raise NotFound(_("This person is not registered as administrator."))
    administration.ended_at = at
    administration.save(update_fields=["ended_at"])
    facts = {"person": str(person.public_id)}
    audit.record(events.ADMINISTRATOR_ENDED, actor=by, scope=presence.scope_id, target=presence, at=at, facts=facts)
    return administration
