"""What was planned before: on hold while it lasts, let out one by one, and let go on in the end."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from torg.crisis import audit, events, policies, queries
from torg.crisis.models import Incident
from torg.crisis.types import SWITCH
from torg.people.models import Person
from torg.publishing import commands as publishing


@transaction.atomic
def release_planned(*, incident_id: UUID, post_id: UUID, by: Person, at: datetime) -> None:
    """Let one planned post go out although the plan is on hold. Raises NotFound, NotAllowed, InvalidTransition."""
    incident = queries.incident_seen_by(by, incident_id, at=at)
    policies.check_can_lead(by, incident, at=at)
    policies.check_holds_plan(incident)
    publishing.release_post(post_id=post_id, by=by, at=at)
    audit.record(events.RELEASED, incident, by=by, at=at, article=str(post_id))


@transaction.atomic
def let_plan_go_on(*, incident_id: UUID, by: Person, at: datetime) -> Incident:
    """End this incident's hold on the plan, also after it is closed; others stay. Raises NotFound, NotAllowed."""
    incident = queries.incident_seen_by(by, incident_id, at=at)
    policies.check_can_lead(by, incident, at=at)
    incident.holds_plan = False
    incident.save(update_fields=["holds_plan"])
    publishing.end_hold(reason_code=incident.hold_code, by=SWITCH, at=at)
    audit.record(events.PLAN_GOES_ON, incident, by=by, at=at)
    return incident
