"""Questions on the guidance: texts that hold, who has learnt what, questions for advice, the guide."""

from torg.guidance.queries.advice import (
    Talk,
    advises,
    answered_lately,
    asked_by,
    entry_or_absent,
    guide,
    question_or_absent,
    queue,
    talk,
    waiting_for,
    within,
)
from torg.guidance.queries.learning import Offered, acknowledgement_of, figures, offered_to, without_acknowledgement
from torg.guidance.queries.routine import Holding, routine_at
from torg.guidance.queries.texts import (
    Now,
    election_now,
    election_or_absent,
    elections_from,
    now_on,
    owns_on,
    text_or_absent,
    wordings_of,
)

__all__ = [
    "Holding",
    "Now",
    "Offered",
    "Talk",
    "acknowledgement_of",
    "advises",
    "answered_lately",
    "asked_by",
    "election_now",
    "election_or_absent",
    "elections_from",
    "entry_or_absent",
    "figures",
    "guide",
    "now_on",
    "offered_to",
    "owns_on",
    "question_or_absent",
    "queue",
    "routine_at",
    "talk",
    "text_or_absent",
    "waiting_for",
    "within",
    "without_acknowledgement",
    "wordings_of",
]
