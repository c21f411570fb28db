"""The log as people read it, with names of those who acted and of the pages."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from torg.audit import queries as audit
from torg.core.errors import NotFound
from torg.crisis.queries.log import RULES as CRISIS_RULES
from torg.dialogue.models import Item, Thread
from torg.inbox import events as inbox
from torg.inbox.models import Alarm, Answer, Enquiry, Forwarding, Note, Promise
from torg.outbox import events as outbox
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
    return Log(_gathered(_linked(named(story))), scopes)


def of_thread(person: Person, thread_id: UUID, *, at: datetime) -> ThreadLog:
    """What was done with one conversation, its notes and its answers; raises NotFound where the log is not theirs."""
    threads = Thread.objects.visible_to(person, at=at, permission=Permission.READ_AUDIT)
    thread: Thread | None = threads.select_related("author", "connection").filter(public_id=thread_id).first()
    if thread is None:
        raise NotFound(_("There is no such thread."))
    story = audit.story(scope_ids=[thread.scope_id], target_ids=_targets(thread), limit=MOST)
    return ThreadLog(thread, _gathered(_linked(named(story))))


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
    """The story with the names of the people and the words for the rules in it."""
    refs = {event.actor_ref for event in story.events if event.actor_kind == "person"}
    people_by_ref = Person.objects.filter(public_id__in=refs).values_list("public_id", "name")
    names = {str(public_id): name for public_id, name in people_by_ref}
    rules = {event.actor_ref for event in story.events if event.actor_kind == "rule"}
    return audit.named(story, names | {ref: rule_words(ref) for ref in rules})


def rule_words(ref: str) -> str:
    """What a rule of ours is, for people: by itself where that says more, else by the room it works in."""
    name = ref.partition("@")[0]
    room = name.partition(".")[0]
    return str(RULES.get(name) or ROOMS.get(room) or name)


# Somebody outside, who has no account here.
FORM = gettext_lazy("a form on the public pages")
RULES = {
    **CRISIS_RULES,
    "channels.watch": gettext_lazy("the watch over the channels"),
    "dialogue.fetcher": gettext_lazy("fetching of pictures and files"),
    "files.upkeep": gettext_lazy("the keeping of files"),
    "inbox.deadlines": gettext_lazy("the deadlines"),
    "inbox.intake": gettext_lazy("the intake"),
    "inbox.receipts": gettext_lazy("receipts"),
    "inbox.sending": gettext_lazy("sending"),
    "moderation.deadlines": gettext_lazy("the deadlines of moderation"),
    "moderation.finder": gettext_lazy("the finding of what may break the rules"),
    "moderation.sending": gettext_lazy("sending in moderation"),
    "moderation.watch": gettext_lazy("the watch over moderation"),
    "outbox": gettext_lazy("sending"),
    "oversight.emergency": gettext_lazy("the emergency access"),
    "oversight.leavers": gettext_lazy("the list of those who have left"),
    "oversight.watch": gettext_lazy("the watch over duties"),
    **dict.fromkeys(("moderation.author", "moderation.visitor", "openness.requester", "site.visitor"), FORM),
}
ROOMS = {
    "channels": gettext_lazy("the channels"),
    "media": gettext_lazy("the media library"),
    "moderation": gettext_lazy("the moderation"),
    "openness": gettext_lazy("the public journal and access"),
    "people": gettext_lazy("the handing over of work"),
    "publishing": gettext_lazy("the publishing"),
    "records": gettext_lazy("the archive"),
    "registry": gettext_lazy("the register of pages"),
    "site": gettext_lazy("the public pages"),
    "triage": gettext_lazy("the lists that texts are held against"),
}


def _linked(story: audit.Story) -> audit.Story:
    """The story with the address of the conversation that each event was about."""
    threads = _threads_of({event.target_id for event in story.events if event.target_kind in CONVERSATIONS})
    events = (replace(event, address=threads.get(event.target_id, "")) for event in story.events)
    return replace(story, events=tuple(events))


def _threads_of(targets: Collection[str]) -> dict[str, str]:
    """Addresses of conversations by the public ids of what belongs to them; one look-up."""
    ids = list(targets)
    kinds = [
        Thread.objects.filter(public_id__in=ids).values_list("public_id", "public_id"),
        Item.objects.filter(public_id__in=ids).values_list("public_id", "thread__public_id"),
        Enquiry.objects.filter(public_id__in=ids).values_list("public_id", "thread__public_id"),
        Note.objects.filter(public_id__in=ids).values_list("public_id", "enquiry__thread__public_id"),
        Answer.objects.filter(public_id__in=ids).values_list("public_id", "enquiry__thread__public_id"),
        Alarm.objects.filter(public_id__in=ids).values_list("public_id", "enquiry__thread__public_id"),
        Forwarding.objects.filter(public_id__in=ids).values_list("public_id", "enquiry__thread__public_id"),
        Promise.objects.filter(public_id__in=ids).values_list("public_id", "enquiry__thread__public_id"),
        Answer.objects.filter(act_id__in=ids).values_list("act_id", "enquiry__thread__public_id"),
    ]
    first, *others = (rows.order_by() for rows in kinds)
    found = first.union(*others, all=True) if ids else []
    return {str(target): reverse("desk:thread", args=[thread_id]) for target, thread_id in found}


def _gathered(story: audit.Story) -> audit.Story:
    """The story with what rules did next in a conversation put under the act that it followed from."""
    heads: dict[str, audit.Told] = {}
    steps: dict[UUID, list[audit.Told]] = {}
    kept = []
    for event in sorted(story.events, key=_in_order):
        head = heads.get(event.address) if event.address and event.actor_kind == "rule" else None
        if head is not None and event.at - head.at < FOLLOWS_WITHIN and event.name in FOLLOWING:
            steps.setdefault(head.id, []).append(event)
            continue
        heads[event.address] = event
        kept.append(event)
    told = (replace(event, followed=tuple(steps.get(event.id, ()))) for event in reversed(kept))
    return replace(story, events=tuple(told))


def _in_order(event: audit.Told) -> tuple[datetime, bool, str]:
    # Within one moment what a rule only reports comes after what it is about.
    return event.at, event.name in FOLLOWING, str(event.id)


CONVERSATIONS = {"dialogue.thread", "dialogue.item", "outbox.outboxact"} | {
    f"inbox.{noun}" for noun in ("alarm", "answer", "enquiry", "forwarding", "note", "promise")
}
FOLLOWS_WITHIN = timedelta(minutes=15)
FOLLOWING = {inbox.ANSWER_OUTCOME.name, outbox.CONFIRMED.name}
