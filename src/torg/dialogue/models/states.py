"""The states that a thing can have on its platform."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PlatformState(models.TextChoices):
    """The seven states of `connectors.contract.PlatformState`, apart from what we have done with the thing here."""

    VISIBLE = "VISIBLE", _("Visible")
    HELD = "HELD", _("Held back by the platform")
    HIDDEN_BY_US = "HIDDEN_BY_US", _("Hidden by us")
    SPAM = "SPAM", _("Marked as spam")
    REMOVED_BY_US = "REMOVED_BY_US", _("Removed by us")
    DELETED_BY_AUTHOR = "DELETED_BY_AUTHOR", _("Deleted by the author")
    UNREACHABLE = "UNREACHABLE", _("Cannot be reached")


# What is deleted does not come back: no other state, however new, replaces these.
FINAL = frozenset({PlatformState.REMOVED_BY_US, PlatformState.DELETED_BY_AUTHOR})
