"""The pages, groups and profiles that the municipality runs, and all that is registered about them."""

from torg.registry.models.access import TAKEN_FOR, AccessReading, PlatformAccess
from torg.registry.models.application import NEXT_STATES, Application
from torg.registry.models.care import Custody, Dated, GroupTerms, PrivacyAssessment, ProfileCheck, Review
from torg.registry.models.goals import Measurement, PresenceGoal
from torg.registry.models.lineage import NEXT_EXPORT_STATES, Closure, PresenceExport, Succession
from torg.registry.models.presence import Administration, Details, Presence
from torg.registry.models.told import FigureTold, ProfileTold
from torg.registry.words import WITHOUT_API, PresenceKind

__all__ = [
    "NEXT_EXPORT_STATES",
    "NEXT_STATES",
    "TAKEN_FOR",
    "WITHOUT_API",
    "AccessReading",
    "Administration",
    "Application",
    "Closure",
    "Custody",
    "Dated",
    "Details",
    "FigureTold",
    "GroupTerms",
    "Measurement",
    "PlatformAccess",
    "Presence",
    "PresenceExport",
    "PresenceGoal",
    "PresenceKind",
    "PrivacyAssessment",
    "ProfileCheck",
    "ProfileTold",
    "Review",
    "Succession",
]
