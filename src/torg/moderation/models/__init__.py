"""What moderation keeps."""

from torg.moderation.models.rules import Rule, RuleVersion

__all__ = ["Rule", "RuleVersion"]
