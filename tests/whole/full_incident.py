"""An incident of the page with one of everything in it, closed again so that nothing of it stands on every page."""

from datetime import datetime
from uuid import UUID

from django.db import models

from torg.crisis import commands
from torg.crisis.models import (
    Asked,
    Called,
    CheckPoint,
    HandOver,
    Incident,
    OtherSource,
    Question,
    Rumour,
    SituationReport,
    Statement,
    TeamMember,
)
from torg.crisis.types import Injection, Opening, Rebuttal, Seat, Severity, Situation, TeamRole, Wording
from torg.people.models import Person

BY_NAME: dict[str, type[models.Model]] = {
    "incident_id": Incident,
    "statement_id": Statement,
    "shared_question_id": Question,
    "asked_id": Asked,
    "point_id": CheckPoint,
    "member_id": TeamMember,
    "shift_id": HandOver,
    "called_id": Called,
    "rumour_id": Rumour,
    "source_id": OtherSource,
    "report_id": SituationReport,
}
# What belongs to the municipality's plan, and what publishing has on hold.
OF_NO_PAGE = {"checklist_id", "gateway_id", "held_id", "standing_id"}


def plan(officer: Person, *, at: datetime) -> None:
    """What stands in the municipality's own plan for a crisis."""
    commands.set_checklist(title="Første time", points=["Varsle"], by=officer, at=at)


def fill(mark: str, scope_id: UUID, officer: Person, second: Person, *, at: datetime) -> None:
    """An exercise from the switch to the end."""
    by = {"by": officer, "at": at}
    opening = Opening(f"Ras ved {mark}", Severity.SERIOUS, scope_id, officer.public_id, is_exercise=True)
    incident = commands.open_incident(opening=opening, **by)
    one = {"incident_id": incident.public_id, **by}
    commands.take_in(seat=Seat(second.public_id, TeamRole.LEAD), **one)
    commands.call_out(text=f"Møt ved {mark}", **one)
    commands.write_script(injections=[Injection(0, mark, f"Er {mark} stengt?")], **one)
    commands.play(incident_id=incident.public_id, at=at)
    commands.group_questions(incident_id=incident.public_id, at=at)
    commands.draft_statement(texts={"nb": Wording(f"Ras ved {mark}", f"Hold deg unna {mark}.")}, **one)
    commands.correct_rumour(texts={"nb": Rebuttal(f"{mark} er borte", "Nei")}, **one)
    commands.add_source(name=mark, address=f"https://{mark}.example/", **one)
    commands.write_log(text=f"Om {mark}", **one)
    commands.write_report(situation=Situation(f"Om {mark}"), **one)
    commands.hand_over(to_person=second.public_id, text=f"Om {mark}", **one)
    commands.ask_to_close(**one)
    commands.close_incident(incident_id=incident.public_id, by=second, at=at)
