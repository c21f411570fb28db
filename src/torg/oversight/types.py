"""The words of oversight: duties, how they stand, what a round found, what must be ended when somebody leaves."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from torg.core.actors import Rule

WATCH = Rule("oversight.watch", "1")
LEAVERS = Rule("oversight.leavers", "1")
EMERGENCY = Rule("oversight.emergency", "1")


class DutyCode(TextChoices):
    """What whoever runs a page has committed to; what a rule's amount means differs by duty."""

    POSTS = "POSTS", _("Posts regularly")
    ANSWERS = "ANSWERS", _("Answers in time")
    ROUNDS = "ROUNDS", _("Is looked in on")
    OFFICER = "OFFICER", _("The information officer has access")
    RULES = "RULES", _("The rules for discussion are linked")
    REVIEW = "REVIEW", _("Is reviewed")


class Standing(TextChoices):
    """How a duty stands in a week."""

    MET = "MET", pgettext_lazy("duty", "Kept")
    RUNNING = "RUNNING", pgettext_lazy("duty", "On the way")
    SOON = "SOON", pgettext_lazy("duty", "Soon too late")
    BREACHED = "BREACHED", pgettext_lazy("duty", "Not kept")
    IDLE = "IDLE", pgettext_lazy("duty", "Nothing was due")
    UNMEASURED = "UNMEASURED", pgettext_lazy("duty", "Not measured")


class Found(TextChoices):
    """What a watch round found."""

    NOTHING = "NOTHING", _("Nothing to do")
    HANDLED = "HANDLED", _("Something, and I dealt with it")
    HANDED_ON = "HANDED_ON", _("Something that others must deal with")


class AlarmStep(TextChoices):
    """How far a matter of duty has come."""

    REMINDER = "REMINDER", _("Reminder before it is too late")
    BREACH = "BREACH", _("The duty was not kept")
    ESCALATION = "ESCALATION", _("It has happened again and again")


class TaskKind(TextChoices):
    """What must be ended when somebody leaves."""

    PLATFORM = "PLATFORM", _("Remove as administrator on the platform")
    GROUP = "GROUP", _("Remove from the group")
    ROLE = "ROLE", _("End the role here")
    LOGIN = "LOGIN", _("Close the log-in here")


class DifferenceKind(TextChoices):
    """How what a platform tells of access differs from what is registered here."""

    UNKNOWN = "UNKNOWN", _("Nobody here knows who this is")
    GONE = "GONE", _("Has left, and still has access on the platform")
    UNREGISTERED = "UNREGISTERED", _("Has access on the platform, and is not registered here")
    MISSING = "MISSING", _("Is registered here, and has no access on the platform")


class EmergencyState(TextChoices):
    """Where an emergency access stands."""

    ASKED = "ASKED", _("Waits for a second person")
    GRANTED = "GRANTED", pgettext_lazy("emergency access", "In use")
    REFUSED = "REFUSED", pgettext_lazy("emergency access", "Refused")
    LAPSED = "LAPSED", pgettext_lazy("emergency access", "Nobody agreed in time")
    ENDED = "ENDED", pgettext_lazy("emergency access", "Over")


class Membership(TextChoices):
    """Whether a member of a group is on the list of employees."""

    EMPLOYED = "EMPLOYED", _("Works here")
    LEFT = "LEFT", _("Has left")
    UNKNOWN = "UNKNOWN", _("Is not on the list of employees")
