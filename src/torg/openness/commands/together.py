"""Access requests about several documents that came as one: written in and answered together."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.audit import commands as audit
from torg.core import ids
from torg.core.actors import Actor
from torg.core.errors import Invalid, NotFound
from torg.openness import answering, events, loading, receiving
from torg.openness.models import AccessDecision, AccessRequest
from torg.openness.types import Answer, Ask, RequestState
from torg.people.models import Person
from torg.people.policies import check_may
from torg.people.types import Permission
from torg.records.models import JournalEntry
from torg.records.policies import check_is_a_person

MOST_TOGETHER = 50


@transaction.atomic
def enter_together(
    *, entry_ids: Sequence[UUID], wanted: Ask, by: Actor, at: datetime, received_at: datetime | None = None
) -> list[AccessRequest]:
    """Write in a request about several documents: each becomes a request of its own, and they know of each other.

    The law wants each document assessed by itself (offentleglova § 29); the requester hears from us once.
    Raises NotFound, NotAllowed, Invalid for none or too many, or when it came later than now.
    """
    wanted_ids = list(dict.fromkeys(entry_ids))
    if not wanted_ids:
        raise Invalid(_("Write the number of at least one entry."), field="number")
    if len(wanted_ids) > MOST_TOGETHER:
        raise Invalid(_("One request covers at most 50 entries here. Write in the rest as another."), field="number")
    if received_at is not None and received_at > at:
        raise Invalid(_("The request cannot have come later than today."), field="received_on")
    entries = {entry.public_id: entry for entry in _seen(wanted_ids, by, at)}
    if len(entries) < len(wanted_ids):
        raise NotFound(_("There is no such journal entry."))
    bundle, came = ids.new(), received_at or at
    made = [receiving.receive(entries[one], wanted, came, by=by, bundle=bundle)[0] for one in wanted_ids]
    receiving.tell_later(made[0])
    facts: dict[str, int | str] = {"way": wanted.way, "entries": len(made)}
    parent = audit.record(events.REQUESTED_TOGETHER, actor=by, scope=None, target=None, at=at, facts=facts)
    for request in made:
        audit.record(
            events.REQUESTED,
            actor=by,
            scope=request.scope_id,
            target=request,
            at=at,
            facts={"way": request.way},
            parent=parent,
        )
    return made


@transaction.atomic
def decide_together(*, request_id: UUID, answer: Answer, by: Actor, at: datetime) -> list[AccessDecision]:
    """Decide the same about a request and all that came with it and still wait, each with a letter of its own.

    All or none: what one of them lacks, is told with its number. Raises NotFound, NotAllowed, Invalid,
    InvalidTransition.
    """
    person = check_is_a_person(by)
    first = loading.request_for_change(request_id, by=by, at=at)
    waiting = [first, *_waiting_with(first, by, at)]
    made = [_decided(request, answer, person, at) for request in waiting]
    receiving.tell_later(first)
    parent = audit.record(
        events.DECIDED_TOGETHER, actor=by, scope=None, target=None, at=at, facts={"requests": len(made)}
    )
    for decision in made:
        facts: dict[str, int | str] = {
            "outcome": answer.outcome,
            "ground": decision.reference.code if decision.reference else "none",
        }
        audit.record(
            events.DECIDED,
            actor=by,
            scope=decision.scope_id,
            target=decision.request,
            at=at,
            facts=facts,
            parent=parent,
        )
    return made


def _seen(wanted: Sequence[UUID], by: Actor, at: datetime) -> list[JournalEntry]:
    seen = list(JournalEntry.objects.visible_to(by, at=at).filter(public_id__in=wanted))
    for scope_id in {entry.scope_id for entry in seen}:
        check_may(by, Permission.JOURNAL, scope_id=scope_id, at=at)
    return seen


def _waiting_with(first: AccessRequest, by: Actor, at: datetime) -> list[AccessRequest]:
    """Locked in the order of their keys, so that two who decide do not wait for each other."""
    if first.bundle is None:
        return []
    seen = AccessRequest.objects.visible_to(by, at=at, permission=Permission.JOURNAL)
    others = seen.filter(bundle=first.bundle, state=RequestState.RECEIVED).exclude(pk=first.pk)
    return list(others.select_related("entry__case_file").select_for_update(of=("self",)).order_by("pk"))


def _decided(request: AccessRequest, answer: Answer, person: Person, at: datetime) -> AccessDecision:
    try:
        return answering.decided(request, answer, person, at=at)
    except Invalid as refused:
        raise Invalid(f"{request.entry.own_number}: {refused.message}", field=refused.field) from refused
