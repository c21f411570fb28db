"""Elections with the days on which their rules hold."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.audit import commands as audit
from torg.core.errors import Invalid
from torg.guidance import events, policies, queries
from torg.guidance.models import Election
from torg.guidance.types import ElectionKind
from torg.people.models import Person
from torg.records.days import day_of


@transaction.atomic
def add_election(*, kind: ElectionKind, from_on: date, voting_on: date, by: Person, at: datetime) -> Election:
    """Register an election: from `from_on` to the day of voting its rules are shown where people write.

    Raises NotAllowed, Invalid for days in the wrong order or gone by, or for an election that is registered.
    """
    policies.check_can_keep(by, at=at)
    if from_on > voting_on:
        raise Invalid(_("The rules must begin before the day of voting."), field="from_on")
    if voting_on < day_of(at):
        raise Invalid(_("That day has passed."), field="voting_on")
    if Election.objects.standing().filter(kind=kind, voting_on=voting_on).exists():
        raise Invalid(_("This election is registered already."), field="voting_on")
    row = Election.objects.create(kind=kind, from_on=from_on, voting_on=voting_on, made_by=by, made_at=at)
    facts = {"kind": kind.value, "voting_on": voting_on.isoformat()}
    audit.record(events.ELECTION_ADDED, actor=by, scope=None, target=row, at=at, facts=facts)
    return row


@transaction.atomic
def withdraw_election(*, election_id: UUID, by: Person, at: datetime) -> Election:
    """Take an election out that was registered wrongly. Raises NotAllowed, NotFound."""
    policies.check_can_keep(by, at=at)
    row = queries.election_or_absent(election_id)
    row.withdrawn_at = at
    row.save(update_fields=["withdrawn_at"])
    audit.record(events.ELECTION_WITHDRAWN, actor=by, scope=None, target=row, at=at)
    return row
