"""Questions about what we run: who sees what, what is missing, how goals stand, what has happened."""

from torg.registry.queries.applications import Advice, advice, applications_for, applications_to_decide
from torg.registry.queries.goals import GoalView, Standing, goals_for, goals_of, standing_of
from torg.registry.queries.history import Event, Happening, successors, timeline
from torg.registry.queries.presences import official, open_presences, presence_or_absent, presences_for
from torg.registry.queries.sheets import Sheet, is_measured, sheets
from torg.registry.queries.told import FigureView, figures_told, profiles_told

__all__ = [
    "Advice",
    "Event",
    "FigureView",
    "GoalView",
    "Happening",
    "Sheet",
    "Standing",
    "advice",
    "applications_for",
    "applications_to_decide",
    "figures_told",
    "goals_for",
    "goals_of",
    "is_measured",
    "official",
    "open_presences",
    "presence_or_absent",
    "presences_for",
    "profiles_told",
    "sheets",
    "standing_of",
    "successors",
    "timeline",
]
