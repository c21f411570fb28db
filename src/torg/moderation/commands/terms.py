"""Decide the time limits and terms of moderation."""

from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from torg.audit import commands as audit
from torg.core.calendar import CalendarProblem, parse_span
from torg.core.errors import Invalid
from torg.moderation import events, policies
from torg.moderation.models import ModerationSetting
from torg.moderation.types import Terms
from torg.people.models import Person

# At least three weeks to complain, as for other decisions (fvl. § 29).
LIMITS = {
    "claim_minutes": (5, 480),
    "escalate_minutes": (5, 1_440),
    "complaint_days": (21, 365),
    "breach_counts_days": (30, 1_825),
}
# Ten working weeks: longer, and it is no deadline.
LONGEST_DAYS, LONGEST_SECONDS = 50, 50 * 24 * 3_600


@transaction.atomic
def set_terms(*, terms: Terms, by: Person, at: datetime) -> ModerationSetting:
    """Decide the terms for what comes from now on; deadlines that run already stay as they are.

    Raises NotAllowed for all but those who keep the rules or manage people everywhere, Invalid naming the field.
    """
    policies.check_can_set_terms(by, at=at)
    wanted = asdict(terms)
    for name, value in wanted.items():
        if name in LIMITS:
            _check_number(name, value)
        else:
            wanted[name] = _tidied_span(name, value)
    ModerationSetting.objects.get_or_create(id=1)
    row = ModerationSetting.objects.select_for_update().get(id=1)
    changed = {name: value for name, value in wanted.items() if getattr(row, name) != value}
    for name, value in changed.items():
        setattr(row, name, value)
    row.save()
    audit.record(events.TERMS_SET, actor=by, scope=None, target=None, at=at, facts=changed)
    return row


def _check_number(name: str, value: int) -> None:
    least, most = LIMITS[name]
    if not least <= value <= most:
        said = _("Write a whole number from %(least)s to %(most)s.")
        raise Invalid(said % {"least": least, "most": most}, field=name)


def _tidied_span(name: str, written: str) -> str:
    tidied = "".join(written.split()).lower()
    try:
        span = parse_span(tidied)
    except CalendarProblem as problem:
        raise Invalid(_("Write for example 90m, 2h or 1d."), field=name) from problem
    if not (0 < span.days <= LONGEST_DAYS or 0 < span.seconds <= LONGEST_SECONDS) or len(tidied) > 10:
        raise Invalid(_("Write for example 90m, 2h or 1d."), field=name)
    return tidied
