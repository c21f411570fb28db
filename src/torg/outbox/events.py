"""What happens to an act on its way out."""

from django.utils.translation import gettext_lazy as _

from torg.audit.types import Event

CONFIRMED = Event("outbox.act.confirmed", _("It was sent, and the platform confirmed it"))
UNCONFIRMED = Event("outbox.act.unconfirmed", _("It was sent, but we do not know whether it arrived"))
POSTPONED = Event("outbox.act.postponed", _("Sending was put off"))
REFUSED = Event("outbox.act.refused", _("The platform refused it"))
FAILED = Event("outbox.act.failed", _("It could not be sent"))
RETRIED = Event("outbox.act.retried", _("Somebody asked for another attempt"))
SETTLED = Event("outbox.act.settled", _("Somebody found out whether it had been sent"))
PUT_FIRST = Event("outbox.act.put_first", _("Let it go before all else that waits"))
WITHDRAWN = Event("outbox.act.withdrawn", _("It was withdrawn"))
