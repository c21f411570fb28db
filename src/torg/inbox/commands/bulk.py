"""The same act on many enquiries: one event for the whole, one for each."""

from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.core.errors import DomainError, Invalid
from torg.inbox import audit, events, loading
from torg.inbox.commands import handling
from torg.inbox.types import BulkAct, BulkLine, ClosedBecause
from torg.people.models import Person

MOST_AT_ONCE = 200


@transaction.atomic
def act_on_many(
    *, act: BulkAct, seen: Mapping[UUID, int], choice: Mapping[str, object], by: Person, at: datetime
) -> list[BulkLine]:
    """Do one thing to many enquiries, as the preview showed them; what has changed since is left out and told.

    Args:
        act: what to do.
        seen: the version of each enquiry that the person saw.
        choice: what the act needs: `to_person` or `to_unit`, `label_id`, `because`, `until`.
        by: who does it.
        at: now.

    Raises Invalid for none, or for too many at once.
    """
    if not seen or len(seen) > MOST_AT_ONCE:
        raise Invalid(_("Choose between 1 and %(most)d enquiries.") % {"most": MOST_AT_ONCE})
    facts: dict[str, int | str] = {"act": act.value, "chosen": len(seen)}
    parent = audit.record(events.BULK_DONE, actor=by, scope=None, target=None, at=at, facts=facts)
    do = _doing(act, choice, by=by, at=at, parent=parent)
    return [_one(enquiry_id, version, do, by=by, at=at) for enquiry_id, version in sorted(seen.items())]


def _one(enquiry_id: UUID, version: int, do: Callable[[UUID], object], *, by: Person, at: datetime) -> BulkLine:
    try:
        with transaction.atomic():
            loading.check_seen(loading.enquiry_for_change(enquiry_id=enquiry_id, by=by, at=at), version)
            do(enquiry_id)
    except DomainError as refusal:
        return BulkLine(enquiry_id, version, is_possible=False, text=refusal.message)
    return BulkLine(enquiry_id, version, is_possible=True, text=_("Done"))


def _doing(
    act: BulkAct, choice: Mapping[str, object], *, by: Person, at: datetime, parent: UUID
) -> Callable[[UUID], object]:
    """The command for one enquiry, with what was chosen for all."""
    to_person, to_unit = _id(choice, "to_person"), _id(choice, "to_unit")
    if act == BulkAct.ASSIGN:
        return lambda each: handling.assign(
            enquiry_id=each, to_person=to_person, to_unit=to_unit, by=by, at=at, parent=parent
        )
    if act == BulkAct.LABEL:
        label_id = _id(choice, "label_id")
        if label_id is None:
            raise Invalid(_("Choose a label."), field="label_id")
        return lambda each: handling.label(enquiry_id=each, label_id=label_id, by=by, at=at, parent=parent)
    if act == BulkAct.CLOSE:
        because = ClosedBecause(str(choice.get("because") or ClosedBecause.NO_ANSWER_NEEDED))
        return lambda each: handling.close(enquiry_id=each, because=because, by=by, at=at, parent=parent)
    until = choice.get("until")
    if not isinstance(until, datetime):
        raise Invalid(_("Choose until when."), field="until")
    return lambda each: handling.snooze(enquiry_id=each, until=until, by=by, at=at, parent=parent)


def _id(choice: Mapping[str, object], name: str) -> UUID | None:
    value = choice.get(name)
    return value if isinstance(value, UUID) else None
