"""An answer that many have got is corrected in the open, and everyone who got it is told."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.core import jobs
from torg.core.errors import InvalidTransition, Stale
from torg.crisis import answering, asking, audit, correcting, events, loading, passing, policies, speaking, website
from torg.crisis.models import AnswerVersion, Question
from torg.crisis.types import AnswerCorrection, LetPast
from torg.people.models import Person


@transaction.atomic
def correct_answer(
    *, question_id: UUID, correction: AnswerCorrection, past: LetPast | None = None, by: Person, at: datetime
) -> Question:
    """Correct an answer (rette svar): a new version, told of on the status page and to everyone who got an earlier one.

    Whoever has no answer yet gets the new one only. What waits in the outbox is taken back where that can be done.

    Args:
        question_id: which.
        correction: the whole answer as it should be, what was wrong, and the version that the person has read.
        past: what the information officer lets past the check of language, and why.
        by: somebody whose one approval counts in this incident.
        at: now.

    Raises NotFound, NotAllowed, Stale where somebody else has corrected it since, NeedsConfirmation and NotPassed for
    what the checks found in any language, Invalid where a changed language does not say what was wrong,
    InvalidTransition before it is answered.
    """
    question: Question = loading.part_for_change(Question.objects.visible_to(by, at=at), question_id, by=by, at=at)
    policies.check_can_approve(by, question.incident, at=at)
    before = question.answer
    if before is None:
        raise InvalidTransition(_("Answer the question first."))
    if before.number != correction.seen_version:
        raise Stale(_("Somebody has corrected this answer since you opened it. Read it again."))
    said, told = _checked(question, before, correction, past, by=by, at=at)
    question.answer = AnswerVersion.objects.create(
        question=question, number=before.number + 1, texts=said, told=told, made_by=by, made_at=at
    )
    question.wording = said[question.language]["question"][: asking.LONGEST]
    question.is_public = question.is_public or correction.shows
    question.save(update_fields=["answer", "wording", "is_public"])
    people = correcting.plan(question) if correction.tells else 0
    jobs.enqueue("crisis.send_answers", question_id=str(question.public_id))
    facts = {"version": question.answer.number, "told": people}
    audit.record(events.ANSWER_CORRECTED, question.incident, by=by, at=at, question=str(question.public_id), **facts)
    website.show(question.incident, at=at)
    return question


def _checked(
    question: Question,
    before: AnswerVersion,
    wanted: AnswerCorrection,
    past: LetPast | None,
    *,
    by: Person,
    at: datetime,
) -> tuple[dict[str, dict[str, str]], dict[str, str]]:
    """The answer and what was wrong, as they are kept, when nothing stops them in any language."""
    main = question.language
    said, told = speaking.kept(wanted.texts, main=main), speaking.told_of(wanted.told, main=main)
    speaking.check_all_follow(said, before.texts, main=main, fitting=wanted.fitting)
    speaking.check_each_tells(said, before.texts, told)
    sent = correcting.as_sent(said, told)
    answering.check(sent, confirmed=wanted.confirmed, by=by, at=at)
    passing.let_past(question.incident, _("a corrected answer"), speaking.content(sent, main=main), past, by=by, at=at)
    return said, told
