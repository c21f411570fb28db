"""Closing and merging a presence, and what it goes on as."""

from datetime import datetime
from typing import cast
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from torg.audit import commands as audit
from torg.core.actors import Actor
from torg.core.errors import Invalid
from torg.people.acting import person_or_none
from torg.registry import events, loading, policies, queries
from torg.registry.models import Closure, Presence, Succession
from torg.registry.types import Ending, EndingSource, Link
from torg.registry.words import Because, SuccessionKind


@transaction.atomic
def close_presence(*, presence_id: UUID, ending: Ending, by: Actor, at: datetime) -> Presence:
    """Record that a page, group or profile is closed; what was written there stays, and its channels are closed.

    Raises NotFound, NotAllowed, InvalidTransition when it is closed already or no export was made shortly before.
    """
    presence = loading.managed(presence_id, by=by, at=at)
    _close(presence, ending, by=by, at=at)
    facts = {"followers": ending.followers.value, "kept": ending.kept.value}
    audit.record(events.PRESENCE_CLOSED, actor=by, scope=presence.scope_id, target=presence, at=at, facts=facts)
    return presence


@transaction.atomic
def merge_presence(
    *, presence_id: UUID, into_id: UUID, ending: Ending, because: Because = Because.ORDINARY, by: Actor, at: datetime
) -> Presence:
    """Merge a presence into another that goes on (strategy C4): the first closes, and says where it went.

    Raises NotFound for either, NotAllowed, Invalid for a secret group or for itself, InvalidTransition when either is
    closed or no export was made shortly before.
    """
    presence, into = _both(presence_id, into_id, by=by, at=at)
    for one in (presence, into):
        policies.check_is_open(one)
    _close(presence, ending, by=by, at=at)
    _succeed(presence, into, Link(SuccessionKind.MERGED, because), by=by, at=at)
    facts = {"followers": ending.followers.value, "kept": ending.kept.value, "into": str(into.public_id)}
    audit.record(events.PRESENCE_MERGED, actor=by, scope=presence.scope_id, target=presence, at=at, facts=facts)
    return presence


@transaction.atomic
def record_succession(*, from_id: UUID, to_id: UUID, link: Link, by: Actor, at: datetime) -> Succession:
    """Record what a presence was split into, or replaced by: also long after it was closed.

    Raises NotFound for either, NotAllowed, Invalid for a secret group, for a rename or merger (which have their own
    ways), and for what is recorded already.
    """
    if link.kind not in (SuccessionKind.SPLIT, SuccessionKind.REPLACED):
        raise Invalid(_("Change the name or merge the pages instead."), field="kind")
    presence, other = _both(from_id, to_id, by=by, at=at)
    succession = _succeed(presence, other, link, by=by, at=at)
    facts = {"kind": link.kind.value, "to": str(to_id)}
    audit.record(
        events.PRESENCE_SUCCEEDED,
        actor=by,
        scope=presence.scope_id,
        target=presence,
        at=at,
        facts=facts,
    )
    return succession


def _both(one_id: UUID, other_id: UUID, *, by: Actor, at: datetime) -> tuple[Presence, Presence]:
    """Both locked in one order, so that two who merge them into each other do not wait for ever.

    That one of them is out of sight is said before anything about the other.
    """
    rows = {each: queries.presence_or_absent(by, each, at=at, lock=True) for each in sorted({one_id, other_id})}
    for presence in rows.values():
        policies.check_can_manage(by, presence, at=at)
    policies.check_may_meet(rows[one_id], rows[other_id])
    return rows[one_id], rows[other_id]


def _close(presence: Presence, ending: Ending, *, by: Actor, at: datetime) -> None:
    Closure.objects.create(
        presence=presence,
        scope_id=presence.scope_id,
        export=policies.check_is_exported(presence, at=at),
        followers=ending.followers,
        kept=ending.kept,
        remark=ending.remark.strip(),
        closed_by=person_or_none(by),
        closed_at=at,
    )
    # Before the presence is history: nobody changes anything on what is closed.
    cast("EndingSource", import_string(settings.PRESENCE_ENDED))(scope_id=presence.scope_id, by=by, at=at)
    presence.closed_at = at
    presence.save(update_fields=["closed_at"])


def _succeed(presence: Presence, other: Presence, link: Link, *, by: Actor, at: datetime) -> Succession:
    try:
        with transaction.atomic():
            return Succession.objects.create(
                from_presence=presence,
                to_presence=other,
                kind=link.kind,
                because=link.because,
                recorded_by=person_or_none(by),
                at=at,
            )
    except IntegrityError as error:
        raise Invalid(_("This is recorded already."), field="to") from error
