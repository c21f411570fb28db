"""Who keeps the lists of hosts."""

from datetime import datetime

from django.utils.translation import gettext as _

from torg.core.errors import NotAllowed
from torg.people import queries as people
from torg.people.models import Person
from torg.people.types import Permission


def may_keep_lists(by: Person, *, at: datetime) -> bool:
    """The lists hold on every page, as the rules do: whoever keeps those keeps these."""
    return people.may(by, Permission.KEEP_RULES, scope_id=None, at=at)


def check_can_keep_lists(by: Person, *, at: datetime) -> None:
    """Raises NotAllowed for all others."""
    if not may_keep_lists(by, at=at):
        raise NotAllowed(_("The information officer keeps the lists. Tell them which host you think of."))
