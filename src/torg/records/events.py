"""What happens to records."""

from django.utils.translation import gettext_lazy as _

from torg.audit.types import Event

CAPTURED = Event("records.capture.taken", _("What was said was captured as evidence"))
GATHERED = Event("records.assessment.gathered", _("New and changed subjects were gathered for assessment"))
ASSESSED = Event("records.assessment.decided", _("A subject was assessed"))
CASE_OPENED = Event("records.case_file.opened", _("A case file was opened"))
CASE_CORRECTED = Event("records.case_file.corrected", _("A case file was corrected"))
CASE_CLOSED = Event("records.case_file.closed", _("A case file was finished"))
CASE_REOPENED = Event("records.case_file.reopened", _("A case file was opened again"))
JOURNALED = Event("records.entry.journaled", _("A document was journaled"))
NOTED = Event("records.entry.noted", _("A document was archived without journaling"))
CORRECTED = Event("records.entry.corrected", _("A journal entry was corrected"))
ARCHIVED = Event("records.entry.archived", _("A journal entry was archived"))
EXPIRED = Event("records.entry.expired", _("A journal entry was marked as expired"))
FOLLOWED_UP = Event("records.entry.followed_up", _("A journal entry was followed up"))
REMARKED = Event("records.entry.remarked", _("A remark was put on a journal entry"))
REFERRED = Event("records.entry.referred", _("A journal entry was linked to another"))
NEW_VERSION = Event("records.document.version_added", _("A document got a new version"))
VARIANT_ADDED = Event("records.document.variant_added", _("A document was kept in one more form"))
RESTRICTED = Event("records.restriction.made", _("Access to a journal entry was restricted"))
LIFTED = Event("records.restriction.lifted", _("A restriction was lifted"))
TITLE_MASKED = Event("records.entry.public_title_changed", _("The public title of a journal entry was changed"))
REFERENCE_CHECKED = Event("records.reference.checked", _("A legal reference was compared with the law"))
RULE_SWITCHED_ON = Event("records.rule.switched_on", _("A rule of assessment was switched on"))
RULE_SWITCHED_OFF = Event("records.rule.switched_off", _("A rule of assessment was switched off"))
CHANNEL_CHANGED = Event("records.channel.changed", _("How a channel is assessed was changed"))
