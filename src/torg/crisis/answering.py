"""One approved answer to each who asked: a reply in the inbox, by the person who approved it, once."""

from collections.abc import Collection, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from torg.core.errors import DomainError
from torg.crisis import sandbox, speaking
from torg.crisis.models import AnswerVersion, Asked, Question
from torg.crisis.types import Texts
from torg.dialogue.models import ThreadKind
from torg.inbox import checks
from torg.inbox import commands as inbox
from torg.inbox.answering import NeedsConfirmation
from torg.inbox.models import Answer
from torg.inbox.types import AnswerKind, Reply
from torg.people.models import Person

LOCAL = ZoneInfo("Europe/Oslo")
# What a person can look at and let pass; what blocks is never among them.
REMARKS = frozenset({"personal_data", "case_handling", "promise", "unsigned", "answer_waits"})


def check(texts: Texts, *, confirmed: Collection[str], by: Person, at: datetime) -> None:
    """Raise NeedsConfirmation for what the person has not looked at in an answer to many, in any language."""
    day = at.astimezone(LOCAL).date()
    found = [
        remark
        for said in texts.values()
        for remark in checks.check(
            said["answer"], kind=AnswerKind.PUBLIC_REPLY, limit=None, sender=by.name, written_on=day
        )
    ]
    left = checks.unconfirmed(found, frozenset(confirmed))
    if left:
        raise NeedsConfirmation(list({remark.code: remark for remark in left}.values()))


def send(question: Question, *, limit: int, at: datetime) -> int:
    """Answer the next who wait, each in its own step: one who cannot be reached there stops nobody else.

    Returns how many were tried. Rows are locked, so that two workers never answer the same person.
    """
    waiting = Asked.objects.filter(question=question, reply=None, answered_at=None, problem="")
    rows = waiting.select_for_update(skip_locked=True, of=("self",)).select_related(
        "enquiry__thread__connection", "injected", "question"
    )
    found = list(rows.order_by("asked_at", "id")[:limit])
    if question.incident.is_exercise:
        subjects = [(sandbox.REPLY, row.public_id, row.injected.author) for row in found if row.injected]
        sandbox.plan(question.incident, subjects, at=at)
        Asked.objects.filter(pk__in=[row.pk for row in found]).update(answered_at=at, version=question.answer)
        return len(found)
    for row in found:
        send_one(row, question, at=at)
    return len(found)


def send_one(row: Asked, question: Question, *, at: datetime) -> None:
    """Answer one person for the first time, by the answer that holds now."""
    if question.answer is None:
        return
    try:
        row.reply = reply_to(row, question.answer, at=at)
        row.answered_at, row.version = at, question.answer
    except DomainError as refusal:
        row.problem = problem(refusal)
    row.save(update_fields=["reply", "answered_at", "version", "problem"])


def reply_to(
    row: Asked, said: AnswerVersion, *, corrected: Sequence[AnswerVersion] = (), at: datetime
) -> Answer | None:
    """The answer where they asked and in their language, after what was `corrected` in what they got before.

    Raises DomainError where they cannot be reached there, as the inbox says it.
    """
    enquiry = row.enquiry
    if enquiry is None:
        return None
    is_private = enquiry.thread.kind == ThreadKind.PRIVATE
    kind = AnswerKind.MESSAGE if is_private else AnswerKind.PUBLIC_REPLY
    spoken = language_of(row, said)
    text = "\n\n".join([*speaking.corrections(corrected, spoken), said.texts[spoken]["answer"]])
    with transaction.atomic():
        reply = Reply(kind, text, enquiry.version, confirmed=REMARKS)
        return inbox.answer(enquiry_id=enquiry.public_id, reply=reply, by=said.made_by, at=at)


def language_of(row: Asked, said: AnswerVersion) -> str:
    """In which language this person gets it."""
    main = row.question.language
    if row.enquiry is None:
        return main
    return speaking.language_for(row.enquiry.thread, row.enquiry.language, said=said.texts, main=main)


def words_for(row: Asked, said: AnswerVersion) -> str:
    """The answer as this person reads it."""
    words: str = said.texts[language_of(row, said)]["answer"]
    return words


def problem(refusal: DomainError) -> str:
    """Why somebody could not be reached, as it is kept."""
    return (refusal.message or _("This could not be sent."))[:300]
