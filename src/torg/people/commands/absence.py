"""Stand-ins: who has whose roles, and when."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.audit import commands as audit
from torg.core.actors import Actor
from torg.core.errors import Invalid, NotFound
from torg.people import events, policies
from torg.people.models import Person, StandIn
from torg.people.types import Permission


@transaction.atomic
def name_stand_in(
    *, absent: Person, stand_in: Person, from_at: datetime, until_at: datetime, by: Actor, at: datetime
) -> StandIn:
    """Let `stand_in` have the roles of `absent` in a period (stedfortreder). One may do it for oneself.

    Raises NotAllowed for others without the right to manage people, Invalid when the period or the pair is wrong.
    """
    if not (isinstance(by, Person) and by.pk == absent.pk):
        policies.check_may(by, Permission.MANAGE_PEOPLE, scope_id=None, at=at)
    if absent.pk == stand_in.pk:
        raise Invalid(_("Choose somebody else as stand-in."), field="stand_in")
    if until_at <= from_at:
        raise Invalid(_("The last day must come after the first."), field="until_at")
    if stand_in.left_at is not None and stand_in.left_at <= from_at:
        raise Invalid(_("This person has left, and cannot stand in."), field="stand_in")
    row = StandIn.objects.create(absent=absent, stand_in=stand_in, from_at=from_at, until_at=until_at)
    audit.record(
        events.STAND_IN_NAMED,
        actor=by,
        scope=None,
        target=row,
        at=at,
        facts={"absent": str(absent.public_id), "stand_in": str(stand_in.public_id)},
    )
    return row


@transaction.atomic
def end_stand_in(*, stand_in_id: UUID, by: Actor, at: datetime) -> None:
    """End a stand-in period now, or take back one that has not begun.

    Raises NotAllowed for others than the absent person without the right to manage people.
    """
    row = StandIn.objects.select_for_update().filter(public_id=stand_in_id, until_at__gt=at).first()
    if row is None:
        raise NotFound(_("There is no such stand-in period."))
    if not (isinstance(by, Person) and by.pk == row.absent_id):
        policies.check_may(by, Permission.MANAGE_PEOPLE, scope_id=None, at=at)
    audit.record(events.STAND_IN_ENDED, actor=by, scope=None, target=row, at=at)
    if row.from_at >= at:
        row.delete()
        return
    row.until_at = at
    row.save(update_fields=["until_at"])
