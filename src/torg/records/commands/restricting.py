"""Restrict access to an entry or a part of it, and lift the restriction."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.audit import commands as audit
from torg.core.actors import Actor
from torg.core.errors import InvalidTransition
from torg.records import actors, changelog, events, registering, withholding
from torg.records.acting import Act
from torg.records.codes import RestrictionTarget
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
    found.lifted_at, found.lifted_by = at, actors.told(by)
    found.save(update_fields=["lifted_at", "lifted_by"])
    if found.correspondent is not None and not _others_hide(found):
        found.correspondent.is_hidden = False
        found.correspondent.save(update_fields=["is_hidden"])
    for field in ("access_code", "reference", "target", "expires_on"):
        changelog.note("restriction", found, field, getattr(found, field), None, by=by, at=at)
    registering.make_variants_later(found.entry)
    facts: dict[str, int | str] = {"target": found.target}
    audit.record(events.LIFTED, actor=by, scope=found.scope_id, target=found.entry, at=at, facts=facts)
    return found


def _others_hide(lifted: Restriction) -> bool:
    same = Restriction.objects.filter(target=RestrictionTarget.CORRESPONDENT, correspondent=lifted.correspondent)
    return same.filter(lifted_at=None).exclude(pk=lifted.pk).exists()
