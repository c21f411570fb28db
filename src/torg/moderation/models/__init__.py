"""What moderation keeps."""

from torg.moderation.models.breaches import Breach, BreachState, Exposed, Risk
from torg.moderation.models.cases import ENDED, Case, Involved, Passage, Reading, Report
from torg.moderation.models.complaints import (
    UNFINISHED,
    Complaint,
    ComplaintMessage,
    ComplaintState,
    Outcome,
    Restoration,
    Way,
)
from torg.moderation.models.decisions import FINISHED, Decision, Notice, Sanction
from torg.moderation.models.hiding import STANDING, Escalation, TemporaryHiding
from torg.moderation.models.police import PolicePackage
from torg.moderation.models.proposals import Agreement, Proposal, Target
from torg.moderation.models.reporting import CitizenReport, LetGo, Muting, TipState
from torg.moderation.models.rules import Rule, RuleVersion
from torg.moderation.models.sampling import Draw, SecondOpinion, SecondReading
from torg.moderation.models.settings import ModerationSetting
from torg.moderation.models.viewing import Viewing
from torg.moderation.models.wordings import NoticeWording

__all__ = [
    "ENDED",
    "FINISHED",
    "STANDING",
    "UNFINISHED",
    "Agreement",
    "Breach",
    "BreachState",
    "Case",
    "CitizenReport",
    "Complaint",
    "ComplaintMessage",
    "ComplaintState",
    "Decision",
    "Draw",
    "Escalation",
    "Exposed",
    "Involved",
    "LetGo",
    "ModerationSetting",
    "Muting",
    "Notice",
    "NoticeWording",
    "Outcome",
    "Passage",
    "PolicePackage",
    "Proposal",
    "Reading",
    "Report",
    "Restoration",
    "Risk",
    "Rule",
    "RuleVersion",
    "Sanction",
    "SecondOpinion",
    "SecondReading",
    "Target",
    "TemporaryHiding",
    "TipState",
    "Viewing",
    "Way",
]
