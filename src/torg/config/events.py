"""What those who run the server do to the whole."""

from django.utils.translation import gettext_lazy as _

from torg.audit.types import Event

MONTH_DETACHED = Event("config.month.detached", _("Took a month out of a large table"))
