"""The entries of the staff's navigation, in order; each room that gets a page of its own adds its line here."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from torg.people.types import Permission


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: its word, the name of its page, its icon, and the permission without which it is not shown."""

    label: Promise
    page: str
    icon: str
    permission: Permission | None = None


ENTRIES: tuple[Entry, ...] = (
    Entry(_("Pages we run"), "registry:index", "flag", Permission.READ),
    Entry(_("People"), "people:index", "people", Permission.MANAGE_PEOPLE),
)
