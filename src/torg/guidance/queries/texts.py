"""The texts that hold on a day, and the elections whose rules do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, Value
from django.utils.translation import gettext as _

from torg.core.errors import NotFound
from torg.guidance import wording
from torg.guidance.models import Election, OwnText
from torg.guidance.types import ElectionKind
from torg.guidance.wording import Own, Owns, Text


def owns_on(day: date) -> Owns:
    """The municipality's own wordings that hold on a day, by key and language."""
    rows = OwnText.objects.in_force(day).values_list("key", "language", "title", "body", "from_on")
    return {(key, language): Own(title, body, begins) for key, language, title, body, begins in rows if title}


@dataclass(frozen=True, slots=True)
class Now:
    """What is said beside an answer on one day: own wordings, and the nearest election whose rules hold."""

    owns: Owns
    election: ElectionKind | None = None
    voting_on: date | None = None


def now_on(day: date, language: str) -> Now:
    """Own wordings in one language and the election, by one question: every answer form asks it."""
    columns = ("key", "title", "body", "day")
    owns = OwnText.objects.in_force(day).filter(language=language).annotate(day=F("from_on")).values_list(*columns)
    elections = Election.objects.in_force(day).annotate(
        key=Value(""), title=F("kind"), body=Value(""), day=F("voting_on")
    )
    rows = list(owns.union(elections.values_list(*columns), all=True))
    nearest = min(((on, kind) for key, kind, _body, on in rows if not key), default=None)
    return Now(
        owns={(key, language): Own(title, body, begins) for key, title, body, begins in rows if key and title},
        election=ElectionKind(nearest[1]) if nearest else None,
        voting_on=nearest[0] if nearest else None,
    )


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
