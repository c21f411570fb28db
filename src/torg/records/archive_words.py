"""What stands in the way of a delivery, in the reader's language where the words are ours and not the archive's."""

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

# What the connectors say in their own name; they know no translations. The archive's own words stay as they are.
_OURS = frozenset(
    {
        _("The archive cannot be reached."),
        _("The archive gave no readable answer."),
        _("The archive asks us to wait."),
        _("The archive says no."),
        _("The archive refuses it without saying why."),
        _("The archive does not accept our name and password."),
        _("The archive's log-in does not answer."),
        _("The archive's log-in gave no readable answer."),
        _("The archive's log-in gave no token."),
        _("The archive offers no way to log in that we know."),
        _("The archive gave a link that is no address."),
        _("The archive gave a link that leads to another server."),
        _("The archive gave an object without an address."),
        _("The archive gave the registration no id."),
        _("The archive has no case file with that number."),
        _("The case file is closed in the archive."),
        _("The archive has another file under this document's name."),
        _("What this answers is not in the archive yet. Deliver that first."),
        _("The archive has no part (arkivdel) with that name, or several."),
        _("The archive has no such registration."),
        _("A document's file is shorter than when it was registered."),
        _("A document's file has changed since it was registered."),
        _("The message to the archive is empty."),
        _("Two files of the message have the same name."),
        _("A file of the message has a name that the archive cannot take."),
        _("The folder of the archive cannot be written to."),
        _("An answer from the archive cannot be read."),
        _("An answer from the archive cannot be laid aside."),
        _("The archive's certificate holds no RSA key."),
        _("A case number is a year, a stroke and a number, such as 2026/17."),
        _("That is not the name of an answer."),
        _("The archive is disconnected."),
        _("The archive must be connected again."),
        _("The archive is away."),
        _("The keys to the archive cannot be read."),
        _("Something went wrong with us. Those who run Torg can see what in the log."),
    }
)
_BUG = "Bug"


def shown(reason: str) -> str:
    """The reason as a person reads it."""
    if reason == _BUG:
        return gettext("Something went wrong with us. Those who run Torg can see what in the log.")
    return gettext(reason) if reason in _OURS else reason
