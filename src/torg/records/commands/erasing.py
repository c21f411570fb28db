"""Requests for erasure: what is archive is restricted and never destroyed, and the person is told why."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.audit import commands as audit
from torg.core.errors import Invalid, NotAllowed, NotFound
from torg.people.models import Person
from torg.records import erasure_letter, events, policies
from torg.records.codes import RestrictionTarget
from torg.records.commands.restricting import restrict
from torg.records.days import day_of, month_after
from torg.records.loading import entry_for_change
from torg.records.models import Correspondent, ErasureRequest
from torg.records.preservation_codes import ErasureState
from torg.records.types import RestrictionWanted


@transaction.atomic
def receive_erasure(*, entry_id: UUID, asked_by: str, received_on: date, by: Person, at: datetime) -> ErasureRequest:
    """Record that somebody wants what an entry holds about them erased (GDPR article 17); due within a month.

    Raises NotFound, NotAllowed, Invalid without a name or for a day that has not come.
    """
    if not isinstance(by, Person):
        raise NotAllowed(_("Only a person receives a request for erasure."))
    entry = entry_for_change(entry_id, by=by, at=at)
    if not asked_by.strip() or received_on > day_of(at):
        raise Invalid(_("Write who asks, and the day on which the request came."), field="asked_by")
    made = ErasureRequest.objects.create(
        scope_id=entry.scope_id,
        entry=entry,
        asked_by=asked_by.strip()[:200],
        received_on=received_on,
        due_on=month_after(received_on),
        made_by=by,
        made_at=at,
    )
    facts = {"entry": str(entry.public_id)}
    audit.record(events.ERASURE_RECEIVED, actor=by, scope=entry.scope_id, target=made, at=at, facts=facts)
    return made


@transaction.atomic
def answer_erasure(*, request_id: UUID, reference: str, language: str, by: Person, at: datetime) -> ErasureRequest:
    """Restrict the entry and the names of private persons in it, and write the letter that says why it stays.

    Args:
        request_id: the request.
        reference: the code of the provision that the restriction rests on.
        language: `nb`, `nn` or `en`, of the letter.
        by: who answers.
        at: now.

    Raises NotFound, NotAllowed, Invalid for a provision that does not hold, InvalidTransition when it is answered.
    """
    rows = ErasureRequest.objects.visible_to(by, at=at).select_for_update(of=("self",)).select_related("entry")
    found: ErasureRequest | None = rows.filter(public_id=request_id).first()
    if found is None:
        raise NotFound(_("There is no such request."))
    policies.check_can_keep(by, scope_id=found.scope_id, at=at)
    policies.check_is_unanswered(found)
    names = Correspondent.objects.filter(entry=found.entry, is_person=True, is_hidden=False).order_by("id")
    targets = [(RestrictionTarget.ENTRY, None), *((RestrictionTarget.CORRESPONDENT, one.public_id) for one in names)]
    for target, correspondent in targets:
        wanted = RestrictionWanted(str(target), reference, correspondent=correspondent, because="GDPR 17")
        restrict(entry_id=found.entry.public_id, wanted=wanted, by=by, at=at)
    found.letter = erasure_letter.written(found, language=language, on=day_of(at))
    found.state, found.language = ErasureState.ANSWERED, language
    found.answered_by, found.answered_at = by, at
    found.save(update_fields=["letter", "state", "language", "answered_by", "answered_at"])
    facts: dict[str, int | str] = {
        "entry": str(found.entry.public_id),
        "restrictions": len(targets),
        "ground": reference,
    }
    audit.record(events.ERASURE_ANSWERED, actor=by, scope=found.scope_id, target=found, at=at, facts=facts)
    return found
