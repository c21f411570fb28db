"""Events of the public site."""

from django.utils.translation import gettext_lazy as _

from torg.audit.types import Event

PAGE_PUBLISHED = Event("site.page.published", _("Published a page of the public site"))
PAGE_WITHDRAWN = Event("site.page.withdrawn", _("Withdrew a page of the public site"))
COPY_FORGOTTEN = Event("site.copy.forgotten", _("Stopped waiting for a server's copy of the public site"))
