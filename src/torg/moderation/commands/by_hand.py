"""A sensitive text in a place without an API: written down, and a case opened, in one act (strategy C6)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from torg.channels import commands as channels
from torg.channels.types import Written
from torg.dialogue.models import Item
from torg.moderation import audit, events, loading
from torg.moderation.commands.opening import open_case
from torg.moderation.models import Case
from torg.moderation.words import Ground, Source
from torg.people.models import Person


@transaction.atomic
def report_by_hand(*, presence_id: UUID, written: Written, ground: Ground, by: Person, at: datetime) -> Case:
    """Write down what must be removed, with its ground: the evidence is kept before a person removes it there.

    Raises what writing down and opening a case raise: NotFound, NotAllowed, InvalidTransition, Invalid.
    """
    down = channels.write_down(presence_id=presence_id, written=written, by=loading.a_person(by), at=at)
    item = Item.objects.get(connection_id=down.connection_id, external_id=down.external_id)
    case = open_case(item_id=item.public_id, source=Source.OWN, ground=ground, by=by, at=at)
    audit.record(events.REPORTED_BY_HAND, actor=by, scope=case.scope_id, target=case, at=at)
    return case
