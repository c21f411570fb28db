"""Noting what the platforms tell of our accounts, so that nobody has to type it in."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from torg.audit import commands as audit
from torg.core.actors import Actor
from torg.records.days import day_of
from torg.registry import definitions, events, loading
from torg.registry.models import FigureTold, Presence, ProfileTold
from torg.registry.types import Told

PROFILE = ("name", "about", "website", "address")


@transaction.atomic
def note_told(*, presence_id: UUID, told: Told, by: Actor, at: datetime) -> list[FigureTold]:
    """Note what a platform tells of an account; goals that name one of its figures are measured by it.

    Each figure is noted once a day, under a code that we have a definition of; returns the new ones. Raises NotFound,
    NotAllowed, InvalidTransition when the presence is closed.
    """
    presence = loading.managed(presence_id, by=by, at=at)
    _note_profile(presence, told, at=at)
    new = [
        row
        for code, value in told.figures.items()
        if definitions.definition_of(told.platform, code) and (row := _noted(presence, told.platform, code, value, at))
    ]
    facts: dict[str, int | str] = {"figures": len(new), "platform": told.platform}
    audit.record(events.TOLD, actor=by, scope=presence.scope_id, target=presence, at=at, facts=facts)
    return new


def _note_profile(presence: Presence, told: Told, *, at: datetime) -> None:
    before = ProfileTold.objects.filter(presence=presence, platform=told.platform).order_by("-told_at", "-id").first()
    now = {name: getattr(told, name) for name in PROFILE}
    if before is None or any(getattr(before, name) != value for name, value in now.items()):
        ProfileTold.objects.create(
            scope_id=presence.scope_id, presence=presence, platform=told.platform, told_at=at, **now
        )


def _noted(presence: Presence, platform: str, code: str, value: int, at: datetime) -> FigureTold | None:
    row, is_new = FigureTold.objects.get_or_create(
        presence=presence,
        platform=platform,
        code=code,
        told_on=day_of(at),
        defaults={"scope_id": presence.scope_id, "value": value, "told_at": at},
    )
    return row if is_new else None
