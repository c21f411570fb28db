"""The log as people read it, with names of those who acted and of the pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from torg.audit import queries as audit
from torg.core.errors import NotFound
from torg.dialogue.models import Item, Thread
from torg.inbox.models import Answer, Enquiry, Note
from torg.people import queries as people
from torg.people.models import Person
from torg.people.types import Permission

# As much as anyone reads of one conversation's log.
MOST = 40


@dataclass(frozen=True, slots=True)
class Log:
    """A page of the log."""

    story: audit.Story
    scopes: Mapping[UUID, str]


@dataclass(frozen=True, slots=True)
class ThreadLog:
    """What was done with one conversation."""

    thread: Thread
    story: audit.Story


def log(person: Person, *, scope_id: UUID | None, before: audit.Place | None, at: datetime) -> Log:
    """What happened where `person` may read the log, newest first; narrowed to one page with `scope_id`."""
    rows = people.scopes_for(person, Permission.READ_AUDIT, at=at).order_by("name")
    scopes = dict(rows.values_list("id", "name"))
    wanted = [scope_id] if scope_id in scopes else list(scopes)
    story = audit.story(scope_ids=wanted, before=before)
    return Log(named(story), scopes)


def of_thread(person: Person, thread_id: UUID, *, at: datetime) -> ThreadLog:
    """What was done with one conversation, its notes and its answers; raises NotFound where the log is not theirs."""
    threads = Thread.objects.visible_to(person, at=at, permission=Permission.READ_AUDIT)
    thread: Thread | None = threads.select_related("author", "connection").filter(public_id=thread_id).first()
    if thread is None:
        raise NotFound(_("There is no such thread."))
    story = audit.story(scope_ids=[thread.scope_id], target_ids=_targets(thread), limit=MOST)
    return ThreadLog(thread, named(story))


def _targets(thread: Thread) -> list[UUID]:
    """The rows that what is done with a conversation is recorded on."""
    kinds = [
        Enquiry.objects.filter(thread=thread),
        Answer.objects.filter(enquiry__thread=thread),
        Note.objects.filter(enquiry__thread=thread),
        Item.objects.filter(thread=thread),
    ]
    first, *others = (rows.order_by().values_list("public_id", flat=True) for rows in kinds)
    return [thread.public_id, *first.union(*others, all=True)[:MOST]]


def named(story: audit.Story) -> audit.Story:
    """The story with the names of the people in it."""
    refs = {event.actor_ref for event in story.events if event.actor_kind == "person"}
    people_by_ref = Person.objects.filter(public_id__in=refs).values_list("public_id", "name")
    return audit.named(story, {str(public_id): name for public_id, name in people_by_ref})
