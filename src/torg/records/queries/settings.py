"""What the municipality has decided, and the provisions that it rests on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from torg.core.actors import Actor
from torg.core.errors import NotFound
from torg.people import queries as people
from torg.people.types import Permission
from torg.records.models import AssessmentRule, ChannelDefault, LegalReference


@dataclass(frozen=True, slots=True)
class Provisions:
    """Every legal reference, those in force today first, and how many nobody has compared with the law."""

    in_force: Sequence[LegalReference]
    others: Sequence[LegalReference]
    unchecked: int
    can_check: bool


@dataclass(frozen=True, slots=True)
class Settings:
    """Rules of assessment and how channels are treated."""

    rules: Sequence[AssessmentRule]
    channels: Sequence[ChannelDefault]


def provisions(person: Actor, *, on: date, at: datetime) -> Provisions:
    """The legal references as they hold on a day."""
    rows = list(
        LegalReference.objects.select_related("checked_by", "replaced_by").order_by("kind", "act", "paragraph", "id")
    )
    held = [row for row in rows if row.valid_from <= on and (row.valid_to is None or row.valid_to >= on)]
    return Provisions(
        in_force=held,
        others=[row for row in rows if row not in held],
        unchecked=sum(row.checked_at is None for row in held),
        can_check=people.may(person, Permission.JOURNAL, scope_id=None, at=at),
    )


def settings_sheet() -> Settings:
    """Rules and channels, by name."""
    rules = AssessmentRule.objects.select_related("switched_on_by").order_by("name", "version")
    return Settings(list(rules), list(ChannelDefault.objects.select_related("changed_by").order_by("channel")))


def channel_or_absent(public_id: UUID) -> ChannelDefault:
    """How a channel is treated; raises NotFound."""
    found = ChannelDefault.objects.filter(public_id=public_id).first()
    if found is None:
        raise NotFound(_("There is no such channel."))
    return found
