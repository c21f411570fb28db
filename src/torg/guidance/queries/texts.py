"""The texts that hold on a day, and the elections whose rules do."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from torg.core.errors import NotFound
from torg.guidance import wording
from torg.guidance.models import Election, OwnText
from torg.guidance.wording import Own, Owns, Text


def day_of(at: datetime) -> date:
    """The Norwegian day of a moment."""
    return timezone.localtime(at).date()


def owns_on(day: date) -> Owns:
    """The municipality's own wordings that hold on a day, by key and language."""
    rows = OwnText.objects.in_force(day).values_list("key", "language", "title", "body", "from_on")
    return {(key, language): Own(title, body, begins) for key, language, title, body, begins in rows if title}


def text_or_absent(key: str, language: str, *, day: date) -> Text:
    """One text as it holds on a day; raises NotFound for a key that there is not."""
    text = wording.text_of(key, language, owns_on(day))
    if text is None:
        raise NotFound(_("There is no such text."))
    return text


def wordings_of(key: str) -> Sequence[OwnText]:
    """Every wording that the municipality has given a text, the newest first."""
    return list(OwnText.objects.filter(key=key).select_related("made_by").order_by("-from_on", "-id"))


def election_now(day: date) -> Election | None:
    """The nearest election whose rules hold on a day."""
    found: Election | None = Election.objects.in_force(day).first()
    return found


def elections_from(day: date) -> Sequence[Election]:
    """Elections that have not been held, the nearest first."""
    return list(Election.objects.standing().filter(voting_on__gte=day).order_by("voting_on", "id"))


def election_or_absent(public_id: UUID) -> Election:
    """One election, locked; raises NotFound."""
    found: Election | None = Election.objects.standing().select_for_update().filter(public_id=public_id).first()
    if found is None:
        raise NotFound(_("There is no such election. It may have been taken out."))
    return found
