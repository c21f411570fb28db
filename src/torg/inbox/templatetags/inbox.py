"""Tags of the inbox's parts: the help card beside an answer."""

from collections.abc import Sequence
from datetime import datetime

from django import template

from torg.dialogue.models import ThreadKind
from torg.inbox.models import Enquiry
from torg.inbox.types import Remark
from torg.ui.templatetags.ui import writing_help

register = template.Library()

# What a remark on an answer says of it, in the words of the help card.
SIGNS = {
    "personal_data": "SENSITIVE",
    "case_handling": "CASE",
    "promise": "PROMISE",
    "unsigned": "UNSIGNED",
}


@register.inclusion_tag("ui/components/help_card.html")
def help_card(enquiry: Enquiry, at: datetime, *, remarks: Sequence[Remark] | str | None = None) -> dict[str, object]:
    """The points of the poster that concern an answer to this, and to what has been remarked on it."""
    signs = {SIGNS[each.code] for each in remarks or () if isinstance(each, Remark) and each.code in SIGNS}
    signs.add("PRIVATE" if enquiry.thread.kind == ThreadKind.PRIVATE else "PUBLIC")
    if enquiry.needs_case_handling:
        signs.add("CASE")
    if enquiry.is_sensitive:
        signs.add("SENSITIVE")
    return writing_help(*signs, at=at)
