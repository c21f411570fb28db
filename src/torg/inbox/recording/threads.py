"""Conversations as subjects of assessment and journaling."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from torg.core.errors import NotFound
from torg.dialogue import capturing
from torg.dialogue.models import Attachment, Item, ItemVersion, Thread
from torg.dialogue.models.states import PlatformState
from torg.dialogue.models.thread import ThreadKind
from torg.inbox.models import Answer, Enquiry, Promise
from torg.inbox.recording import hiding
from torg.inbox.recording.channels import is_one_document
from torg.inbox.types import AnswerState
from torg.records.codes import FactCode
from torg.records.models import Assessment
from torg.records.types import Changes, Snapshot, Subject, SubjectFacts

KIND = capturing.THREAD
BY_US = (PlatformState.HIDDEN_BY_US, PlatformState.REMOVED_BY_US)


def snapshot(subject_id: UUID, *, at: datetime) -> Snapshot:
    """The conversation as it is known now; raises NotFound."""
    thread = _threads().filter(public_id=subject_id).first()
    if thread is None:
        raise NotFound(_("There is no such thread."))
    return capturing.snapshot_of_thread(thread, at=at)


def facts(subject_id: UUID, *, at: datetime) -> SubjectFacts | None:
    """What bears on the assessment; None for a thread that went into another, or that its post tells of."""
    thread = _threads().filter(public_id=subject_id, merged_into=None).first()
    if thread is None or (thread.post_id and is_one_document(thread.connection.platform)):
        return None
    items = Item.objects.filter(thread=thread, is_placeholder=False)
    mark = ItemVersion.objects.filter(item_id__in=items.values("id")).aggregate(last=Max("id"))["last"]
    if mark is None:
        return None
    state_mark = hiding.newest_of(items)
    return SubjectFacts(
        subject=Subject(KIND, thread.public_id),
        scope_id=thread.scope_id,
        channel=thread.connection.platform,
        mark=mark,
        codes=frozenset(code.value for code in (*_codes(thread), *((FactCode.GONE,) if state_mark else ()))),
        title=_title(items),
        state_mark=state_mark,
    )


def changed(*, after: int, limit: int) -> Changes:
    """The threads of the next `limit` wordings, in the order in which they came to us."""
    versions = ItemVersion.objects.filter(id__gt=after).order_by("id").values_list("id", "item_id")
    rows = list(versions[:limit])
    found = Thread.objects.filter(items__in=[item_id for _id, item_id in rows]).distinct()
    return Changes(list(found.values_list("public_id", flat=True)), rows[-1][0] if rows else after)


def hidden(*, after: int, limit: int) -> Changes:
    """The threads in which others than us hid or deleted something."""
    rows = hiding.next_ones(after=after, limit=limit)
    found = Thread.objects.filter(items__in=[item_id for _id, item_id, _post in rows if item_id]).distinct()
    return Changes(list(found.values_list("public_id", flat=True)), rows[-1][0] if rows else after)


def overlooked(*, limit: int) -> Sequence[UUID]:
    """Threads with something in them that no assessment tells of."""
    known = Assessment.objects.filter(subject_kind=KIND, subject_id=OuterRef("public_id"))
    said = Item.objects.filter(thread=OuterRef("pk"), is_placeholder=False, version_count__gt=0)
    found = Thread.objects.filter(~Exists(known), Exists(said), merged_into=None)
    return list(found.order_by("id").values_list("public_id", flat=True)[:limit])


def address(subject_id: UUID) -> str:
    """The page of the conversation."""
    return reverse("desk:thread", args=[subject_id])


def _threads() -> QuerySet[Thread]:
    return Thread.objects.select_related("connection__presence", "post__author", "post__connection")


def _title(items: QuerySet[Item]) -> str:
    """The first words, masked; of what was taken back, nothing."""
    shown = items.filter(is_unsent=False).exclude(masked_text=None).exclude(masked_text="")
    return shown.order_by("posted_at", "id").values_list("masked_text", flat=True).first() or ""


def _codes(thread: Thread) -> Iterator[FactCode]:
    yield from _of_enquiry(Enquiry.objects.filter(thread=thread).first())
    items = Item.objects.filter(thread=thread, is_placeholder=False)
    if items.filter(is_own=False).values("author").distinct().count() > 1:
        yield FactCode.SEVERAL
    if thread.kind == ThreadKind.PRIVATE:
        yield FactCode.PRIVATE
    if items.filter(platform_state__in=BY_US).exists():
        yield FactCode.REMOVED
    if Attachment.objects.filter(item__thread=thread).exists():
        yield FactCode.ATTACHMENT
    answers = Answer.objects.filter(enquiry__thread=thread, state=AnswerState.CONFIRMED, is_automatic=False)
    if items.filter(is_own=True, echo_app_id="").exists() or answers.exists():
        yield FactCode.ANSWERED
    if Promise.objects.filter(enquiry__thread=thread).exists():
        yield FactCode.PROMISED


def _of_enquiry(enquiry: Enquiry | None) -> Iterator[FactCode]:
    if enquiry is None or not enquiry.is_question:
        yield FactCode.NOTHING_ASKED
    if enquiry is None:
        return
    flags = {
        FactCode.ASKED: enquiry.is_question,
        FactCode.CASE_WORDS: enquiry.needs_case_handling,
        FactCode.SENSITIVE: enquiry.is_sensitive,
        FactCode.DANGER: enquiry.is_danger,
    }
    yield from (code for code, is_so in flags.items() if is_so)
