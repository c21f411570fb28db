"""Everything that can be done in moderation; one verb is one function."""

from torg.moderation.commands.rules import (
    adopt_default_rulebook,
    discard_draft,
    draft_rule,
    draft_version,
    edit_draft,
    publish_rule,
    withdraw_rule,
)

__all__ = [
    "adopt_default_rulebook",
    "discard_draft",
    "draft_rule",
    "draft_version",
    "edit_draft",
    "publish_rule",
    "withdraw_rule",
]
