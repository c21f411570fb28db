"""Rules of the inbox said in words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from torg.core.calendar import parse_span
from torg.inbox.models import DeadlineRule


def rule_in_words(rule: DeadlineRule) -> str:
    """What a deadline rule means, for people."""
    span = span_in_words(rule.within)
    if not span:
        return _("No deadline.")
    what = _("Everything that is written is answered") if rule.applies_to_all else _("Questions are answered")
    counted = (
        _("Time while you are closed counts as well.")
        if rule.counts_closed_time
        else _("Only time within your answering hours counts.")
    )
    return _("%(what)s within %(span)s. %(counted)s") % {"what": what, "span": span, "counted": counted}


def span_in_words(within: str) -> str:
    """A span of working time as people say it; empty for none."""
    span = parse_span(within)
    if span.days:
        return ngettext("%(count)d working day", "%(count)d working days", span.days) % {"count": span.days}
    hours, minutes = divmod(span.seconds // 60, 60)
    parts = []
    if hours:
        parts.append(ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours})
    if minutes:
        parts.append(ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes})
    return _(" and ").join(parts)
