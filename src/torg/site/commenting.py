"""What keeps the form for comments open to people and closed to machines, with no cookie and no third party.

What is written comes back once to be looked through, with a signed stamp of when and what. Only that page can send
it on: a program has to read it, wait like a person, and come from an address that has not written much.
"""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.core import signing
from django.core.cache import cache
from django.utils.translation import gettext as _

from torg.core.errors import Invalid, Unavailable
from torg.moderation.reporting import sender_of

LONGEST, LONGEST_NAME = 4000, 80
FASTEST, OLDEST = timedelta(seconds=2), timedelta(hours=12)
# From one address in an hour; and from everybody together, where more is no debate but an attack.
MOST, MOST_OF_ALL, WITHIN = 10, 600, 3600
_STAMP = signing.Signer(salt="torg.site.comment")


@dataclass(frozen=True, slots=True)
class Written:
    """What somebody wrote; name and e-mail may be empty."""

    article_id: UUID
    text: str = field(repr=False)
    name: str = field(default="", repr=False)
    email: str = field(default="", repr=False)
    language: str = "nb"


def stamp(written: Written, *, at: datetime) -> str:
    """What the page carries that shows the text once more."""
    return _STAMP.sign(f"{int(at.timestamp())}.{_digest(written)}")


def check_stamp(given: str, written: Written, *, at: datetime) -> None:
    """Raises Invalid for what was not looked through, was changed since, came at once, or lay open too long."""
    try:
        made, _dot, digest = _STAMP.unsign(given).partition(".")
        age = at.timestamp() - int(made)
    except (signing.BadSignature, ValueError):
        raise Invalid(_("Look through what you have written, and send it once more.")) from None
    if digest != _digest(written):
        raise Invalid(_("The text has been changed. Look through it once more, and send it."))
    if age < FASTEST.total_seconds():
        raise Invalid(_("That was very fast. Check what you have written, and send it once more."))
    if age > OLDEST.total_seconds():
        raise Invalid(_("The page was open for a long time. Send it once more."))


def check_text(text: str) -> None:
    """Raises Invalid for no words, for too many, and for what cannot be stored."""
    if not text.strip():
        raise Invalid(_("Write something first."), field="text")
    if len(text) > LONGEST:
        raise Invalid(_("Write at most 4,000 characters."), field="text")
    if "\x00" in text:
        raise Invalid(_("Something in this cannot be stored. Remove unusual signs and try again."), field="text")


def count(address: str) -> None:
    """Count a comment from a network address, of which only a keyed digest is held, for an hour.

    Raises Unavailable when too much comes. Counted in this process: an attack is met by what serves it.
    """
    for key, most in ((f"commented:{sender_of(address)}", MOST), ("commented", MOST_OF_ALL)):
        cache.add(key, 0, WITHIN)
        if cache.incr(key) > most:
            raise Unavailable(_("Many comments have come from here. Wait an hour, or call us."))


def _digest(written: Written) -> str:
    told = "\0".join((str(written.article_id), written.text, written.name, written.email, written.language))
    return hashlib.sha256(told.encode(errors="replace")).hexdigest()[:32]
