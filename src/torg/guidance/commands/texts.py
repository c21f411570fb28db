"""The municipality's own wording of a text."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from torg.audit import commands as audit
from torg.core.errors import Invalid, NotFound
from torg.guidance import events, policies, wording
from torg.guidance.content import LANGUAGES
from torg.guidance.models import OwnText
from torg.people.models import Person
from torg.records.days import day_of


@dataclass(frozen=True, slots=True)
class OwnWording:
    """What the municipality wants to say instead; title and body empty means that ours is to hold again."""

    key: str
    language: str
    title: str
    body: str


@transaction.atomic
def word_text(*, own: OwnWording, from_on: date, by: Person, at: datetime) -> OwnText:
    """Word a text of the guidance in the municipality's own way, from a day on; earlier wordings are kept.

    Raises NotAllowed, NotFound for a text that there is not, Invalid for a day gone by, or a title without a body.
    """
    policies.check_can_keep(by, at=at)
    if own.key not in wording.all_keys() or own.language not in LANGUAGES:
        raise NotFound(_("There is no such text."))
    if from_on < day_of(at):
        raise Invalid(_("Choose today or a day that lies ahead."), field="from_on")
    title, body = own.title.strip(), own.body.strip()
    if bool(title) != bool(body):
        raise Invalid(_("Write both a title and a text, or empty both to use Torg's own."), field="body")
    row = OwnText.objects.create(
        key=own.key, language=own.language, title=title, body=body, from_on=from_on, made_by=by, made_at=at
    )
    facts = {"key": own.key, "language": own.language, "from_on": from_on.isoformat()}
    audit.record(events.TEXT_WORDED, actor=by, scope=None, target=row, at=at, facts=facts)
    return row
