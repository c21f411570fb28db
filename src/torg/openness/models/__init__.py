"""The public journal, its settings, and access requests with their decisions and complaints."""

from torg.openness.models.entries import JournalDay, PublicationChange, PublicEntry
from torg.openness.models.requests import AccessComplaint, AccessDecision, AccessRequest, HandedOut
from torg.openness.models.settings import EInnsynCase, JournalSettings

__all__ = [
    "AccessComplaint",
    "AccessDecision",
    "AccessRequest",
    "EInnsynCase",
    "HandedOut",
    "JournalDay",
    "JournalSettings",
    "PublicEntry",
    "PublicationChange",
]
