"""Who keeps the rulebook, and the terms around it."""

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


def may_set_terms(by: Actor, *, at: datetime) -> bool:
    """Whether `by` decides time limits and terms: they hold on every page."""
    deciding = (Permission.KEEP_RULES, Permission.MANAGE_PEOPLE)
    return any(people.may(by, permission, scope_id=None, at=at) for permission in deciding)


def check_can_set_terms(by: Actor, *, at: datetime) -> None:
    """Raises NotAllowed for whoever neither keeps the rules nor manages people everywhere."""
    if not may_set_terms(by, at=at):
        raise NotAllowed(_("The information officer decides the time limits. Tell them what you think should change."))
