"""What people fill in about moderation."""

from torg.moderation.forms.cases import (
    AgreementForm,
    BulkForm,
    ChosenForm,
    DismissalForm,
    EditedAgreementForm,
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
from torg.moderation.forms.rules import NAMES, PublicationForm, RuleForm
from torg.moderation.forms.terms import TermsForm

__all__ = [
    "NAMES",
    "AgreementForm",
    "AssignmentForm",
    "BulkForm",
    "ChosenForm",
    "ComplaintForm",
    "DismissalForm",
    "EditedAgreementForm",
    "FoundForm",
    "HidingForm",
    "MarkForm",
    "MoreForm",
    "ProposalForm",
    "PublicationForm",
    "ReasonForm",
    "ReportForm",
    "ReturnForm",
    "ReviewForm",
    "RuleForm",
    "SubjectForm",
    "TermsForm",
    "ToldForm",
    "VerdictForm",
    "ViewingForm",
    "forms_for",
]
