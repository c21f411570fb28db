"""What people fill in about media and those who are depicted."""

from torg.media.forms.consents import ConsentForm, RoutineForm, StayForm
from torg.media.forms.media import (
    AddForm,
    AltTextForm,
    CaptionsForm,
    DepictionForm,
    DescriptionForm,
    FocusForm,
    PosterForm,
    SearchForm,
)

__all__ = [
    "AddForm",
    "AltTextForm",
    "CaptionsForm",
    "ConsentForm",
    "DepictionForm",
    "DescriptionForm",
    "FocusForm",
    "PosterForm",
    "RoutineForm",
    "SearchForm",
    "StayForm",
]
