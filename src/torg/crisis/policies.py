"""Who may do what in an incident; `check_…` raises, so that buttons and commands share one rule."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from torg.core.actors import Actor
from torg.core.errors import Invalid, InvalidTransition, NotAllowed
from torg.crisis import queries
from torg.crisis.models import Incident, StatementVersion
from torg.crisis.types import IncidentState, TeamRole
from torg.people import queries as people
from torg.people.models import Person
from torg.people.policies import check_may
from torg.people.types import Permission


def check_can_open(by: Actor, scope_id: UUID, *, at: datetime) -> None:
    """Press the switch: the officer, the deputies, the leaders."""
    check_may(by, Permission.RUN_CRISIS, scope_id=scope_id, at=at)


def check_can_keep_plan(by: Actor, *, at: datetime) -> None:
    """Checklists and gateways concern the whole municipality."""
    check_may(by, Permission.RUN_CRISIS, scope_id=None, at=at)


def check_works_here(person: Person, *, at: datetime) -> None:
    """Raises Invalid for somebody who has left."""
    if person.left_at is not None and person.left_at <= at:
        raise Invalid(_("This person has left. Choose somebody who works here."), field="person")


def check_is_open(incident: Incident) -> None:
    """Raises InvalidTransition once it is closed: what was, stays as it was."""
    if incident.state == IncidentState.CLOSED:
        raise InvalidTransition(_("This incident is closed. What is in it cannot be changed any more."))


def check_holds_plan(incident: Incident) -> None:
    """Raises InvalidTransition where nothing is on hold for it: an exercise never lets a real post out."""
    if incident.is_exercise or not incident.holds_plan:
        raise InvalidTransition(_("This incident holds nothing of the plan."))


def may_lead(by: Actor, incident: Incident, *, at: datetime) -> bool:
    """The owner, whoever leads in the team, those who may open one, and whoever stands in for any of them."""
    if people.may(by, Permission.RUN_CRISIS, scope_id=incident.scope_id, at=at):
        return True
    if not isinstance(by, Person):
        return False
    return queries.acts_as_owner(by, incident, at=at) or any(
        seat.role == TeamRole.LEAD for seat in queries.seats_of(by, incident, at=at)
    )


def check_can_lead(by: Actor, incident: Incident, *, at: datetime) -> None:
    """Team, call-out, closing, release of what is on hold."""
    if not may_lead(by, incident, at=at):
        raise NotAllowed(_("Whoever leads this incident does that. See the team for who it is."))


def check_takes_part(by: Actor, incident: Incident, *, at: datetime) -> None:
    """Write drafts, log, tick off: everyone in the team."""
    if may_lead(by, incident, at=at) or (isinstance(by, Person) and queries.seats_of(by, incident, at=at)):
        return
    raise NotAllowed(_("You are not in the team of this incident. Ask whoever leads it to take you in."))


def check_can_approve(by: Person, incident: Incident, *, at: datetime) -> None:
    """Let something out to the public by one approval."""
    if not isinstance(by, Person):
        raise NotAllowed(_("A person approves what goes out in an incident."))
    if not queries.may_approve(by, incident, at=at):
        raise NotAllowed(_("You may not approve alone in this incident. The team page says who may."))


def check_can_state(by: Person, incident: Incident, version: StatementVersion, *, at: datetime) -> None:
    """Approve a statement; one's own only where whoever opened the incident allowed it."""
    check_can_approve(by, incident, at=at)
    if version.made_by_id == by.pk and not incident.allows_own_approval:
        raise NotAllowed(_("You wrote this yourself. In this incident somebody else must approve it."))


def check_can_correct(by: Person, incident: Incident, *, at: datetime) -> None:
    """Correct at once what is out: whoever writes the correction approves it, where one's own approval counts."""
    check_can_approve(by, incident, at=at)
    if not incident.allows_own_approval:
        raise NotAllowed(_("In this incident nobody approves what they wrote. Write a new statement that corrects it."))


def check_own_words(incident: Incident, words: Mapping[str, str]) -> None:
    """Raises NotAllowed for words that nobody else has read, where one's own approval does not count."""
    if words and not incident.allows_own_approval:
        raise NotAllowed(
            _("In this incident nobody approves what they wrote. Withdraw it without words; a new statement tells why.")
        )


def check_can_close(by: Person, incident: Incident, *, at: datetime) -> None:
    """Close as the second person: one who may lead, and did not ask for it."""
    check_can_lead(by, incident, at=at)
    if incident.closing_asked_by_id == by.pk:
        raise NotAllowed(_("You asked for it to be closed. Somebody else must look, and close it."))
