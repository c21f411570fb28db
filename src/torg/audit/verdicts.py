"""What a verification can find."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class BreakKind(TextChoices):
    """In what way the log is not what it was."""

    CHANGED = "CHANGED", _("the row has been changed")
    REPLACED = "REPLACED", _("the row has been replaced by another")
    DELETED = "DELETED", _("the row has been deleted")
    DOUBLED = "DOUBLED", _("there are two rows with this id")
    INSERTED = "INSERTED", _("the row was put in after the rows around it were sealed")
    ORDER = "ORDER", _("the row has changed places with another")
    GAP = "GAP", _("the place of a row has been deleted")
    TRUNCATED = "TRUNCATED", _("rows are missing at the end: more were sealed than there are")
    ROOT = "ROOT", _("the rows up to here are not the ones that were sealed")
    NOTE = "NOTE", _("the checkpoint has been changed, or was not signed with a known key")
    DETAIL = "DETAIL", _("what is kept sealed is not what the log was given")
    STAMP = "STAMP", _("the time stamp does not fit the checkpoint")


@dataclass(frozen=True, slots=True)
class Break:
    """The first thing that is wrong. `position` counts sealed rows from 0; for a checkpoint it is its size."""

    kind: BreakKind
    position: int | None = None
    event_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was looked at, and the first thing that is wrong, if any. `waiting` events are not sealed yet."""

    rows: int = 0
    checkpoints: int = 0
    stamps: int = 0
    waiting: int = 0
    first_break: Break | None = None

    @property
    def is_whole(self) -> bool:
        """Whether nothing is wrong."""
        return self.first_break is None


class Broken(Exception):
    """Raised inside a verification at the first break."""

    def __init__(self, kind: BreakKind, position: int | None = None, event_id: UUID | None = None) -> None:
        super().__init__(kind)
        self.found = Break(kind, position, event_id)
