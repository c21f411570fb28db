"""What the log says about dialogue."""

from django.utils.translation import gettext_lazy as _

from torg.audit.types import Event

BATCH_ABSORBED = Event("dialogue.batch.absorbed", _("New and changed texts were taken in"))
ATTACHMENTS_FETCHED = Event("dialogue.attachments.fetched", _("Attachments were fetched"))
NAMES_NOTED = Event("dialogue.names.noted", _("The platform was asked for names of people who wrote"))
