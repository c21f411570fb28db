"""What people ask: the like put together, one approved answer sent to all who asked."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.core import jobs
from torg.core.actors import Actor
from torg.core.errors import InvalidTransition
from torg.crisis import (
    answering,
    asking,
    audit,
    correcting,
    events,
    loading,
    passing,
    policies,
    queries,
    speaking,
    website,
)
from torg.crisis.models import AnswerVersion, Asked, Incident, Question
from torg.crisis.types import GROUPER, IncidentState, LetPast, QuestionState, SharedAnswers
from torg.detectors import likeness
from torg.people.models import Person
from torg.publishing.loading import found

LONGEST = 300


@transaction.atomic
def group_questions(*, incident_id: UUID, limit: int = 200, by: Actor = GROUPER, at: datetime) -> int:
    """Put new questions from the inbox, or from the script of an exercise, together with those that ask the same.

    What may be danger to life, and what is sensitive, is left to the inbox: nobody gets a common answer to that.
    A person can move what was put together wrongly. Returns how many were placed; doing it again places none twice.
    """
    incident = Incident.objects.select_for_update().get(public_id=incident_id)
    if incident.state == IncidentState.CLOSED:
        return 0
    waiting = asking.not_placed(incident, limit=limit)
    known = list(incident.questions.exclude(state=QuestionState.SET_ASIDE).values_list("pk", "wording"))
    for said in waiting:
        key = likeness.most_like(said.text, known)
        if key is None:
            key = _new(incident, said).pk
            known.append((key, said.text))
        Asked.objects.create(question_id=key, enquiry=said.enquiry, injected=said.injected, asked_at=said.asked_at)
    if waiting:
        audit.record(events.GROUPED, incident, by=by, at=at, placed=len(waiting))
    return len(waiting)


@transaction.atomic
def move_asked(*, asked_id: UUID, to_question: UUID | None, by: Person, at: datetime) -> Question:
    """Move one person's question to another, or (None) let it stand alone.

    Raises NotFound, NotAllowed, InvalidTransition for one who has been answered.
    """
    asked = found(Asked.objects.select_related("question"), asked_id)
    question = _for_change(asked.question.public_id, by=by, at=at)
    policies.check_takes_part(by, question.incident, at=at)
    if asked.reply_id is not None or asked.answered_at is not None:
        raise InvalidTransition(_("This person has been answered already."))
    if to_question is not None:
        rows = Question.objects.visible_to(by, at=at).filter(incident=question.incident)
        to: Question = found(rows, to_question)
    else:
        to = _new(question.incident, asking.said_by(asked))
    Asked.objects.filter(pk=asked.pk).update(question=to, problem="")
    audit.record(events.MOVED, question.incident, by=by, at=at, question=str(to.public_id))
    return to


@transaction.atomic
def answer_question(
    *,
    question_id: UUID,
    texts: SharedAnswers,
    confirmed: Collection[str] = (),
    is_public: bool = True,
    past: LetPast | None = None,
    by: Person,
    at: datetime,
) -> Question:
    """Approve one answer to a question; it goes to everyone who has asked, each once, through the outbox.

    Args:
        question_id: which.
        texts: by language, the question as the public reads it and the one answer; the municipality's own at least.
            Everyone is answered in the language in which they asked where it is there, else in that of the page.
        confirmed: codes of remarks of the check that the person has looked at.
        is_public: whether it stands on the status page.
        past: what the information officer lets past the check of language, and why.
        by: somebody whose one approval counts in this incident.
        at: now.

    Raises NotFound, NotAllowed, NeedsConfirmation and NotPassed for what the checks found in any language, Invalid,
    InvalidTransition the second time.
    """
    question = _for_change(question_id, by=by, at=at)
    policies.check_can_approve(by, question.incident, at=at)
    if question.state == QuestionState.ANSWERED:
        raise InvalidTransition(_("This question is answered already. Load the page again."))
    language = queries.main_language()
    said = speaking.kept(texts, main=language)
    answering.check(said, confirmed=confirmed, by=by, at=at)
    passing.let_past(question.incident, _("an answer"), speaking.content(said, main=language), past, by=by, at=at)
    question.answer = AnswerVersion.objects.create(question=question, number=1, texts=said, made_by=by, made_at=at)
    question.language, question.wording = language, said[language]["question"][:LONGEST]
    question.state, question.is_public = QuestionState.ANSWERED, is_public
    question.answered_by, question.answered_at = by, at
    question.save()
    jobs.enqueue("crisis.send_answers", question_id=str(question.public_id))
    facts = {"asked": question.asked.count(), "public": int(is_public)}
    audit.record(events.ANSWERED, question.incident, by=by, at=at, question=str(question.public_id), **facts)
    website.show(question.incident, at=at)
    return question


@transaction.atomic
def send_to_more(*, question_id: UUID, by: Person, at: datetime) -> int:
    """Send the answer to those who have asked since, or have an earlier one, and again to whom it did not reach.

    A person does it: they have read that the new ones ask the same. Returns how many are waiting for it.
    """
    question = _for_change(question_id, by=by, at=at)
    policies.check_can_approve(by, question.incident, at=at)
    if question.state != QuestionState.ANSWERED:
        raise InvalidTransition(_("Answer the question first."))
    count = question.asked.filter(reply=None, answered_at=None).update(problem="") + correcting.plan(question)
    jobs.enqueue("crisis.send_answers", question_id=str(question.public_id))
    audit.record(events.SENT_TO_MORE, question.incident, by=by, at=at, question=str(question.public_id), waiting=count)
    return count


@transaction.atomic
def set_aside(*, question_id: UUID, by: Person, at: datetime) -> Question:
    """Say that a question is not of this incident; those who asked stay in the inbox. Raises NotFound, NotAllowed."""
    question = _for_change(question_id, by=by, at=at)
    policies.check_takes_part(by, question.incident, at=at)
    if question.state != QuestionState.OPEN:
        raise InvalidTransition(_("Only a question that is not answered can be set aside."))
    question.state = QuestionState.SET_ASIDE
    question.save(update_fields=["state"])
    audit.record(events.SET_ASIDE, question.incident, by=by, at=at, question=str(question.public_id))
    return question


@transaction.atomic
def hide_answer(*, question_id: UUID, by: Person, at: datetime) -> Question:
    """Take an answer off the status page that no longer holds; correct it, and those who got it are told.

    Possible after the incident is closed too, as long as its page is read.

    Raises NotFound, NotAllowed, InvalidTransition for one that does not stand there.
    """
    rows = Question.objects.visible_to(by, at=at)
    question: Question = loading.part_for_change(rows, question_id, by=by, at=at, is_over=True)
    policies.check_can_approve(by, question.incident, at=at)
    if not question.is_public:
        raise InvalidTransition(_("This answer does not stand on the status page."))
    question.is_public = False
    question.save(update_fields=["is_public"])
    audit.record(events.ANSWER_HIDDEN, question.incident, by=by, at=at, question=str(question.public_id))
    website.show(question.incident, at=at)
    return question


def _for_change(question_id: UUID, *, by: Person, at: datetime) -> Question:
    row: Question = loading.part_for_change(Question.objects.visible_to(by, at=at), question_id, by=by, at=at)
    return row


def _new(incident: Incident, said: asking.Said) -> Question:
    return Question.objects.create(
        scope_id=said.scope_id, incident=incident, wording=said.text[:LONGEST], first_asked_at=said.asked_at
    )
