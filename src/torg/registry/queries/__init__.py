"""Questions about what we run: who sees what, what is missing, how goals stand, what has happened."""

from torg.registry.queries.applications import Advice, advice, applications_for, applications_to_decide
from torg.registry.queries.goals import GoalView, Standing, goals_for, goals_of, standing_of
from torg.registry.queries.history import Event, Happening, successors, timeline
from torg.registry.queries.presences import official, open_presences, presence_or_absent, presences_for
from torg.registry.queries.sheets import Sheet, sheets

__all__ = [
    "Advice",
    "Event",
    "GoalView",
    "Happening",
    "Sheet",
    "Standing",
    "advice",
    "applications_for",
    "applications_to_decide",
    "goals_for",
    "goals_of",
    "official",
    "open_presences",
    "presence_or_absent",
    "presences_for",
    "sheets",
    "standing_of",
    "successors",
    "timeline",
]
