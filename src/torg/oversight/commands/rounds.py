"""Watch rounds: looking in on a page and saying what was found."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.audit import commands as audit
from torg.core.errors import Invalid, InvalidTransition, NotAllowed
from torg.oversight import events, loading, policies
from torg.oversight.models import DutyAlarm, WatchRound
from torg.oversight.types import DutyCode, Found
from torg.people.models import Person
from torg.registry import queries as registry
from torg.registry.models import Presence


@transaction.atomic
def start_round(*, presence_id: UUID, by: Person, at: datetime) -> WatchRound:
    """Begin to look in on a page; whoever has begun already goes on with that round.

    Raises NotFound outside what `by` sees, NotAllowed for one who does not work on the page, InvalidTransition when it
    is closed.
    """
    presence = _open_page(presence_id, by, at)
    running: WatchRound | None = WatchRound.objects.filter(presence=presence, by=by, finished_at=None).first()
    if running is not None:
        return running
    row = WatchRound.objects.create(scope_id=presence.scope_id, presence=presence, by=by, started_at=at)
    audit.record(events.ROUND_STARTED, actor=by, scope=row.scope_id, target=row, at=at)
    return row


@transaction.atomic
def finish_round(
    *, round_id: UUID, found: Found, by: Person, at: datetime, note: str = "", has_rules: bool | None = None
) -> WatchRound:
    """Say what a round found; from now on the page counts as looked at.

    Raises NotFound, NotAllowed for a colleague's round, InvalidTransition when it is finished, Invalid when others must
    do something and it is not written what.
    """
    row: WatchRound = loading.one(WatchRound.objects.all(), round_id, by=by, at=at)
    policies.check_can_look(by, row.scope_id, at=at)
    if row.by_id != by.pk:
        raise NotAllowed(_("This is a colleague's round. Begin one of your own."))
    if row.finished_at is not None:
        raise InvalidTransition(_("This round is finished already."))
    if found == Found.HANDED_ON and not note.strip():
        raise Invalid(_("Write what others must deal with, and who."), field="note")
    row.finish(found=found, note=note.strip(), has_rules=has_rules, at=at)
    _settle(row.presence, at)
    facts = {"found": found.value}
    audit.record(events.ROUND_FINISHED, actor=by, scope=row.scope_id, target=row, at=at, facts=facts)
    return row


@transaction.atomic
def look_in(*, presence_id: UUID, by: Person, at: datetime) -> WatchRound:
    """Say in one act that one has looked in on a page and found nothing to do.

    Raises NotFound outside what `by` sees, NotAllowed for one who does not work on the page, InvalidTransition when it
    is closed.
    """
    presence = _open_page(presence_id, by, at)
    row = WatchRound.objects.filter(presence=presence, by=by, finished_at=None).first()
    row = row or WatchRound.objects.create(scope_id=presence.scope_id, presence=presence, by=by, started_at=at)
    row.finish(found=Found.NOTHING, note="", has_rules=None, at=at)
    _settle(presence, at)
    facts = {"found": Found.NOTHING.value}
    audit.record(events.ROUND_FINISHED, actor=by, scope=row.scope_id, target=row, at=at, facts=facts)
    return row


def _open_page(presence_id: UUID, by: Person, at: datetime) -> Presence:
    # Locked, so that two taps make one round.
    presence = registry.presence_or_absent(by, presence_id, at=at, lock=True)
    policies.check_can_look(by, presence.scope_id, at=at)
    if presence.closed_at is not None:
        raise InvalidTransition(_("It is closed already."))
    return presence


def _settle(presence: Presence, at: datetime) -> None:
    DutyAlarm.objects.filter(presence=presence, duty=DutyCode.ROUNDS, settled_at=None).update(settled_at=at)
