"""Deciding when reminders begin, and which units are too small to be counted alone."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from torg.audit import commands as audit
from torg.core.errors import Invalid
from torg.guidance import events, policies
from torg.guidance.models import Routine
from torg.people.grouping import LEAST
from torg.people.models import Person

MONTHS = range(1, 13)


@transaction.atomic
def set_routine(*, first_month: int, least_people: int, by: Person, at: datetime) -> Routine:
    """Decide from now on: the month (1 to 12) in which reminders begin, and the fewest people in a unit of figures.

    Raises NotAllowed, Invalid for what is no month, or for fewer than five.
    """
    policies.check_can_keep(by, at=at)
    if first_month not in MONTHS:
        raise Invalid(_("Choose a month."), field="first_month")
    if least_people < LEAST:
        raise Invalid(_("Fewer than five would show persons. Choose five or more."), field="least_people")
    Routine.objects.filter(until_at=None).update(until_at=at)
    row = Routine.objects.create(first_month=first_month, least_people=least_people, from_at=at, made_by=by)
    facts = {"first_month": first_month, "least_people": least_people}
    audit.record(events.ROUTINE_SET, actor=by, scope=None, target=row, at=at, facts=facts)
    return row
