"""Who keeps the rulebook."""

from datetime import datetime

from django.utils.translation import gettext as _

from torg.core.actors import Actor
from torg.core.errors import NotAllowed
from torg.people import queries as people
from torg.people.types import Permission


def check_can_keep_rules(by: Actor, *, at: datetime) -> None:
    """The rules hold on every page, so that whoever words them has the right for the municipality as a whole."""
    if not people.may(by, Permission.KEEP_RULES, scope_id=None, at=at):
        raise NotAllowed(_("The information officer keeps the rules. Tell them what you think should change."))
