"""How acts stand, for those who may see them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from torg.outbox import wording
from torg.outbox.models import ActState, OutboxAct


@dataclass(frozen=True, slots=True)
class Standing:
    """How an act stands, in words: what `outbox/parts/state.html` shows."""

    act_id: UUID
    state: ActState
    icon: str
    word: str
    sentence: str
    at: datetime
    permalink: str
    next_attempt_at: datetime | None
    is_waiting_for_a_person: bool


def state_of(subject_kind: str, subject_id: UUID) -> Standing | None:
    """How the latest act on a subject stands; None when nothing was ever planned. The subject is the caller's."""
    acts = OutboxAct.objects.filter(subject_kind=subject_kind, subject_id=subject_id)
    latest = acts.order_by("-id").first()
    return standing(latest) if latest else None


def standing(act: OutboxAct) -> Standing:
    """How this act stands."""
    state = ActState(act.state)
    return Standing(
        act_id=act.public_id,
        state=state,
        icon=wording.ICONS[state],
        word=str(state.label),
        sentence=wording.sentence(act),
        at=act.finished_at or act.sending_at or act.planned_at,
        # A platform's word: shown as a link only when it is one.
        permalink=act.permalink if act.permalink.startswith(("https://", "http://")) else "",
        next_attempt_at=act.next_attempt_at if state == ActState.PLANNED else None,
        is_waiting_for_a_person=_waits_for_a_person(act),
    )


def stuck(scope_ids: Collection[UUID] | QuerySet[Any, Any]) -> QuerySet[OutboxAct]:
    """Acts in these scopes (ids, or a query for them) that go no further without a person, oldest first."""
    newer = OutboxAct.objects.filter(
        subject_kind=OuterRef("subject_kind"), subject_id=OuterRef("subject_id"), kind=OuterRef("kind")
    ).filter(id__gt=OuterRef("id"))
    unsure = Q(state=ActState.UNCONFIRMED, next_attempt_at=None)
    stopped = Q(state__in=(ActState.REFUSED, ActState.FAILED)) & ~Exists(newer)
    return OutboxAct.objects.filter(unsure | stopped, scope_id__in=scope_ids).order_by("planned_at", "id")


def _waits_for_a_person(act: OutboxAct) -> bool:
    is_unsure = act.state == ActState.UNCONFIRMED and act.next_attempt_at is None
    return is_unsure or act.state in {ActState.REFUSED, ActState.FAILED}
