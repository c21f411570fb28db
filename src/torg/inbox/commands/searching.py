"""Searching behind the masks, on purpose and with a trace."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from torg.core.errors import Invalid, NotAllowed
from torg.inbox import audit, events, queries
from torg.inbox.models import Enquiry
from torg.people import queries as people
from torg.people.models import Person
from torg.people.types import Permission


@transaction.atomic
def search_sensitive(*, words: str, by: Person, at: datetime) -> list[Enquiry]:
    """Search behind the masks, where the person may open sensitive text; the log says that it was done.

    Raises NotAllowed for those who may not, Invalid without words.
    """
    if not people.may_anywhere(by, Permission.OPEN_SENSITIVE, at=at):
        raise NotAllowed(_("Your role does not include opening sensitive text."))
    if not words.strip():
        raise Invalid(_("Write what to search for."), field="words")
    threads = queries.thread_ids(by, words, at=at, in_sensitive=True)
    audit.record(events.SENSITIVE_SEARCHED, actor=by, scope=None, target=None, at=at, facts={"found": len(threads)})
    found = Enquiry.objects.visible_to(by, at=at, permission=Permission.OPEN_SENSITIVE).filter(thread__in=threads)
    return list(found.select_related("thread__author", "thread__connection__presence").order_by("-last_activity_at"))
