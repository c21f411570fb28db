"""Moving an enquiry to another unit, and merging two into one."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.core.errors import Invalid, InvalidTransition, NotFound
from torg.inbox import audit, clocks, events, loading, merging, policies, queries
from torg.inbox.models import ClockFact, Enquiry, Note
from torg.inbox.types import Change, FactKind
from torg.people.models import Person


@transaction.atomic
def move(*, enquiry_id: UUID, to_unit: UUID, note: str = "", by: Person, at: datetime) -> Enquiry:
    """Move an enquiry to another unit, which answers by its own rule and hours; the wait counts from its start.

    Raises NotAllowed, NotFound for the unit, InvalidTransition when it is there already.
    """
    enquiry = loading.enquiry_for_change(enquiry_id=enquiry_id, by=by, at=at)
    policies.check_can_handle(by, scope_id=enquiry.scope_id, at=at)
    loading.check_not_merged(enquiry)
    unit = queries.unit_or_absent(to_unit)
    if enquiry.unit_id == unit.pk:
        raise InvalidTransition(_("It is with %(unit)s already.") % {"unit": unit.name})
    enquiry.unit, enquiry.assignee = unit, None
    ClockFact.objects.create(enquiry=enquiry, kind=FactKind.MOVED, at=at, known_at=at, unit=unit)
    if note.strip():
        Note.objects.create(scope_id=enquiry.scope_id, enquiry=enquiry, text=note.strip(), written_by=by, written_at=at)
    clocks.settle([enquiry], at=at)
    loading.save(enquiry, Change.MOVED)
    facts = {"unit": str(unit.public_id)}
    audit.record(events.MOVED, actor=by, scope=enquiry.scope_id, target=enquiry, at=at, facts=facts)
    return enquiry


@transaction.atomic
def merge(*, enquiry_id: UUID, into: UUID, by: Person, at: datetime) -> Enquiry:
    """Merge an enquiry into another of the same page, where both are seen through; the earliest wait counts.

    What is written in the merged thread later on is taken in there. Threads of different pages are linked instead.

    Raises NotAllowed, NotFound, Invalid for itself or for another page.
    """
    if enquiry_id == into:
        raise Invalid(_("Choose another enquiry to merge this one into."))
    source, target = _both(enquiry_id, into, by=by, at=at)
    policies.check_can_handle(by, scope_id=source.scope_id, at=at)
    loading.check_not_merged(source)
    loading.check_not_merged(target)
    if source.scope_id != target.scope_id:
        raise Invalid(_("They belong to different pages. Link them as one matter instead."))

    merging.into_one(source, target, by=by, at=at)
    facts = {"into": str(target.public_id)}
    audit.record(events.MERGED, actor=by, scope=source.scope_id, target=source, at=at, facts=facts)
    return target


def _both(first: UUID, second: UUID, *, by: Person, at: datetime) -> tuple[Enquiry, Enquiry]:
    """Both, locked in the order that all lock in."""
    rows = Enquiry.objects.visible_to(by, at=at).filter(public_id__in=[first, second])
    found = {row.public_id: row for row in rows.order_by("id").select_for_update(of=("self",))}
    if len(found) != 2:
        raise NotFound(_("There is no such enquiry. It may have been moved to a page that you do not follow."))
    return found[first], found[second]
