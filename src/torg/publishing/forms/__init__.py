"""What people fill in about articles, the plan and its rules."""

from torg.publishing.forms.article import LANGUAGES, ArticleForm, field_of
from torg.publishing.forms.short import (
    ApproveForm,
    AssignmentForm,
    CorrectionForm,
    IdeaForm,
    MomentForm,
    NamesForm,
    OrderForm,
    OverrideForm,
    PlanningForm,
    ReadingForm,
    ReasonForm,
    RuleForm,
    SeriesForm,
    TextForm,
)

__all__ = [
    "LANGUAGES",
    "ApproveForm",
    "ArticleForm",
    "AssignmentForm",
    "CorrectionForm",
    "IdeaForm",
    "MomentForm",
    "NamesForm",
    "OrderForm",
    "OverrideForm",
    "PlanningForm",
    "ReadingForm",
    "ReasonForm",
    "RuleForm",
    "SeriesForm",
    "TextForm",
    "field_of",
]
