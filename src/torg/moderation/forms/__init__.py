"""What people fill in about moderation."""

from torg.moderation.forms.rules import NAMES, PublicationForm, RuleForm

__all__ = ["NAMES", "PublicationForm", "RuleForm"]
