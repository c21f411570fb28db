"""Who may do what in moderation."""

from torg.moderation.policies.rules import check_can_keep_rules

__all__ = ["check_can_keep_rules"]
