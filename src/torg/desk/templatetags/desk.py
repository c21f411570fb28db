"""Template tags of the staff's screens."""

from collections.abc import Sequence
from datetime import datetime

from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from torg.connectors.contract import ActKind
from torg.desk.queries import queue
from torg.dialogue.models import Author, PlatformState, Thread, ThreadKind
from torg.inbox.queries import Filters, Reason
from torg.insight.types import Text
from torg.moderation import queries as moderation
from torg.moderation.models import Proposal
from torg.moderation.words import Measure
from torg.outbox.models import OutboxAct
from torg.ui.templatetags.ui import level_of

register = template.Library()

ICONS = {
    "danger": "danger",
    "urgent": "warning",
    "approval": "check",
    "sensitive": "mask",
    "case": "archive",
    "question": "question",
    "late": "late",
    "soon": "clock",
    "problem": "warning",
}
# The deadline's own chip says these already.
SAID_BY_DEADLINE = {"late", "soon"}
AT_MOST = 2


@register.filter
def first_name(name: str) -> str:
    """What a person is called among colleagues."""
    return name.split()[0] if name.split() else name


@register.filter
def in_language(text: Text) -> str:
    """A text of the strategy in the page's language."""
    return text.in_language(get_language() or "")


@register.filter
def who(author: Author | None, thread: Thread) -> str:
    """What we call somebody who wrote: the name that the platform gives, else how they turned up."""
    if author is not None and author.name:
        return author.name
    if thread.kind == ThreadKind.PRIVATE:
        return _("New sender in Messenger") if thread.connection.platform == "facebook" else _("New sender")
    return _("Unknown author")


@register.filter
def worth_a_chip(reasons: Sequence[Reason]) -> list[Reason]:
    """The one or two weightiest reasons that no other mark in the row says."""
    return [reason for reason in reasons if reason.code not in SAID_BY_DEADLINE][:AT_MOST]


@register.filter
def considered(proposal: Proposal | None) -> str:
    """The milder measures that were thought of, in words."""
    return ", ".join(str(Measure(each).label) for each in proposal.considered) if proposal else ""


@register.filter
def state_name(state: str) -> str:
    """What a state on the platform is called."""
    return str(PlatformState(state).label)


@register.filter
def readable(text: str, may_open: bool) -> str:
    """What somebody wrote in a case: personal data is covered for those who may not open it."""
    return moderation.readable(text, may_open=may_open)


@register.filter
def in_short(reason: Reason) -> str:
    """A reason in a word or two, for a row; the thread has the whole sentence."""
    return _short().get(reason.code, reason.text)


def _short() -> dict[str, str]:
    return {
        "danger": _("Danger to life"),
        "urgent": _("Urgent"),
        "approval": _("For approval"),
        "sensitive": _("Sensitive"),
        "case": _("Case handling"),
        "question": _("Question"),
        "problem": _("No deadline found"),
    }


@register.inclusion_tag("desk/parts/due.html")
def due(moment: datetime | None, *, at: datetime) -> dict[str, object]:
    """A deadline as the moment it ends: in lists, where what is left in working time is not worked out."""
    left = int((moment - at).total_seconds()) if moment else 0
    return {"moment": moment, "at": at, "level": level_of(left)}


@register.filter
def reason_icon(code: str) -> str:
    """The picture of a reason."""
    return ICONS.get(code, "info")


@register.simple_tag
def queue_address(filters: Filters) -> str:
    """The queue's address with these filters."""
    return queue.address(filters)


@register.filter
def act_name(act: OutboxAct) -> str:
    """What an act toward the outside is, for people."""
    return _act_names().get(act.kind, _("Something that we send"))


def _act_names() -> dict[str, str]:
    return {
        ActKind.REPLY: _("Public reply"),
        ActKind.PRIVATE_REPLY: _("Private reply"),
        ActKind.MESSAGE: _("Private message"),
        ActKind.PUBLISH: _("Post"),
        ActKind.EDIT: _("Change of a post"),
        ActKind.HIDE: _("Hiding"),
        ActKind.UNHIDE: _("Showing again"),
        ActKind.DELETE: _("Deletion"),
        ActKind.BAN: _("Shutting out"),
        ActKind.UNBAN: _("Letting in again"),
    }
