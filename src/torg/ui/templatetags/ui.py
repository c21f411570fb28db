"""Tags of the shared parts: times as people say them, deadlines, icons, masked text."""

from datetime import datetime, time, timedelta

from django import forms, template
from django.conf import settings
from django.forms.boundfield import BoundField, BoundWidget
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from torg.core import clock

register = template.Library()


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """A symbol of our own sprite; decoration unless `label` says what it means."""
    if not name:
        return SafeString("")
    address = f"{static('ui/icons.svg')}#{name}"
    if label:
        return format_html('<svg class="t-icon" role="img" aria-label="{}"><use href="{}"/></svg>', label, address)
    return format_html('<svg class="t-icon" aria-hidden="true" focusable="false"><use href="{}"/></svg>', address)


@register.simple_tag
def when(moment: datetime | None, *, at: datetime | None = None) -> SafeString:
    """“20 minutes ago” or “today 14:30”, with the full time on hover and for machines; a dash for no time."""
    if moment is None:
        return SafeString("–")
    local = timezone.localtime(moment)
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        local.isoformat(timespec="seconds"),
        full_time(local),
        near_time(local, timezone.localtime(at or clock.now())),
    )


@register.simple_tag
def period(first: datetime, last: datetime, *, at: datetime | None = None) -> SafeString:
    """From one moment to another; whole days, which end when the next begins, as the first and the last of them."""
    start, end = timezone.localtime(first), timezone.localtime(last)
    if start.time() != time() or end.time() != time():
        return format_html("{} – {}", when(first, at=at), when(last, at=at))
    final = end.date() - timedelta(days=1)
    year = timezone.localtime(at or clock.now()).year
    days = [start.date()] if final == start.date() else [start.date(), final]
    rows = [(day.isoformat(), date_format(day, "j. F" if day.year == year else "j. F Y")) for day in days]
    return format_html_join(" – ", '<time datetime="{}">{}</time>', rows)


def full_time(local: datetime) -> str:
    """Weekday, date and clock, in the reader's language."""
    return f"{weekday(local)} {date_format(local, 'j. F Y')} {local:%H:%M}"


def near_time(local: datetime, now: datetime) -> str:
    """The shortest way of saying it that cannot be misunderstood."""
    passed = now - local
    if timedelta(0) <= passed < timedelta(minutes=1):
        return _("just now")
    if timedelta(0) <= passed < timedelta(hours=1):
        minutes = int(passed.total_seconds() // 60)
        return ngettext("%(count)d min ago", "%(count)d min ago", minutes) % {"count": minutes}
    days = (local.date() - now.date()).days
    if days in NEAR_DAYS:
        return f"{NEAR_DAYS[days]()} {local:%H:%M}"
    if -7 < days < 7:
        return f"{weekday(local)} {local:%H:%M}"
    shape = "j. F" if local.year == now.year else "j. F Y"
    return f"{date_format(local, shape)} {local:%H:%M}"


def weekday(local: datetime) -> str:
    """The day's name as it stands inside a sentence: Norwegian writes it small."""
    name = date_format(local, "l")
    return name if get_language() == "en" else name.lower()


NEAR_DAYS = {0: lambda: _("today"), -1: lambda: _("yesterday"), 1: lambda: _("tomorrow")}


@register.inclusion_tag("ui/components/deadline.html")
def deadline(
    due: datetime | None, *, seconds_left: int | None = None, at: datetime | None = None, is_met: bool = False
) -> dict[str, object]:
    """A deadline as what is left of it.

    Args:
        due: the moment, or None for no deadline.
        seconds_left: what is left in working time, negative when late; counted in clock time when not given.
        is_met: it was answered in time, and nothing counts down any more.
    """
    if due is None:
        return {"due": None}
    now = at or clock.now()
    left = int((due - now).total_seconds()) if seconds_left is None else seconds_left
    local = timezone.localtime(due)
    return {
        "due": local,
        "full": full_time(local),
        "short": near_time(local, timezone.localtime(now)),
        "left": duration(abs(left)) if seconds_left is not None or left < 0 else counting(due, left),
        "seconds": left,
        "level": "met" if is_met else level_of(left),
    }


def counting(due: datetime, left: int) -> SafeString:
    """What is left, kept true by `times.js` while the page stays open."""
    return format_html('<span data-countdown-text="{}">{}</span>', due.isoformat(), duration(left))


SOON = 60 * 60


def level_of(left: int) -> str:
    """How near a deadline is: late, soon (within the hour) or ahead."""
    if left < 0:
        return "late"
    return "soon" if left <= SOON else "ahead"


@register.filter
def duration(seconds: int) -> str:
    """Seconds as “2 h 10 min”, or days beyond two of them."""
    minutes = max(int(seconds), 0) // 60
    hours, rest = divmod(minutes, 60)
    if hours >= 48:
        days = hours // 24
        return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}
    if hours and rest:
        return _("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": rest}
    if hours:
        return _("%(hours)d h") % {"hours": hours}
    return _("%(minutes)d min") % {"minutes": rest}


@register.inclusion_tag("ui/components/mask.html", takes_context=True)
def masked(context: template.Context, text: str, *, to_open: str = "", reason: str = "") -> dict[str, object]:
    """Text that has been masked, and a button that opens it on purpose by a POST to `to_open`.

    `text` is the masked form: the open text is never on the page.
    """
    return {"text": text, "to_open": to_open, "reason": reason, "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("ui/components/help_card.html")
def writing_help(*signs: str, at: datetime | None = None) -> dict[str, object]:
    """What to think of while one writes for the municipality, and an election whose rules hold.

    Args:
        signs: what is known of the text: PUBLIC or PRIVATE, CASE, SENSITIVE, PROMISE, UNSIGNED, CLAIM.
        at: now.
    """
    card = import_string(settings.HELP_CARD)
    return {"card": card(signs=frozenset(signs), language=get_language() or "nb", at=at or clock.now())}


@register.inclusion_tag("ui/components/field.html")
def field(bound: BoundField) -> dict[str, object]:
    """A form field with its label, help and error, tied together for screen readers."""
    return {"field": bound}


@register.filter(name="input")
def input_of(bound: BoundField) -> SafeString:
    """The field's widget in our dress, tied to the texts that belong to it."""
    described = [f"{bound.id_for_label}_{part}" for part, is_there in described_by(bound) if is_there]
    attributes: dict[str, str | bool] = {"class": "ds-input"}
    if described:
        attributes["aria-describedby"] = " ".join(described)
    return bound.as_widget(attrs=attributes)


@register.filter
def options(bound: BoundField) -> list[BoundWidget]:
    """The boxes or radio buttons of a group, each in our dress."""
    found = list(bound.subwidgets)
    for option in found:
        option.data["attrs"]["class"] = "ds-input"
    return found


@register.filter
def input_kind(bound: BoundField) -> str:
    """How the field is laid out: check (box before its label), group (radio buttons and boxes) or line."""
    if isinstance(bound.field.widget, forms.CheckboxInput):
        return "check"
    return "group" if bound.field.widget.use_fieldset else "line"


def described_by(bound: BoundField) -> tuple[tuple[str, bool], ...]:
    """Which texts belong to the field."""
    return ("help", bool(bound.help_text)), ("error", bool(bound.errors))


@register.filter
def initials(name: str | None) -> str:
    """The first letters of a person's first and last name."""
    words = [word for word in (name or "").split() if word[0].isalpha()]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper() or "?"
