"""What the queue is narrowed by, as the address says it and as a saved view keeps it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Self
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class View(TextChoices):
    """The views that everybody has."""

    MINE = "MINE", _("Mine")
    UNIT = "UNIT", _("My unit's")
    UNANSWERED = "UNANSWERED", _("Unanswered")
    DUE_SOON = "DUE_SOON", _("Due soon")
    OVERDUE = "OVERDUE", _("Overdue")
    SENSITIVE = "SENSITIVE", _("Sensitive")
    APPROVAL = "APPROVAL", _("Waiting for approval")
    OPEN = "OPEN", _("All open")
    SNOOZED = "SNOOZED", _("Put aside")
    ALL = "ALL", _("All, closed too")


@dataclass(frozen=True, slots=True)
class Filters:
    """A view and what narrows it; ids are public ids."""

    view: View = View.OPEN
    presence: UUID | None = None
    platform: str = ""
    label: UUID | None = None
    language: str = ""
    assignee: UUID | None = None
    unit: UUID | None = None
    text: str = ""

    @classmethod
    def read(cls, values: Mapping[str, Any]) -> Self:
        """From an address or a saved view; what makes no sense there narrows nothing."""
        return cls(
            view=View(values["view"]) if values.get("view") in View.values else View.OPEN,
            presence=_uuid(values.get("presence")),
            platform=str(values.get("platform") or "")[:20],
            label=_uuid(values.get("label")),
            language=str(values.get("language") or "")[:8],
            assignee=_uuid(values.get("assignee")),
            unit=_uuid(values.get("unit")),
            text=str(values.get("text") or "").replace("\x00", "").strip()[:200],
        )

    def as_json(self) -> dict[str, str]:
        """Only what narrows, as text."""
        return {name: str(value) for name, value in asdict(self).items() if value}

    def without(self, name: str) -> Self:
        """The same without one of them, for a chip that can be taken off."""
        return replace(self, **{name: _EMPTY[name]})

    def chosen(self) -> list[str]:
        """The names of those that narrow, apart from the view."""
        return [name for name in _EMPTY if getattr(self, name)]


_EMPTY: dict[str, Any] = {
    "presence": None,
    "platform": "",
    "label": None,
    "language": "",
    "assignee": None,
    "unit": None,
    "text": "",
}


def _uuid(value: object) -> UUID | None:
    try:
        return UUID(str(value)) if value else None
    except ValueError:
        return None
