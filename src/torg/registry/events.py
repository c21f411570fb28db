"""What happens to the pages, groups and profiles we run."""

from django.utils.translation import gettext_lazy as _

from torg.audit.types import Event

PRESENCE_OPENED = Event("registry.presence.opened", _("Registered a page, group or profile"))
PRESENCE_CHANGED = Event("registry.presence.changed", _("Changed what is registered on a page, group or profile"))
PRESENCE_CLOSED = Event("registry.presence.closed", _("Closed a page, group or profile"))
ADMINISTRATOR_ADDED = Event("registry.administrator.added", _("Recorded an administrator on the platform"))
ADMINISTRATOR_ENDED = Event("registry.administrator.ended", _("Recorded that an administrator's access has ended"))
