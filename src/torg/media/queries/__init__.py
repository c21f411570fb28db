"""What somebody sees of the library."""

from torg.media.queries.consents import (
    consent_or_absent,
    consents_for,
    ending_consents,
    routine_in_force,
)
from torg.media.queries.library import (
    Wanted,
    alt_suggestions,
    captions_of,
    duplicates_of,
    frame_or_absent,
    languages_heard,
    library,
    medium_or_absent,
    pictures_for,
    pins_of,
)
from torg.media.queries.obstacles import concerns, obstacles
from torg.media.queries.take_downs import take_down_or_absent, take_downs_for
from torg.media.queries.uses import uses_of

__all__ = [
    "Wanted",
    "alt_suggestions",
    "captions_of",
    "concerns",
    "consent_or_absent",
    "consents_for",
    "duplicates_of",
    "ending_consents",
    "frame_or_absent",
    "languages_heard",
    "library",
    "medium_or_absent",
    "obstacles",
    "pictures_for",
    "pins_of",
    "routine_in_force",
    "take_down_or_absent",
    "take_downs_for",
    "uses_of",
]
