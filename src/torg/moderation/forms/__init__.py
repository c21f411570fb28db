"""What people fill in about moderation."""

from torg.moderation.forms.complaints import AssignmentForm, ComplaintForm, MoreForm, VerdictForm, forms_for
from torg.moderation.forms.rules import NAMES, PublicationForm, RuleForm

__all__ = [
    "NAMES",
    "AssignmentForm",
    "ComplaintForm",
    "MoreForm",
    "PublicationForm",
    "RuleForm",
    "VerdictForm",
    "forms_for",
]
