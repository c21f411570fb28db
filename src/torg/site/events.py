"""Events of the public site."""

from django.utils.translation import gettext_lazy as _

from torg.audit.types import Event

PAGE_PUBLISHED = Event("site.page.published", _("Published a page of the public site"))
PAGE_WITHDRAWN = Event("site.page.withdrawn", _("Withdrew a page of the public site"))
COPY_FORGOTTEN = Event("site.copy.forgotten", _("Stopped waiting for a server's copy of the public site"))
CHOICES_CHANGED = Event("site.choices.changed", _("Changed how the public site is run"))
COMMENT_RECEIVED = Event("site.comment.received", _("A comment was written on the public site"))
COMMENT_CHANGED = Event("site.comment.changed", _("Whoever wrote a comment changed it"))
COMMENT_TAKEN_BACK = Event("site.comment.taken_back", _("Whoever wrote a comment took it back"))
COMMENTS_TAKEN_IN = Event("site.comments.taken_in", _("Comments on the public site were taken in"))
COMMENT_SHOWN = Event("site.comment.shown", _("Showed a comment that waited"))
