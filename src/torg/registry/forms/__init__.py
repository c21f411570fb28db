"""What people fill in about the pages, groups and profiles that we run."""

from torg.registry.forms.applications import ApplicationForm, ApprovalForm, RefusalForm
from torg.registry.forms.care import CustodyForm, PrivacyForm, ProfileForm, ReviewForm, TermsForm
from torg.registry.forms.endings import ClosureForm, MergerForm, SuccessionForm
from torg.registry.forms.goals import GoalEndForm, GoalForm, MeasurementForm
from torg.registry.forms.presences import AdministratorForm, ChangeForm, DetailsForm, FilterForm, PresenceForm

__all__ = [
    "AdministratorForm",
    "ApplicationForm",
    "ApprovalForm",
    "ChangeForm",
    "ClosureForm",
    "CustodyForm",
    "DetailsForm",
    "FilterForm",
    "GoalEndForm",
    "GoalForm",
    "MeasurementForm",
    "MergerForm",
    "PresenceForm",
    "PrivacyForm",
    "ProfileForm",
    "RefusalForm",
    "ReviewForm",
    "SuccessionForm",
    "TermsForm",
]
