"""The words of this room, and what its commands are handed."""

from dataclasses import dataclass, field
from typing import TypedDict

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

STARS = "*****"


class PublicationState(TextChoices):
    """Where an entry stands on its way to the public journal."""

    PROPOSED = "PROPOSED", pgettext_lazy("public entry", "Waits for review")
    PUBLISHED = "PUBLISHED", pgettext_lazy("public entry", "Public")
    KEPT_OUT = "KEPT_OUT", pgettext_lazy("public entry", "Kept out")
    WITHDRAWN = "WITHDRAWN", pgettext_lazy("public entry", "Withdrawn")


class SecretScopes(TextChoices):
    """What the public journal tells of a secret group's entries."""

    LEFT_OUT = "LEFT_OUT", _("Nothing: they are left out")
    NEUTRAL = "NEUTRAL", _("A number and a neutral title, nothing else")


class Found(TextChoices):
    """What must not stand on the internet, or looks like it (offentlegforskrifta §§ 6–7, GDPR articles 9 and 10)."""

    NATIONAL_ID = "NATIONAL_ID", _("National identity number")
    ACCOUNT = "ACCOUNT", _("Account or card number")
    HEALTH = "HEALTH", _("Somebody's health (GDPR article 9)")
    CHILD = "CHILD", _("A child who can be known")
    PHONE = "PHONE", _("Phone number")
    EMAIL = "EMAIL", _("E-mail address")
    SPECIAL = "SPECIAL", _("Faith, views, union, origin or sex life (GDPR article 9)")
    CRIME = "CRIME", _("Crime or punishment (GDPR article 10)")
    PAY = "PAY", _("Somebody's pay")
    NAME = "NAME", _("What looks like a person's name")


# No person can decide that these stand on the internet.
NEVER_PUBLIC = frozenset({Found.NATIONAL_ID, Found.ACCOUNT})


class RequestWay(TextChoices):
    """How an access request came."""

    FORM = "FORM", _("The form on our site")
    EMAIL = "EMAIL", _("E-mail")
    LETTER = "LETTER", _("Letter")
    SPOKEN = "SPOKEN", _("By word of mouth")


class RequestState(TextChoices):
    """Where an access request stands."""

    RECEIVED = "RECEIVED", pgettext_lazy("access request", "Waits for an answer")
    DECIDED = "DECIDED", pgettext_lazy("access request", "Answered")
    COMPLAINED = "COMPLAINED", pgettext_lazy("access request", "Complained over")
    FORWARDED = "FORWARDED", pgettext_lazy("access request", "Complaint sent on")
    CLOSED = "CLOSED", pgettext_lazy("access request", "Finished")
    WITHDRAWN = "WITHDRAWN", pgettext_lazy("access request", "Taken back")


class AccessOutcome(TextChoices):
    """What is decided about an access request."""

    FULL = "FULL", _("Full access")
    PARTIAL = "PARTIAL", _("Access to parts")
    REFUSED = "REFUSED", pgettext_lazy("access", "Refused")


class PublicParty(TypedDict):
    """A correspondent as the public reads him; the name is `*****` where it is withheld."""

    role: str
    name: str
    is_person: bool


class PublicFacts(TypedDict):
    """What the public would read of an entry."""

    title: str
    case_title: str
    parties: list[PublicParty]
    ground: str


@dataclass(frozen=True, slots=True)
class Wording:
    """What an archivist lets stand: both titles, and which parties' names (by their place) are masked as well."""

    title: str
    case_title: str
    masked: frozenset[int] = frozenset()
    because: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Ask:
    """An access request as it came. Nobody needs to say who they are (offentleglova § 3)."""

    wish: str = field(repr=False)
    way: str = RequestWay.FORM
    name: str = field(default="", repr=False)
    email: str = field(default="", repr=False)
    address: str = field(default="", repr=False)
    language: str = "nb"


@dataclass(frozen=True, slots=True)
class Answer:
    """What is decided. `reference` is the code of a legal reference; `secrecy` the rule of secrecy behind § 13."""

    outcome: str
    reference: str = ""
    secrecy: str = ""
    is_more_openness_considered: bool = False
    reasons: str = field(default="", repr=False)
