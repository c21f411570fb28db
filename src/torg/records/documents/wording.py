"""The words of a document: kinds, states and times, in the language that is in use."""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

LOCAL = ZoneInfo("Europe/Oslo")

# Codes that the rooms above use; one that is not here is printed as it stands, so that nothing is lost.
KINDS: dict[str, str | Promise] = {
    "POST": _("Post"),
    "COMMENT": _("Comment"),
    "REPLY": _("Reply"),
    "MESSAGE": _("Message"),
    "MENTION": _("Mention"),
    "NOTE": _("Internal note"),
    "LETTER": _("Letter"),
    "NOTICE": _("Notice"),
    "DECISION": _("Decision"),
    "QUESTION": _("Question"),
    "ANSWER": _("Answer"),
    "ARTICLE": _("Article"),
}
STATES: dict[str, str | Promise] = {
    "VISIBLE": _("Visible"),
    "HELD": _("Held back by the platform"),
    "HIDDEN_BY_US": _("Hidden by us"),
    "SPAM": _("Marked as spam"),
    "REMOVED_BY_US": _("Removed by us"),
    "DELETED_BY_AUTHOR": _("Deleted by the author"),
    "UNREACHABLE": _("Cannot be reached"),
    "PENDING": _("Waiting to be fetched"),
    "STORED": _("Kept here"),
    "NOTED": _("Seen and described, not kept"),
    "WITHHELD": _("Withheld by the platform"),
    "REFUSED": _("Not fetched, for safety"),
    "FAILED": _("Could not be fetched"),
    "SENT": pgettext_lazy("document", "Sent"),
}
FACTS: dict[str, str | Promise] = {
    "title": _("Title"),
    "about": _("About"),
    "answered_by": _("Answered by"),
    "unsent": _("Taken back by the sender"),
    "reactions": _("Reactions"),
}
STATE_CHANGE = re.compile(r"state_change_(\d+)")
CHANGES: dict[str, str | Promise] = {"by_us": _("by us"), "not_by_us": _("not by us")}
CHANNELS: dict[str, str | Promise] = {
    "facebook": "Facebook",
    "hand": _("written down by hand"),
    "internal": _("internal document"),
    "access": _("access request"),
    "crisis": _("crisis"),
    "instagram": "Instagram",
    "messenger": "Messenger",
    "youtube": "YouTube",
    "mastodon": "Mastodon",
    "bluesky": "Bluesky",
    "x": "X",
    "linkedin": "LinkedIn",
    "threads": "Threads",
    "wordpress": "WordPress",
}
NOTE = "NOTE"
CHANGE_PARTS = 4
PLAINLY_SHOWN = frozenset({"", "VISIBLE", "STORED", "SENT"})


def kind(code: str) -> str:
    """What sort of text it is."""
    return str(KINDS.get(code.upper(), code))


def state(code: str) -> str:
    """How it stands."""
    return str(STATES.get(code.upper(), code))


def fact(code: str, value: str) -> tuple[str, str]:
    """A fact of an item as label and value; one that is not known is printed as it stands."""
    found = STATE_CHANGE.fullmatch(code)
    parts = value.split()
    if found is None or len(parts) != CHANGE_PARTS:
        return str(FACTS.get(code, code)), value
    moment, before, after, who = parts
    label = gettext("State changed, %(number)d") % {"number": int(found.group(1))}
    return label, f"{_moment(moment)}: {state(before)} → {state(after)} ({CHANGES.get(who, who)})"


def channel(code: str) -> str:
    """The platform's own name, or what takes its place."""
    return str(CHANNELS.get(code.lower(), code))


def time(at: datetime) -> str:
    """Norwegian time with its date, and the same moment in UTC, to the second."""
    local, utc = at.astimezone(LOCAL), at.astimezone(UTC)
    form = "%Y-%m-%d %H:%M:%S" if (get_language() or "en").startswith("en") else "%d.%m.%Y %H:%M:%S"
    return f"{local.strftime(form)} ({utc.strftime('%Y-%m-%dT%H:%M:%SZ')})"


def _moment(text: str) -> str:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return text
    return time(at) if at.tzinfo else text
