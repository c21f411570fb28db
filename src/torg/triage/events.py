"""What triage writes to the log."""

from django.utils.translation import gettext_lazy as _

from torg.audit.types import Event

BATCH_ASSESSED = Event("triage.batch.assessed", _("Looked through what had arrived"))
BATCH_REASSESSED = Event("triage.batch.reassessed", _("Looked again with newer detectors"))
LINKS_REREAD = Event("triage.links.reread", _("Held links against the lists again"))
HOSTS_CHANGED = Event("triage.hosts.changed", _("Changed the lists of hosts"))
HOST_FILE_READ = Event("triage.host_file.read", _("Read a file of hosts"))
HOST_FILE_DROPPED = Event("triage.host_file.dropped", _("Dropped a file of hosts"))
TEXT_OPENED = Event("triage.text.opened", _("Opened masked text"))
