"""The switch: opening an incident and closing it by two; changing how grave it is."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.core.actors import Actor
from torg.core.errors import Invalid, NotFound
from torg.crisis import audit, events, hours, journaling, loading, policies, queries, seating, website
from torg.crisis.models import Checklist, CheckPoint, Incident, IncidentPage
from torg.crisis.types import SWITCH, IncidentState, Opening, Severity, TeamRole
from torg.people import queries as people
from torg.people.acting import person_or_none
from torg.people.models import Person
from torg.publishing import commands as publishing


@transaction.atomic
def open_incident(*, opening: Opening, by: Actor, at: datetime) -> Incident:
    """Press the switch: open an incident, or an exercise of one.

    What is planned stops, answering hours widen, the plan's checklists are laid out and the public status page
    appears, all in this one act. An exercise touches none of these: only its own rows are made.

    Args:
        opening: what it is, how grave, whose, and what it holds.
        by: the officer, a deputy or a leader.
        at: now.

    Raises NotAllowed, Invalid without a title, NotFound for an owner or a page not within reach, Stale when somebody
    else has just opened one that they did not know of.
    """
    policies.check_can_open(by, opening.scope_id, at=at)
    loading.check_knows_all(opening)
    if not opening.title.strip():
        raise Invalid(_("Say in a few words what has happened."), field="title")
    incident = Incident.objects.create(
        scope_id=opening.scope_id,
        title=opening.title.strip()[:120],
        severity=opening.severity,
        is_exercise=opening.is_exercise,
        owner=people.person_or_absent(opening.owner),
        holds_plan=opening.holds_plan and not opening.is_exercise,
        widens_hours=opening.widens_hours and not opening.is_exercise,
        allows_own_approval=opening.allows_own_approval,
        opened_by=person_or_none(by),
        opened_at=at,
    )
    _gather_from(incident, opening, by=by, at=at)
    seating.seat_standing(incident, at=at)
    seating.seat(incident, incident.owner, TeamRole.LEAD, may_approve=True, call_order=1, at=at)
    _lay_out_plan(incident)
    event = events.EXERCISE_OPENED if incident.is_exercise else events.OPENED
    audit.record(event, incident, by=by, at=at, severity=incident.severity, owner=str(incident.owner.public_id))
    if incident.holds_plan:
        publishing.hold_planned(reason_code=incident.hold_code, by=SWITCH, at=at)
    hours.widen(incident, at=at)
    website.show(incident, at=at)
    return incident


@transaction.atomic
def change_incident(
    *, incident_id: UUID, severity: Severity, owner: UUID, title: str, by: Actor, at: datetime
) -> Incident:
    """Say anew how grave it is, what it is called and who owns it. Raises NotFound, NotAllowed, Invalid."""
    incident = loading.incident_for_change(incident_id, by=by, at=at)
    policies.check_can_lead(by, incident, at=at)
    if not title.strip():
        raise Invalid(_("Say in a few words what has happened."), field="title")
    person = people.person_or_absent(owner)
    incident.severity, incident.owner, incident.title = severity, person, title.strip()[:120]
    incident.save(update_fields=["severity", "owner", "title"])
    seating.seat(incident, person, TeamRole.LEAD, may_approve=True, call_order=1, at=at)
    audit.record(events.CHANGED, incident, by=by, at=at, severity=severity, owner=str(person.public_id))
    website.show(incident, at=at)
    return incident


@transaction.atomic
def ask_to_close(*, incident_id: UUID, by: Person, at: datetime) -> Incident:
    """Say that it is over; a second person must look, and close it. Raises NotFound, NotAllowed, InvalidTransition."""
    incident = loading.incident_for_change(incident_id, by=by, at=at)
    policies.check_can_lead(by, incident, at=at)
    incident.move_to(IncidentState.CLOSING)
    incident.closing_asked_by, incident.closing_asked_at = by, at
    incident.save(update_fields=["state", "closing_asked_by", "closing_asked_at"])
    audit.record(events.CLOSING_ASKED, incident, by=by, at=at)
    return incident


@transaction.atomic
def keep_open(*, incident_id: UUID, by: Person, at: datetime) -> Incident:
    """Find that it is not over after all. Raises NotFound, NotAllowed, InvalidTransition."""
    incident = loading.incident_for_change(incident_id, by=by, at=at)
    policies.check_can_lead(by, incident, at=at)
    incident.move_to(IncidentState.RUNNING)
    incident.closing_asked_by = incident.closing_asked_at = None
    incident.save(update_fields=["state", "closing_asked_by", "closing_asked_at"])
    audit.record(events.KEPT_OPEN, incident, by=by, at=at)
    return incident


@transaction.atomic
def close_incident(*, incident_id: UUID, by: Person, at: datetime) -> Incident:
    """Close it as the second person (avslutte): hours and lent roles end, and the whole is journaled.

    What was on hold stays so until somebody has looked it through: posts from before may not suit what has happened.

    Raises NotFound, NotAllowed for whoever asked, InvalidTransition when nobody asked or it is closed.
    """
    incident = loading.incident_for_change(incident_id, by=by, at=at)
    policies.check_can_close(by, incident, at=at)
    incident.move_to(IncidentState.CLOSED)
    incident.closed_by, incident.closed_at, incident.next_statement_at = by, at, None
    incident.save(update_fields=["state", "closed_by", "closed_at", "next_statement_at"])
    hours.restore(incident, at=at)
    seating.end_all(incident, at=at)
    audit.record(events.CLOSED, incident, by=by, at=at, asked_by=_ref(incident.closing_asked_by))
    incident.entry_id = journaling.journal(incident, by=by, at=at)
    incident.save(update_fields=["entry_id"])
    website.show(incident, at=at)
    return incident


def _gather_from(incident: Incident, opening: Opening, *, by: Actor, at: datetime) -> None:
    within = {page.scope_id for page in queries.pages_within_reach(by, at=at)}
    wanted = set(opening.pages) or within
    if not wanted <= within or opening.scope_id not in within:
        raise NotFound(_("One of these pages does not exist, or you do not have access to it."))
    IncidentPage.objects.bulk_create(IncidentPage(incident=incident, scope_id=scope) for scope in sorted(wanted))


def _lay_out_plan(incident: Incident) -> None:
    CheckPoint.objects.bulk_create(
        CheckPoint(incident=incident, checklist=checklist, place=place, text=text)
        for checklist in Checklist.objects.filter(ended_at=None).order_by("id")
        for place, text in enumerate(checklist.points, start=1)
    )


def _ref(person: Person | None) -> str:
    return str(person.public_id) if person is not None else ""
