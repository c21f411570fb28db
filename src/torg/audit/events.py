"""What the log says about itself."""

from django.utils.translation import gettext_lazy as _

from torg.audit.types import Event

SEALED = Event("audit.event.sealed", _("Something happened that only those concerned may read"))
