"""Own wordings, acknowledgements, courses taken, questions for advice and the guide, elections."""

from torg.guidance.models.advice import AdviceMessage, AdviceQuestion, AdviceTerm
from torg.guidance.models.elections import Election
from torg.guidance.models.guide import GuideEntry
from torg.guidance.models.learning import Acknowledgement, Completion
from torg.guidance.models.routine import Routine
from torg.guidance.models.texts import OwnText

__all__ = [
    "Acknowledgement",
    "AdviceMessage",
    "AdviceQuestion",
    "AdviceTerm",
    "Completion",
    "Election",
    "GuideEntry",
    "OwnText",
    "Routine",
]
