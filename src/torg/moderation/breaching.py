"""What the commands on breaches share: an assessment, the alarms before the deadline, and the texts that are sent."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import send_mail
from django.utils import translation
from django.utils.translation import gettext as _

from torg.core.errors import Invalid, Stale
from torg.moderation.models import Breach, Exposed, Risk
from torg.moderation.words import SENSITIVE_GROUNDS
from torg.people import queries as people
from torg.people.models import Person

LOCAL = ZoneInfo("Europe/Oslo")
LONGEST = 4000
# How long before the deadline somebody is called, each once, and once when it has passed.
ALARMS = (timedelta(hours=36), timedelta(hours=12), timedelta(hours=3), timedelta(0))


@dataclass(frozen=True, slots=True)
class Assessment:
    """What is judged of a breach, in words that name nobody (GDPR article 33 (3))."""

    what: str = field(repr=False)
    exposed: Exposed
    whom: str = field(repr=False)
    how_many: int | None
    consequence: str = field(repr=False)
    measures: str = field(repr=False)
    risk: Risk


def is_suggested(ground: str, *, is_sensitive: bool) -> bool:
    """Whether a case on this ground may be a breach of personal data."""
    return is_sensitive or ground in SENSITIVE_GROUNDS


def check_seen(breach: Breach, seen_version: int | None) -> None:
    """Raises Stale when somebody else has written in it since."""
    if seen_version is not None and seen_version != breach.version:
        raise Stale(_("Somebody else has written here since you opened it. Load the page again to see what."))


def check_words(*texts: str) -> None:
    """Raises Invalid for what cannot be kept."""
    if any("\x00" in text or len(text) > LONGEST for text in texts):
        raise Invalid(_("Write at most 4,000 characters in each field."))


def due_alarms(breach: Breach, *, at: datetime) -> int:
    """How many of the alarms are due."""
    return sum(at >= breach.notify_by - before for before in ALARMS)


def called(breach: Breach, *, at: datetime) -> list[Person]:
    """Who is called: those who decide it."""
    return list(people.agreers(scope_id=breach.scope_id, at=at))


def mail(breach: Breach, person: Person) -> None:
    """Say that a deadline is near and where to look; never what it is about."""
    with translation.override(person.language):
        address = f"{settings.PUBLIC_ADDRESS}/moderation/breaches/{breach.public_id}/"
        due = breach.notify_by.astimezone(LOCAL).strftime("%d.%m.%Y %H:%M")
        send_mail(
            subject=_("An assessment has a deadline"),
            message=_("Decide before %s. Everything stands here:") % due + f"\n\n{address}",
            from_email=None,
            recipient_list=[person.email],
        )


def text_for_authority(breach: Breach) -> str:
    """What goes into the authority's form (Datatilsynet, through Altinn), in the order of article 33 (3)."""
    lines = [
        (_("Controller"), getattr(people.municipality(), "name", "")),
        (_("When it happened"), _moment(breach.case.item.posted_at)),
        (_("When we knew"), _moment(breach.known_at)),
        (_("What happened"), breach.what),
        (_("Kind of personal data"), breach.get_exposed_display() if breach.exposed else ""),
        (_("Whom it concerns"), breach.whom),
        (_("How many, about"), str(breach.how_many) if breach.how_many is not None else _("not known yet")),
        (_("Likely consequences"), breach.consequence),
        (_("What we have done and will do"), breach.measures),
        (_("Our judgement of the risk"), breach.get_risk_display() if breach.risk else ""),
        (_("Why we notify late"), breach.late_because),
        (_("Contact"), getattr(people.municipality(), "contact_email", "")),
    ]
    return "\n\n".join(f"{label}\n{told}" for label, told in lines if told)


def text_for_affected(breach: Breach) -> str:
    """A letter to those whom it concerns, in plain words (article 34 (2)); somebody fills in the name and sends it."""
    name = getattr(people.municipality(), "name", "")
    contact = getattr(people.municipality(), "contact_email", "")
    parts = [
        _("Hello,"),
        _("Something about you was open for others to read on one of the pages of %s in social media.") % name,
        breach.what,
        _("What it can mean for you:") + f" {breach.consequence}",
        _("What we have done:") + f" {breach.measures}",
        _("Do you have questions? Write to %s.") % contact if contact else "",
        _("You can complain to the Norwegian Data Protection Authority (datatilsynet.no)."),
    ]
    return "\n\n".join(part for part in parts if part)


def _moment(at: datetime) -> str:
    return at.astimezone(LOCAL).strftime("%d.%m.%Y %H:%M")
