"""Who of us wrote what went out: for evidence and for the records."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.utils import translation

from torg.dialogue.models import Item
from torg.dialogue.types import Spokesperson
from torg.inbox.models import Answer
from torg.people import queries as people
from torg.people.models import Person
from torg.people.types import Role


def who_answered(items: Sequence[Item]) -> Mapping[int, Spokesperson]:
    """By item: who wrote it here and in which role at the time; what was written elsewhere is left out.

    Roles are told in the municipality's language, whoever asks: evidence reads the same for all.
    """
    sent = {(item.connection_id, item.external_id): item for item in items}
    answers = Answer.objects.filter(
        external_id__in=[external_id for _, external_id in sent], written_by__isnull=False
    ).select_related("written_by", "enquiry__thread")
    found: dict[int, Spokesperson] = {}
    with translation.override(_language()):
        for answer in answers:
            item = sent.get((answer.enquiry.thread.connection_id, answer.external_id))
            if item is not None and answer.written_by is not None:
                found[item.id] = _spokesperson(answer.written_by, answer, at=answer.sent_at or answer.written_at)
    return found


def _spokesperson(person: Person, answer: Answer, *, at: datetime) -> Spokesperson:
    role = people.role_in(person, answer.scope_id, at=at)
    return Spokesperson(name=person.name, role=str(Role(role).label) if role else "")


def _language() -> str:
    municipality = people.municipality()
    return municipality.language if municipality else settings.LANGUAGE_CODE
