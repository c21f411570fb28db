"""What follows by the clock, or from the virus scanner: rules act here."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.audit import commands as audit
from torg.connectors.services.clamav import Verdict
from torg.core.actors import Actor
from torg.core.errors import InvalidTransition
from torg.media import events, keeping, taking_down
from torg.media.models import Medium
from torg.media.policies import check_can_keep
from torg.media.types import MediumState, ScanState, TakeDownReason
from torg.records.days import day_of


@transaction.atomic
def note_scan(*, medium_id: UUID, verdict: Verdict, by: Actor, at: datetime) -> Medium:
    """Write down what the virus scanner found; a file with a virus goes at once, and comes down where it stands.

    Raises NotAllowed, InvalidTransition for one that is deleted.
    """
    medium: Medium = Medium.objects.select_for_update().get(public_id=medium_id)
    check_can_keep(by, medium, at=at)
    medium.scan_state = ScanState.CLEAN if verdict.is_clean else ScanState.INFECTED
    medium.scanned_at = at
    if not verdict.is_clean:
        medium.move_to(MediumState.INFECTED)
        taking_down.ask_for([medium], reason=TakeDownReason.INFECTED, is_child=False, at=at)
        keeping.let_go(medium, by=by, at=at)
    medium.save(update_fields=["scan_state", "scanned_at", "state"])
    facts: dict[str, int | str] = {"is_clean": int(verdict.is_clean)}
    audit.record(events.SCANNED, actor=by, scope=medium.scope_id, target=medium, at=at, facts=facts)
    return medium


@transaction.atomic
def end_rights(*, medium_id: UUID, by: Actor, at: datetime) -> int:
    """Follow up that our right to use a medium has ended; returns how many tasks it made.

    Raises NotAllowed, InvalidTransition when the right holds, or its end is followed up already.
    """
    medium: Medium = Medium.objects.select_for_update().get(public_id=medium_id)
    check_can_keep(by, medium, at=at)
    if medium.ended_at is not None or medium.has_rights(on=day_of(at)):
        raise InvalidTransition(_("We still have the right to use it, or its end is followed up already."))
    medium.ended_at = at
    medium.save(update_fields=["ended_at"])
    tasks = taking_down.ask_for([medium], reason=TakeDownReason.RIGHTS_ENDED, is_child=False, at=at)
    audit.record(events.RIGHTS_ENDED, actor=by, scope=medium.scope_id, target=medium, at=at, facts={"tasks": tasks})
    return tasks
