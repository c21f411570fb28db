"""What moderation writes into the audit log."""

from django.utils.translation import gettext_lazy as _

from torg.audit.types import Event

RULE_DRAFTED = Event("moderation.rule.drafted", _("Began a draft of a rule"))
RULE_REWORDED = Event("moderation.rule.reworded", _("Changed the draft of a rule"))
RULE_DRAFT_DISCARDED = Event("moderation.rule.draft_discarded", _("Threw the draft of a rule away"))
RULE_PUBLISHED = Event("moderation.rule.published", _("Published a rule"))
RULE_WITHDRAWN = Event("moderation.rule.withdrawn", _("Withdrew a rule"))
RULEBOOK_ADOPTED = Event("moderation.rulebook.adopted", _("Adopted the rulebook that Torg comes with"))
VIEWING_CHOSEN = Event("moderation.viewing.chosen", _("Chose how to see pictures and gross text"))
