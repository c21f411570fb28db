"""A corrected answer to each who got an earlier one: once, and what is wrong and still waits is not sent at all."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from torg.core.errors import DomainError
from torg.crisis import answering, sandbox
from torg.crisis.models import AnswerVersion, Asked, CorrectedReply, Question
from torg.crisis.types import Texts
from torg.inbox import commands as inbox
from torg.inbox.models import Answer
from torg.inbox.types import AnswerState

# What still waits here, also for somebody to try it again; and what somebody in the house has stopped.
NOT_GONE = frozenset({AnswerState.WAITING, AnswerState.PLANNED, AnswerState.REFUSED, AnswerState.FAILED})
GIVEN_UP = frozenset({AnswerState.WITHDRAWN, AnswerState.REJECTED, AnswerState.SUPERSEDED})


def as_sent(texts: Texts, told: dict[str, str]) -> dict[str, dict[str, str]]:
    """Each language as those who got the first answer read it: what was wrong, and then the answer."""
    return {
        code: {**said, "answer": "\n\n".join(part for part in (told.get(code, ""), said["answer"]) if part)}
        for code, said in texts.items()
    }


def lacking(question: Question) -> QuerySet[Asked]:
    """Those who have got an earlier answer, and whom nobody has written to of the newest."""
    told = CorrectedReply.objects.filter(asked=OuterRef("pk"), version=question.answer_id)
    rows: QuerySet[Asked] = question.asked.filter(~Exists(told), version__isnull=False)
    return rows.exclude(version=question.answer_id)


def waiting(question: Question) -> QuerySet[CorrectedReply]:
    """Those who are written to of the newest, and have not got it: on its way, or not reached."""
    rows: QuerySet[CorrectedReply] = CorrectedReply.objects.filter(asked__question=question, sent_at=None)
    return rows.filter(version=question.answer_id)


def plan(question: Question) -> int:
    """Write to all who lack it, and once more to those who were not reached. Returns how many wait for it."""
    rows = [CorrectedReply(asked=one, version=question.answer) for one in lacking(question)]
    CorrectedReply.objects.bulk_create(rows)
    return waiting(question).update(problem="")


def send(question: Question, *, limit: int, at: datetime) -> int:
    """Write to the next, each in its own step; of several corrections only the newest is sent. Returns how many."""
    rows = waiting(question).filter(problem="").select_for_update(skip_locked=True, of=("self",))
    rows = rows.select_related(
        "asked__enquiry__thread__connection", "asked__reply", "asked__version", "asked__injected", "asked__question"
    )
    found = list(rows.order_by("id")[:limit])
    if question.incident.is_exercise:
        told = [(sandbox.REPLY, row.public_id, row.asked.injected.author) for row in found if row.asked.injected]
        sandbox.plan(question.incident, told, at=at)
        CorrectedReply.objects.filter(pk__in=[row.pk for row in found]).update(sent_at=at)
        return len(found)
    for row in found:
        _send_one(row, question, at=at)
    return len(found)


def _send_one(row: CorrectedReply, question: Question, *, at: datetime) -> None:
    asked = row.asked
    got = _newest_got(asked)
    if got is not None and _taken_back(got.reply, row.version, at=at):
        CorrectedReply.objects.filter(pk=got.pk).update(reply=None)
        got = _newest_got(asked)
    elif got is None and _taken_back(asked.reply, row.version, at=at):
        row.delete()
        _answer_anew(asked, question, at=at)
        return
    _tell(row, (got or asked).version, question, at=at)


def _tell(row: CorrectedReply, had: AnswerVersion | None, question: Question, *, at: datetime) -> None:
    """What was corrected since what they have; nothing where that is right as it stands, or nobody let it leave."""
    asked = row.asked
    since = question.versions.filter(number__gt=had.number if had is not None else 0).exclude(told={})
    if asked.enquiry is not None:
        asked.enquiry.refresh_from_db(fields=["version"])
    try:
        if not (_is_given_up(asked.reply) or _is_right(asked, had, row.version)):
            row.reply = answering.reply_to(asked, row.version, corrected=list(since.order_by("number")), at=at)
        row.sent_at = at
    except DomainError as refusal:
        row.problem = answering.problem(refusal)
    row.save(update_fields=["reply", "sent_at", "problem"])


def _is_right(asked: Asked, had: AnswerVersion | None, newest: AnswerVersion) -> bool:
    """Whether the words that they got, in the language in which they got them, are what they would get now."""
    return had is not None and answering.words_for(asked, had) == answering.words_for(asked, newest)


def _is_given_up(reply: Answer | None) -> bool:
    """Whether somebody took back the first answer to this person alone: whoever did so answers them."""
    return reply is not None and reply.state in GIVEN_UP


def _answer_anew(asked: Asked, question: Question, *, at: datetime) -> None:
    """The first answer never left the house, so there is nothing to correct: they get the newest."""
    asked.reply = asked.version = asked.answered_at = None
    if asked.enquiry is not None:
        asked.enquiry.refresh_from_db(fields=["version"])
    answering.send_one(asked, question, at=at)


def _newest_got(asked: Asked) -> CorrectedReply | None:
    rows = asked.corrections.filter(reply__isnull=False).exclude(reply__state__in=GIVEN_UP)
    newest: CorrectedReply | None = rows.select_related("version", "reply").order_by("-version__number").first()
    return newest


def _taken_back(reply: Answer | None, newest: AnswerVersion, *, at: datetime) -> bool:
    """Whether it never left, and never will: what is on its way already goes, and is corrected after."""
    if reply is None or reply.state not in NOT_GONE:
        return False
    try:
        with transaction.atomic():
            inbox.withdraw_answer(answer_id=reply.public_id, by=newest.made_by, at=at)
    except DomainError:
        return False
    return True
