"""What happens to files."""

from django.utils.translation import gettext_lazy as _

from torg.audit.types import Event

DAMAGED = Event("files.file.damaged", _("A file on the server was found damaged"))
MISSING = Event("files.file.missing", _("A file on the server was found missing"))
MENDED = Event("files.file.mended", _("A damaged or missing file is in order again"))
REMOVED = Event("files.file.removed", _("A file was removed"))
