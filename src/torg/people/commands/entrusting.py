"""Open work goes to the stand-in when an absence begins, and is offered back when it ends."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.audit import commands as audit
from torg.core.actors import Actor, Rule
from torg.core.errors import Invalid, InvalidTransition
from torg.people import events, handing, notifying, policies, queries
from torg.people.models import EntrustedWork, Person, StandIn
from torg.people.types import EntrustedState, NotificationKind, OpenWork, Permission

HANDING = Rule("people.handing", "1")
Chosen = Collection[tuple[str, UUID]]


@transaction.atomic
def entrust_work(*, stand_in_id: UUID, chosen: Chosen, by: Person, at: datetime) -> list[EntrustedWork]:
    """Choose what the stand-in takes over: at once when the absence has begun, else the moment it begins.

    What is not open with the absent person (any more), or what `by` may not see, is refused as a whole.

    Raises NotFound for a period that has ended, NotAllowed for others than the absent person without the right to
    manage people, Invalid for something that cannot be handed over.
    """
    row = queries.stand_in_or_absent(stand_in_id, at=at)
    _check_may_hand(row, by=by, at=at)
    open_work = {(work.kind, work.ref): work for work in handing.work_of(row.absent, seen_by=by, at=at)}
    if not chosen or not set(chosen) <= open_work.keys():
        raise Invalid(_("Choose among the open work. Some of it may have been taken or done meanwhile."))
    entrusted = [_planned(row, open_work[each], at=at) for each in chosen]
    facts: dict[str, int | str] = {"stand_in": str(row.public_id), "pieces": len(entrusted)}
    audit.record(events.WORK_ENTRUSTED, actor=by, scope=None, target=row, at=at, facts=facts)
    if row.from_at <= at:
        _hand(row, [each for each in entrusted if each.state == EntrustedState.PLANNED], by=by, at=at)
    return entrusted


@transaction.atomic
def hand_over_due(*, limit: int, by: Rule, at: datetime) -> int:
    """Hand over what was chosen for absences that have begun; returns how many pieces the stand-ins have now."""
    begun = StandIn.objects.in_force(at).filter(entrusted__state=EntrustedState.PLANNED).distinct()
    keys = sorted(begun.values_list("pk", flat=True)[:limit])
    given = 0
    for row in StandIn.objects.select_for_update(of=("self",)).filter(pk__in=keys).select_related("absent", "stand_in"):
        planned = list(row.entrusted.select_for_update().filter(state=EntrustedState.PLANNED).order_by("id"))
        facts: dict[str, int | str] = {"stand_in": str(row.public_id), "pieces": len(planned)}
        audit.record(events.WORK_HANDED_OVER, actor=by, scope=None, target=row, at=at, facts=facts)
        given += _hand(row, planned, by=row.absent, at=at)
    return given


@transaction.atomic
def take_back_work(*, stand_in_id: UUID, chosen: Collection[UUID], by: Person, at: datetime) -> list[EntrustedWork]:
    """Back from an absence: take back what one chooses; the rest stays with the stand-in for good.

    Returns what came back; what somebody else has taken meanwhile, or what is done, does not.

    Raises NotFound for others than the absent person, InvalidTransition while still away or when nothing is left.
    """
    row = StandIn.objects.select_for_update(of=("self",)).filter(public_id=stand_in_id, absent=by).first()
    if row is None or row.until_at > at:
        raise InvalidTransition(_("There is nothing to take back: the absence has not ended."))
    given = list(row.entrusted.select_for_update().filter(state=EntrustedState.GIVEN).order_by("id"))
    if not given:
        raise InvalidTransition(_("There is nothing left to take back."))
    wanted = [each for each in given if each.public_id in chosen]
    for each in given:
        if each not in wanted:
            each.move_to(EntrustedState.KEPT, at=at)
    back = [each for each in wanted if handing.move(each, holder=row.stand_in, to=by, by=by, at=at)]
    facts: dict[str, int | str] = {"stand_in": str(row.public_id), "pieces": len(back)}
    audit.record(events.WORK_TAKEN_BACK, actor=by, scope=None, target=row, at=at, facts=facts)
    return back


def _check_may_hand(row: StandIn, *, by: Actor, at: datetime) -> None:
    if not (isinstance(by, Person) and by.pk == row.absent_id):
        policies.check_may(by, Permission.MANAGE_PEOPLE, scope_id=None, at=at)


def _planned(row: StandIn, work: OpenWork, *, at: datetime) -> EntrustedWork:
    entrusted, _is_new = EntrustedWork.objects.get_or_create(
        stand_in=row, kind=work.kind, ref=work.ref, defaults={"scope_id": work.scope_id, "planned_at": at}
    )
    return entrusted


def _hand(row: StandIn, planned: Sequence[EntrustedWork], *, by: Person, at: datetime) -> int:
    given = sum(handing.move(each, holder=row.absent, to=row.stand_in, by=by, at=at) for each in planned)
    if given:
        key = f"{row.public_id} {at:%Y-%m-%dT%H:%M:%S}"
        notifying.tell([row.stand_in], NotificationKind.HANDED_OVER, path="/desk/", key=key, at=at)
    return given
