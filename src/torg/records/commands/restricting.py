"""Restrict access to an entry or a part of it, and lift the restriction."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.audit import commands as audit
from torg.core.actors import Actor
from torg.core.errors import Invalid, InvalidTransition
from torg.records import actors, changelog, events, policies, registering, withholding
from torg.records.acting import Act
from torg.records.codes import RestrictionTarget
from torg.records.days import day_of
from torg.records.loading import entry_for_change, restriction_for_change
from torg.records.models import Restriction
from torg.records.types import RestrictionWanted


@transaction.atomic
def restrict(*, entry_id: UUID, wanted: RestrictionWanted, by: Actor, at: datetime) -> Restriction:
    """Restrict access (skjerme) on a ground to paragraph, subsection and letter (offentleglova §§ 13–26).

    A redacted variant of the documents is made afterwards. Raises NotFound, NotAllowed, Invalid.
    """
    entry = entry_for_change(entry_id, by=by, at=at)
    made = withholding.restrict(entry, wanted, Act(by, at))
    for field in ("access_code", "reference", "target", "expires_on"):
        changelog.note("restriction", made, field, None, getattr(made, field), by=by, at=at)
    registering.make_variants_later(entry)
    facts: dict[str, int | str] = {"target": made.target, "ground": made.reference.code}
    audit.record(events.RESTRICTED, actor=by, scope=entry.scope_id, target=entry, at=at, facts=facts)
    return made


@transaction.atomic
def lift(*, restriction_id: UUID, by: Actor, at: datetime) -> Restriction:
    """End a restriction (oppheve skjerming); it stays as history. Raises NotFound, NotAllowed, InvalidTransition."""
    found = restriction_for_change(restriction_id, by=by, at=at)
    if found.lifted_at is not None:
        raise InvalidTransition(_("The restriction is lifted already."))
    _end(found, by=by, at=at)
    facts: dict[str, int | str] = {"target": found.target}
    audit.record(events.LIFTED, actor=by, scope=found.scope_id, target=found.entry, at=at, facts=facts)
    return found


@transaction.atomic
def lift_ended(*, restriction_ids: Sequence[UUID], by: Actor, at: datetime) -> int:
    """End several restrictions whose last day has passed, in one act; returns how many.

    Nothing becomes readable because a day came: a person has looked at the list. One that somebody else has lifted
    meanwhile is passed over. Raises NotAllowed, NotFound, Invalid for one that has not ended.
    """
    policies.check_is_a_person(by)
    found = [restriction_for_change(restriction_id, by=by, at=at) for restriction_id in sorted(set(restriction_ids))]
    if any(row.expires_on is None or row.expires_on >= day_of(at) for row in found):
        raise Invalid(_("One of them has not ended yet. Load the page again."))
    still = [row for row in found if row.lifted_at is None]
    parent = audit.record(
        events.ENDED_LIFTED, actor=by, scope=None, target=None, at=at, facts={"restrictions": len(still)}
    )
    for row in still:
        _end(row, by=by, at=at)
        facts: dict[str, int | str] = {"target": row.target}
        audit.record(events.LIFTED, actor=by, scope=row.scope_id, target=row.entry, at=at, facts=facts, parent=parent)
    return len(still)


@transaction.atomic
def keep_restricted(*, restriction_id: UUID, until: date, because: str, by: Actor, at: datetime) -> Restriction:
    """Let a restriction hold longer, on the same ground; the old end stays in the changelog.

    Raises NotFound, NotAllowed, InvalidTransition for a lifted one, Invalid without a reason or a day to come.
    """
    found = restriction_for_change(restriction_id, by=by, at=at)
    if found.lifted_at is not None:
        raise InvalidTransition(_("The restriction is lifted already."))
    if until <= day_of(at):
        raise Invalid(_("Choose a day that is to come."), field="until")
    if not because.strip():
        raise Invalid(_("Say why it must be kept longer."), field="because")
    changelog.note("restriction", found, "expires_on", found.expires_on, until, by=by, at=at)
    found.expires_on, found.because = until, because.strip()
    found.save(update_fields=["expires_on", "because"])
    facts: dict[str, int | str] = {"until": until.isoformat()}
    audit.record(events.RESTRICTED_LONGER, actor=by, scope=found.scope_id, target=found.entry, at=at, facts=facts)
    return found


def _end(found: Restriction, *, by: Actor, at: datetime) -> None:
    found.lifted_at, found.lifted_by = at, actors.told(by)
    found.save(update_fields=["lifted_at", "lifted_by"])
    if found.correspondent is not None and not _others_hide(found):
        found.correspondent.is_hidden = False
        found.correspondent.save(update_fields=["is_hidden"])
    for field in ("access_code", "reference", "target", "expires_on"):
        changelog.note("restriction", found, field, getattr(found, field), None, by=by, at=at)
    registering.make_variants_later(found.entry)


def _others_hide(lifted: Restriction) -> bool:
    same = Restriction.objects.filter(target=RestrictionTarget.CORRESPONDENT, correspondent=lifted.correspondent)
    return same.filter(lifted_at=None).exclude(pk=lifted.pk).exists()
