"""What keeps the public form open to people and closed to machines, and what a sender is told in the end.

No third party is asked: a signed time stamp, a field that people do not see, and a limit for each network address.
"""

import hashlib
import ipaddress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.core.validators import validate_email
from django.db import connection
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from torg import detectors
from torg.core import chance
from torg.core.errors import Invalid, NotAllowed, Unavailable
from torg.moderation.models import CitizenReport, LetGo, Muting, Report
from torg.moderation.words import CaseState, Ground

# Where what is reported stands; a part of one of these is one of them.
PLATFORMS = ("facebook.com", "instagram.com", "youtube.com", "threads.net", "x.com", "linkedin.com", "tiktok.com")
LONGEST_LINK = 2000
LONGEST_TEXT = 2000
# A person reads before writing; and a page that was left open over night is sent once more.
FASTEST = timedelta(seconds=3)
OLDEST = timedelta(hours=12)
IN_AN_HOUR, IN_A_DAY = 5, 20
# From everybody together: what is more is no report but an attack, and the telephone still works.
FROM_ALL_IN_AN_HOUR = 500
SENDER_KEPT = timedelta(days=7)
LONGEST_MUTING = 90
# Signs that cannot be mistaken for one another when a number is read aloud.
SIGNS = "23456789ACDEFHJKMNPRTVWXY"

_STAMP = signing.Signer(salt="torg.moderation.report-form")


@dataclass(frozen=True, slots=True)
class Told:
    """What a citizen has written in the form. `link` is where it stands, `sender` the digest of `sender_of`."""

    link: str = field(repr=False)
    ground: Ground | None = None
    text: str = field(default="", repr=False)
    email: str = field(default="", repr=False)
    language: str = "nb"
    sender: str = ""


def stamp(at: datetime) -> str:
    """What the form carries to show when it was opened."""
    return _STAMP.sign(str(int(at.timestamp())))


def check_stamp(given: str, *, at: datetime) -> None:
    """Raises Invalid for a form that was not ours, was sent at once, or lay open too long."""
    try:
        age = at.timestamp() - int(_STAMP.unsign(given))
    except (signing.BadSignature, ValueError):
        raise Invalid(_("The form could not be read. Send it once more.")) from None
    if age < FASTEST.total_seconds():
        raise Invalid(_("That was very fast. Check what you have written, and send it once more."))
    if age > OLDEST.total_seconds():
        raise Invalid(_("The page was open for a long time. Send it once more."))


def sender_of(address: str) -> str:
    """A keyed digest of a network address or e-mail address; of IPv6 the part that one household shares."""
    told = address.strip().lower()
    try:
        known = ipaddress.ip_address(told)
    except ValueError:
        pass
    else:
        told = str(ipaddress.ip_network(f"{known}/64", strict=False)) if known.version == 6 else str(known)
    return salted_hmac("torg.moderation.sender", told, algorithm="sha256").hexdigest() if told else ""


def number() -> str:
    """A receipt's number that nobody can guess or count by."""
    seed = hashlib.sha256(chance.salt()).digest()
    drawn = "".join(SIGNS[byte % len(SIGNS)] for byte in seed[:9])
    return f"{drawn[:3]}-{drawn[3:6]}-{drawn[6:]}"


def check_size(told: Told) -> None:
    """Raises Invalid for what is empty, endless or no text."""
    if not told.link.strip() and not told.text.strip():
        raise Invalid(_("Give the link to what you want to report, or describe where it stands."), field="link")
    if len(told.link) > LONGEST_LINK or len(told.text) > LONGEST_TEXT:
        raise Invalid(_("Write at most 2,000 characters."), field="text")
    if any("\x00" in part for part in (told.link, told.text, told.email)):
        raise Invalid(_("Something in this cannot be stored. Remove unusual signs and try again."))


def check_may_report(told: Told, *, at: datetime) -> None:
    """Raises NotAllowed for somebody who is muted, Unavailable when too much comes at once.

    Those of one sender stand in line, so that the limit holds for a hundred requests at the same moment.
    """
    known = [each for each in (told.sender, sender_of(told.email)) if each]
    if Muting.objects.filter(sender__in=known, until_at__gt=at).exists():
        raise NotAllowed(_("We take no reports from you here for the time being. Call us, or send us a letter."))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"torg.tips.{told.sender}"])
    mine = CitizenReport.objects.filter(sender=told.sender) if told.sender else CitizenReport.objects.none()
    hour, day = at - timedelta(hours=1), at - timedelta(days=1)
    if (
        mine.filter(received_at__gt=hour).count() >= IN_AN_HOUR
        or mine.filter(received_at__gt=day).count() >= IN_A_DAY
        or CitizenReport.objects.filter(received_at__gt=hour).count() >= FROM_ALL_IN_AN_HOUR
    ):
        raise Unavailable(_("Many reports have come from here. Wait an hour, or call us."))


def is_email(contact: str) -> bool:
    """Whether it is an address that a letter can be sent to."""
    try:
        validate_email(contact)
    except ValidationError:
        return False
    return True


def mail_outcome(report: Report) -> None:
    """Say how it ended, and nothing about anybody: what became of the author is theirs."""
    with translation.override(report.language or settings.LANGUAGE_CODE):
        ended = _("We looked at it and let it stand: it does not break the rules, or an answer was enough.")
        if report.case.state == CaseState.CLOSED:
            ended = _("We looked at it and did something about it.")
        _send(report.contact, _number_of(report), ended)


def mail_let_go(tip: CitizenReport) -> None:
    """Say why it led nowhere."""
    with translation.override(tip.language):
        _send(tip.email, tip.number, str(LetGo(tip.let_go_because).label) + ".")


def _number_of(report: Report) -> str:
    tip = CitizenReport.objects.filter(report=report).first()
    return tip.number if tip else ""


def _send(address: str, receipt: str, ended: str) -> None:
    thanks = _("Thank you for telling us.")
    named = _("Your report has the number %s.") % receipt if receipt else ""
    why = _("We cannot tell more, out of regard for those it concerns.")
    send_mail(
        subject=_("What became of your report"),
        message="\n\n".join(part for part in (thanks, named, ended, why) if part),
        from_email=None,
        recipient_list=[address],
    )


def leads_to_a_platform(link: str) -> bool:
    """Whether what a stranger has sent can be pressed: a plain address on a platform, or on our own site.

    Everything else is laid open as text (strategy F6).
    """
    found = detectors.links_in(link)
    # A browser leaves out tabs and line breaks, and goes to what then stands there.
    is_plain = link.startswith("https://") and len(link.split()) == 1 and link.isprintable()
    if len(found) != 1 or not is_plain or found[0].oddities:
        return False
    own = urlsplit(settings.PUBLIC_ADDRESS).hostname or ""
    host = found[0].host
    return any(host == known or host.endswith(f".{known}") for known in (*PLATFORMS, own) if known)
