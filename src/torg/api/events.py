"""What happens to integrations and their subscriptions."""

from django.utils.translation import gettext_lazy as _

from torg.audit.types import Event

INTEGRATION_MADE = Event("api.integration.made", _("Made an integration"))
INTEGRATION_REVOKED = Event("api.integration.revoked", _("Took an integration's access away"))
SUBSCRIPTION_MADE = Event("api.subscription.made", _("Made a webhook subscription"))
SUBSCRIPTION_ENDED = Event("api.subscription.ended", _("Ended a webhook subscription"))
CALLED = Event("api.integration.acted", _("An integration acted for a person"))
SECRETS_SEALED_AGAIN = Event("api.secrets.sealed_again", _("Encrypted the webhook secrets with the newest key"))
