"""Incidents with their team, statements, questions, log and plan."""

from torg.crisis.models.alerts import Alert, Called, CallOut, Gateway
from torg.crisis.models.answers import AnswerVersion, CorrectedReply
from torg.crisis.models.incidents import HandOver, Incident, IncidentPage, TeamMember, seats_held
from torg.crisis.models.logs import Lesson, LogEntry, SituationReport
from torg.crisis.models.plans import Checklist, CheckPoint, StandingSeat
from torg.crisis.models.questions import Asked, InjectedMessage, OtherSource, Question, Rumour
from torg.crisis.models.statements import SandboxPost, Statement, StatementVersion, StatementWithdrawal

__all__ = [
    "Alert",
    "AnswerVersion",
    "Asked",
    "CallOut",
    "Called",
    "CheckPoint",
    "Checklist",
    "CorrectedReply",
    "Gateway",
    "HandOver",
    "Incident",
    "IncidentPage",
    "InjectedMessage",
    "Lesson",
    "LogEntry",
    "OtherSource",
    "Question",
    "Rumour",
    "SandboxPost",
    "SituationReport",
    "StandingSeat",
    "Statement",
    "StatementVersion",
    "StatementWithdrawal",
    "TeamMember",
    "seats_held",
]
