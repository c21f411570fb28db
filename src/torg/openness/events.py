"""What happens to the public journal and to access requests."""

from django.utils.translation import gettext_lazy as _

from torg.audit.types import Event

PROPOSED = Event("openness.entry.proposed", _("A journal entry was proposed for the public journal"))
PUBLISHED = Event("openness.entry.published", _("A journal entry was reviewed and made public"))
KEPT_OUT = Event("openness.entry.kept_out", _("A journal entry was kept out of the public journal"))
WITHDRAWN = Event("openness.entry.withdrawn", _("A journal entry was withdrawn from the public journal"))
PROPOSED_AGAIN = Event("openness.entry.proposed_again", _("A journal entry is to be reviewed again"))
NAMES_AGED = Event("openness.journal.names_aged", _("Names older than a year can no longer be searched"))
SETTINGS_CHANGED = Event("openness.journal.settings_changed", _("How the journal is published was changed"))
SENT_TO_EINNSYN = Event("openness.entry.sent_to_einnsyn", _("A journal entry was sent to eInnsyn"))
REQUESTED = Event("openness.request.received", _("An access request was received"))
DECIDED = Event("openness.request.decided", _("An access request was decided"))
REQUESTED_TOGETHER = Event(
    "openness.request.received_together", _("An access request for several documents was received")
)
DECIDED_TOGETHER = Event(
    "openness.request.decided_together", _("Access requests that were asked for together were answered")
)
TAKEN_BACK = Event("openness.request.withdrawn", _("An access request was taken back"))
COMPLAINED = Event("openness.request.complained", _("A decision about access was complained over"))
FORWARDED = Event("openness.request.forwarded", _("A complaint about access was sent on"))
CLOSED = Event("openness.request.closed", _("An access request was finished"))
FETCHED = Event("openness.request.document_fetched", _("A document was fetched by the link of an access request"))
