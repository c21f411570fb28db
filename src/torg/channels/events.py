"""What the log says about channels."""

from django.utils.translation import gettext_lazy as _

from torg.audit.types import Event

CONNECTED = Event("channels.connection.connected", _("A channel was connected"))
RECONNECTED = Event("channels.connection.reconnected", _("A channel was connected again"))
CLOSED = Event("channels.connection.closed", _("A channel was closed"))
KEYS_DESTROYED = Event("channels.connection.keys_destroyed", _("The keys of a closed channel were destroyed"))
CHECKED = Event("channels.connection.checked", _("The access to a channel was checked"))
MEDIA_DECIDED = Event("channels.connection.media_decided", _("It was decided whether media is kept"))
SECRETS_ROTATED = Event("channels.secrets.rotated", _("The channels' keys were encrypted anew"))
REPLAYED = Event("channels.delivery.replayed", _("Stored deliveries were taken in once more"))
WRITTEN_DOWN = Event("channels.delivery.written_down", _("Wrote down what somebody saw in a place without an API"))
HISTORY_ASKED = Event("channels.history.requested", _("The history of a channel was asked for"))
