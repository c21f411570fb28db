"""The words of the guidance: topics, states, kinds of elections."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Topic(TextChoices):
    """What a question, an answer or a point of the poster is about (strategy E1)."""

    ROLE = "ROLE", _("Who you speak for")
    PRIVATE = "PRIVATE", _("Your own opinions")
    CASES = "CASES", _("Case handling")
    PERSONAL_DATA = "PERSONAL_DATA", _("Personal data")
    CONTACT = "CONTACT", _("Contact with pupils, users and relatives")
    ANSWERS = "ANSWERS", _("Good answers and promises")
    ERRORS = "ERRORS", _("Errors and criticism")
    ETHICS = "ETHICS", _("Ethics and neutrality")
    ELECTION = "ELECTION", _("Elections")
    OTHER = "OTHER", pgettext_lazy("topic", "Something else")


class AdviceState(TextChoices):
    """Where a question to the information unit stands."""

    WAITING = "WAITING", pgettext_lazy("advice", "Waiting")
    TAKEN = "TAKEN", pgettext_lazy("advice", "Somebody is on it")
    ANSWERED = "ANSWERED", _("Answered")


class ElectionKind(TextChoices):
    """What is voted on."""

    PARLIAMENT = "PARLIAMENT", _("Election to the Storting")
    LOCAL = "LOCAL", _("Municipal and county election")
    REFERENDUM = "REFERENDUM", _("Referendum")
