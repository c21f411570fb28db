"""Lifting sanctions, on the platform too where one was shut out there."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from torg.connectors.contract import ActKind
from torg.core.errors import InvalidTransition
from torg.moderation import acts
from torg.moderation.models import Sanction
from torg.moderation.words import BANS, SanctionState
from torg.outbox import commands as outbox
from torg.outbox.models import LIVE, OutboxAct
from torg.records.days import day_of

TIME_IS_OVER = "time-is-over"
TRY_AGAIN_AFTER = timedelta(hours=1)


def due(*, at: datetime) -> Iterable[Sanction]:
    """Those in force whose last day has come; locked, so that two jobs do not lift the same."""
    ended = Sanction.objects.filter(state=SanctionState.IN_FORCE, ends_on__lte=day_of(at))
    rows = ended.select_related("connection", "author", "decision").select_for_update(of=("self",), skip_locked=True)
    # One that the platform would not lift an hour ago is not asked about every minute.
    return [row for row in rows.order_by("id") if not _has_just_tried(row, at)]


def lift(sanction: Sanction, *, because: str, at: datetime) -> None:
    """Let the author in again; raises InvalidTransition for what is not in force.

    An author whom another ban still shuts out is not let in by this one's end.
    """
    if sanction.state != SanctionState.IN_FORCE:
        raise InvalidTransition(_("This is not in force. Load the page again."))
    sanction.ended_because = because[:40]
    if sanction.step in BANS and not _is_shut_out_by_another(sanction):
        sanction.move_to(SanctionState.LIFTING)
        if acts.can(sanction.connection, ActKind.UNBAN) and sanction.author.external_id:
            outbox.plan(
                acts.on_author(
                    ActKind.UNBAN,
                    sanction.connection,
                    sanction.author.external_id,
                    subject=acts.SANCTION,
                    subject_id=sanction.public_id,
                ),
                at=at,
            )
    else:
        sanction.move_to(SanctionState.ENDED)
        sanction.ended_at = at
    sanction.save(update_fields=["state", "ended_because", "ended_at"])


def _is_shut_out_by_another(sanction: Sanction) -> bool:
    others = Sanction.objects.filter(author=sanction.author, step__in=BANS, state=SanctionState.IN_FORCE)
    return others.exclude(pk=sanction.pk).exists()


def _has_just_tried(sanction: Sanction, at: datetime) -> bool:
    tried = OutboxAct.objects.filter(subject_kind=acts.SANCTION, subject_id=sanction.public_id)
    newest = tried.order_by("-id").first()
    return newest is not None and (newest.state in LIVE or at - newest.planned_at < TRY_AGAIN_AFTER)
