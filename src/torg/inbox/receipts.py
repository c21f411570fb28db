"""Automatic receipts: help numbers at danger to life, and an honest word to whoever writes while we are closed."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from torg.core.calendar import CalendarProblem
from torg.dialogue.models import ThreadKind
from torg.inbox import clocks
from torg.inbox.models import Answer, Enquiry, HelpLine, InboxSetting, Receipt
from torg.inbox.queries import lists
from torg.inbox.types import AnswerKind, Reply

# A receipt is not for second thoughts: nothing to take back, nobody who waits.
AT_ONCE = InboxSetting(undo_seconds=0)
LANGUAGES = {"nb": "nb", "nn": "nn", "en": "en"}
DANGER = "danger"


@dataclass(frozen=True, slots=True)
class Due:
    """A receipt to send, and the period within which there is no second one."""

    period: str
    reply: Reply


def due(enquiry: Enquiry, *, setting: InboxSetting, at: datetime) -> Due | None:
    """The receipt that is due now, where the channel permits one; danger goes before closed."""
    kind = _permitted(enquiry, at)
    if kind is None:
        return None
    language = LANGUAGES.get(enquiry.language, "nb")
    if enquiry.is_danger:
        if not setting.sends_danger_receipts:
            return None
        return Due(DANGER, Reply(kind, danger_text(language), enquiry.version))
    if not setting.sends_closed_receipts or enquiry.thread.kind != ThreadKind.PRIVATE:
        return None
    opens_at = closed_until(enquiry, at=at)
    if opens_at is None:
        return None
    text = closed_text(setting, language, opens_at)
    return Due(f"closed until {opens_at.isoformat()}", Reply(kind, text, enquiry.version))


def claim(enquiry: Enquiry, receipt: Due) -> bool:
    """Take the period's one receipt; False when it has been taken."""
    _row, is_new = Receipt.objects.get_or_create(enquiry=enquiry, period=receipt.period[:40])
    return is_new


def fulfil(enquiry: Enquiry, receipt: Due, answer: Answer) -> None:
    """Note which answer the receipt became."""
    Receipt.objects.filter(enquiry=enquiry, period=receipt.period[:40]).update(answer=answer)


def closed_until(enquiry: Enquiry, *, at: datetime) -> datetime | None:
    """When we open again; None while we are open, or when nobody has set any hours."""
    try:
        calendar, _definition = clocks.Rules(at=at).hours(enquiry.unit_id)
        return None if calendar.is_open(at) else calendar.next_opening(at)
    except CalendarProblem:
        return None


def danger_text(language: str) -> str:
    """Who helps, at any hour. The numbers are the municipality's own rows."""
    with translation.override(language):
        lines = [f"{line.number}: {line.name_in(language)}" for line in HelpLine.objects.order_by("order")]
        intro = _(
            "Thank you for writing to us. A person here has been alerted and will read this as soon as possible. "
            "If you or somebody else is in danger, or you need somebody to talk to, call now:"
        )
        outro = _("This is an automatic message. You are not alone.")
        return "\n".join([intro, *lines, outro])


def closed_text(setting: InboxSetting, language: str, opens_at: datetime) -> str:
    """An honest receipt: that we are closed, when we open, that a person answers; the municipality's own, or ours."""
    own = str(getattr(setting, f"closed_receipt_{language}"))
    if own.strip():
        return own.strip()
    with translation.override(language):
        told = date_format(localtime(opens_at), pgettext("date and time in a sentence", "l j F, H:i"))
        # Norwegian weekdays have a small letter within a sentence; Django's begin with a capital one.
        when = told if language == "en" else told.lower()
        return _(
            "We have received your message. We are closed now and open again %(when)s; a person will answer you then. "
            "This is an automatic message."
        ) % {"when": when}


def _permitted(enquiry: Enquiry, at: datetime) -> AnswerKind | None:
    """A message, or a private reply to a comment; never in public, and only what may be sent without a person."""
    for way in lists.ways(enquiry, at=at):
        if way.is_open and way.kind != AnswerKind.PUBLIC_REPLY and not way.is_for_people_only:
            return way.kind
    return None
