"""Change the routine for pictures of people."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from torg.audit import commands as audit
from torg.core.actors import Actor
from torg.core.errors import Invalid
from torg.media import events
from torg.media.models import Routine
from torg.people.acting import person_or_none
from torg.people.policies import check_may
from torg.people.types import Permission

MOST_DAYS = 30


@transaction.atomic
def make_routine(
    *, text: str, take_down_days: int, child_take_down_days: int, warn_days: int, by: Actor, at: datetime
) -> Routine:
    """Let a new routine (rutine) take over from now on; days are working days, and days of warning are calendar days.

    Raises NotAllowed without the right to manage pages for the municipality, Invalid.
    """
    check_may(by, Permission.MANAGE_PRESENCE, scope_id=None, at=at)
    if not text.strip():
        raise Invalid(_("Write the routine."), field="text")
    if not 1 <= take_down_days <= MOST_DAYS:
        raise Invalid(_("Write a number of days from 1 to 30."), field="take_down_days")
    if not 1 <= child_take_down_days <= take_down_days:
        raise Invalid(_("Pictures of children come down at least as soon as others."), field="child_take_down_days")
    routine = Routine.objects.create(
        text=text.strip(),
        take_down_days=take_down_days,
        child_take_down_days=child_take_down_days,
        warn_days=warn_days,
        made_at=at,
        made_by=person_or_none(by),
    )
    facts = {"take_down_days": take_down_days, "child_take_down_days": child_take_down_days}
    audit.record(events.ROUTINE_MADE, actor=by, scope=None, target=routine, at=at, facts=facts)
    return routine
