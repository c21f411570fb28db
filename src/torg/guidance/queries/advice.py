"""Questions for advice, as those see them who ask and those who advise; the guide that grows out of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from torg.core.errors import NotFound
from torg.guidance.models import AdviceMessage, AdviceQuestion, AdviceTerm, GuideEntry
from torg.guidance.types import AdviceState, Topic
from torg.people import queries as people
from torg.people.models import Person
from torg.people.types import Permission

USUALLY_WITHIN = "1d"
WITH = ("asked_by", "unit", "taken_by")


@dataclass(frozen=True, slots=True)
class Talk:
    """One question with all that was written; `entry` is what became of it in the guide."""

    question: AdviceQuestion
    messages: Sequence[AdviceMessage]
    entry: GuideEntry | None
    advises: bool


def advises(person: Person, *, at: datetime) -> bool:
    """Whether the person belongs to the information unit: answers questions for advice, and keeps the guidance."""
    return people.may_anywhere(person, Permission.ADVISE, at=at)


def within(*, at: datetime) -> str:
    """How fast questions are answered, in working time."""
    term = AdviceTerm.objects.in_force(at).order_by("-from_at", "-id").first()
    return term.within if term else USUALLY_WITHIN


def asked_by(person: Person) -> Sequence[AdviceQuestion]:
    """One's own questions, the newest first."""
    return list(AdviceQuestion.objects.filter(asked_by=person).select_related(*WITH).order_by("-asked_at")[:50])


def queue() -> QuerySet[AdviceQuestion]:
    """Questions without an answer, the one that is due first on top."""
    waiting = AdviceQuestion.objects.exclude(state=AdviceState.ANSWERED).select_related(*WITH)
    return waiting.order_by(F("due_at").asc(nulls_last=True), "asked_at", "id")


def answered_lately() -> Sequence[AdviceQuestion]:
    """The last answered questions, to make entries of the guide from."""
    answered = AdviceQuestion.objects.filter(state=AdviceState.ANSWERED).select_related(*WITH, "entry")
    return list(answered.order_by("-answered_at")[:20])


def waiting_for(person: Person) -> QuerySet[AdviceQuestion]:
    """Questions that wait for an adviser: nobody's yet, or this person's; never their own."""
    mine = Q(state=AdviceState.WAITING) | Q(state=AdviceState.TAKEN, taken_by=person)
    return AdviceQuestion.objects.filter(mine).exclude(asked_by=person)


def question_or_absent(public_id: UUID, *, seen_by: Person, at: datetime, lock: bool = False) -> AdviceQuestion:
    """A question of one's own, or any for those who advise; raises NotFound."""
    rows = AdviceQuestion.objects.select_related(*WITH)
    if not advises(seen_by, at=at):
        rows = rows.filter(asked_by=seen_by)
    if lock:
        rows = rows.select_for_update(of=("self",))
    found = rows.filter(public_id=public_id).first()
    if found is None:
        raise NotFound(_("There is no such question here."))
    return found


def talk(public_id: UUID, *, seen_by: Person, at: datetime) -> Talk:
    """Everything about one question; raises NotFound."""
    question = question_or_absent(public_id, seen_by=seen_by, at=at)
    messages = AdviceMessage.objects.filter(question=question).select_related("written_by").order_by("written_at", "id")
    entry = GuideEntry.objects.filter(question=question).first()
    return Talk(question, list(messages), entry, advises(seen_by, at=at))


def guide(*, text: str = "", topic: str = "") -> Sequence[GuideEntry]:
    """Entries of the guide that hold the words, the best first; all of them, by title, without words."""
    entries = GuideEntry.objects.filter(retired_at=None)
    if topic in Topic.values:
        entries = entries.filter(topic=topic)
    if not text.strip():
        return list(entries.order_by("title")[:100])
    vector = SearchVector("title", weight="A", config="norwegian") + SearchVector(
        "body", weight="B", config="norwegian"
    )
    query = SearchQuery(text, config="norwegian", search_type="websearch")
    ranked = entries.annotate(vector=vector, rank=SearchRank(vector, query))
    return list(ranked.filter(Q(vector=query) | Q(title__icontains=text.strip())).order_by("-rank", "title")[:50])


def entry_or_absent(public_id: UUID, *, lock: bool = False) -> GuideEntry:
    """One entry of the guide; raises NotFound for one that is taken out."""
    rows = GuideEntry.objects.select_for_update() if lock else GuideEntry.objects.all()
    found = rows.filter(public_id=public_id, retired_at=None).first()
    if found is None:
        raise NotFound(_("There is no such entry in the guide. It may have been taken out."))
    return found
