"""What triage writes to the log."""

from django.utils.translation import gettext_lazy as _

from torg.audit.types import Event

BATCH_ASSESSED = Event("triage.batch.assessed", _("Looked through what had arrived"))
BATCH_REASSESSED = Event("triage.batch.reassessed", _("Looked again with newer detectors"))
TEXT_OPENED = Event("triage.text.opened", _("Opened masked text"))
