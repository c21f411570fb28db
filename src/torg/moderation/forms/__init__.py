"""What people fill in about moderation."""

from torg.moderation.forms.cases import (
    AgreementForm,
    BulkForm,
    ChosenForm,
    DismissalForm,
    FoundForm,
    HidingForm,
    MarkForm,
    ProposalForm,
    ReasonForm,
    ReportForm,
    ReturnForm,
    ReviewForm,
    SubjectForm,
    ToldForm,
    ViewingForm,
)
from torg.moderation.forms.complaints import AssignmentForm, ComplaintForm, MoreForm, VerdictForm, forms_for
from torg.moderation.forms.reporting import LetGoForm, MutingForm, PlacingForm, TipForm
from torg.moderation.forms.rules import NAMES, PublicationForm, RuleForm

__all__ = [
    "NAMES",
    "AgreementForm",
    "AssignmentForm",
    "BulkForm",
    "ChosenForm",
    "ComplaintForm",
    "DismissalForm",
    "FoundForm",
    "HidingForm",
    "LetGoForm",
    "MarkForm",
    "MoreForm",
    "MutingForm",
    "PlacingForm",
    "ProposalForm",
    "PublicationForm",
    "ReasonForm",
    "ReportForm",
    "ReturnForm",
    "ReviewForm",
    "RuleForm",
    "SubjectForm",
    "TipForm",
    "ToldForm",
    "VerdictForm",
    "ViewingForm",
    "forms_for",
]
