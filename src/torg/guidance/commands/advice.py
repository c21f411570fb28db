"""Asking the information unit, and answering: ask, take, put back, pass on, answer, ask again."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from torg.audit import commands as audit
from torg.core.calendar import CalendarProblem, parse_span
from torg.core.errors import Invalid, NotAllowed
from torg.guidance import deadlines, events, policies, queries
from torg.guidance.models import AdviceMessage, AdviceQuestion, AdviceTerm
from torg.guidance.types import AdviceState, Topic
from torg.people import notifying
from torg.people import queries as people
from torg.people.models import Person
from torg.people.types import NotificationKind, Permission

LONGEST = 5000


@transaction.atomic
def ask_advice(*, topic: Topic, text: str, by: Person, at: datetime) -> AdviceQuestion:
    """Ask the information unit; those who advise are told, as each has chosen.

    Raises Invalid for an empty question or one that is too long.
    """
    written = _checked(text)
    due = deadlines.due(queries.within(at=at), unit=None, at=at)
    question = AdviceQuestion.objects.create(topic=topic, asked_by=by, unit=by.unit, asked_at=at, due_at=due)
    AdviceMessage.objects.create(question=question, text=written, written_by=by, written_at=at)
    audit.record(events.ADVICE_ASKED, actor=by, scope=None, target=question, at=at, facts={"topic": topic.value})
    _tell_advisers(question, at=at)
    return question


@transaction.atomic
def take_advice(*, question_id: UUID, by: Person, at: datetime) -> AdviceQuestion:
    """Take a question, so that two do not answer the same one.

    Raises NotFound, NotAllowed for a question of one's own, InvalidTransition when somebody has it.
    """
    question = _for_advice(question_id, by=by, at=at)
    policies.check_can_answer(by, question)
    question.move_to(AdviceState.TAKEN)
    question.taken_by, question.taken_at = by, at
    question.save()
    audit.record(events.ADVICE_TAKEN, actor=by, scope=None, target=question, at=at)
    return question


@transaction.atomic
def put_back_advice(*, question_id: UUID, by: Person, at: datetime) -> AdviceQuestion:
    """Put a question back that one has taken; also one that somebody has who has left.

    Raises NotFound, NotAllowed for a question that a colleague has, InvalidTransition.
    """
    question = _for_advice(question_id, by=by, at=at)
    if question.taken_by is None or question.taken_by.left_at is None:
        policies.check_has_taken(by, question)
    question.move_to(AdviceState.WAITING)
    question.taken_by = question.taken_at = None
    question.save()
    audit.record(events.ADVICE_PUT_BACK, actor=by, scope=None, target=question, at=at)
    return question


@transaction.atomic
def pass_on_advice(*, question_id: UUID, holder: Person, to: Person, by: Person, at: datetime) -> AdviceQuestion:
    """Give a question that `holder` has taken to a colleague who advises.

    Raises NotFound, NotAllowed when `holder` does not have it any more, or the colleague may not answer it.
    """
    question = _for_advice(question_id, by=by, at=at)
    policies.check_has_taken(holder, question)
    policies.check_can_answer(to, question)
    if question.state != AdviceState.TAKEN or not queries.advises(to, at=at):
        raise NotAllowed(_("This question is answered, or your colleague does not advise."))
    question.taken_by, question.taken_at = to, at
    question.save()
    facts = {"from": str(holder.public_id), "to": str(to.public_id)}
    audit.record(events.ADVICE_PASSED_ON, actor=by, scope=None, target=question, at=at, facts=facts)
    return question


@transaction.atomic
def answer_advice(*, question_id: UUID, text: str, by: Person, at: datetime) -> AdviceQuestion:
    """Answer a question that one has taken; one that waits is taken in the same act.

    Raises NotFound, NotAllowed, Invalid for an empty answer, InvalidTransition when it is answered.
    """
    question = _for_advice(question_id, by=by, at=at)
    policies.check_can_answer(by, question)
    written = _checked(text)
    if question.state == AdviceState.WAITING:
        question.move_to(AdviceState.TAKEN)
        question.taken_by, question.taken_at = by, at
    policies.check_has_taken(by, question)
    question.move_to(AdviceState.ANSWERED)
    question.answered_at = at
    question.save()
    AdviceMessage.objects.create(question=question, is_answer=True, text=written, written_by=by, written_at=at)
    audit.record(events.ADVICE_ANSWERED, actor=by, scope=None, target=question, at=at)
    key = f"{question.public_id} {at:%Y-%m-%dT%H:%M:%S}"
    notifying.tell([question.asked_by], NotificationKind.ADVICE_ANSWERED, path=_path(question), key=key, at=at)
    return question


@transaction.atomic
def reopen_advice(*, question_id: UUID, text: str, by: Person, at: datetime) -> AdviceQuestion:
    """Ask again where the answer was not enough; it waits anew, with a new deadline.

    Raises NotFound, NotAllowed for others than whoever asked, Invalid, InvalidTransition when it is not answered.
    """
    question = queries.question_or_absent(question_id, seen_by=by, at=at, lock=True)
    policies.check_is_asker(by, question)
    written = _checked(text)
    question.move_to(AdviceState.WAITING)
    question.taken_by = question.taken_at = question.answered_at = None
    question.due_at = deadlines.due(queries.within(at=at), unit=None, at=at)
    question.save()
    AdviceMessage.objects.create(question=question, text=written, written_by=by, written_at=at)
    audit.record(events.ADVICE_REOPENED, actor=by, scope=None, target=question, at=at)
    _tell_advisers(question, at=at)
    return question


@transaction.atomic
def set_advice_term(*, within: str, by: Person, at: datetime) -> AdviceTerm:
    """Set how fast questions are answered from now on: working time such as `2h` or `1d`.

    Questions that are asked keep their deadline. Raises NotAllowed, Invalid for a span that cannot be read.
    """
    policies.check_can_keep(by, at=at)
    try:
        parse_span(within)
    except CalendarProblem as problem:
        raise Invalid(str(problem), field="within") from problem
    AdviceTerm.objects.filter(until_at=None).update(until_at=at)
    term = AdviceTerm.objects.create(within=within, from_at=at, made_by=by)
    audit.record(events.ADVICE_TERM_SET, actor=by, scope=None, target=term, at=at, facts={"within": within})
    return term


def _for_advice(question_id: UUID, *, by: Person, at: datetime) -> AdviceQuestion:
    """The question, locked, for somebody who advises; for whoever asked it, it is there but not theirs to handle."""
    question = queries.question_or_absent(question_id, seen_by=by, at=at, lock=True)
    if not queries.advises(by, at=at):
        raise NotAllowed(_("Only the information unit answers questions. You can ask again when you have an answer."))
    return question


def _checked(text: str) -> str:
    written = text.strip()
    if not written:
        raise Invalid(_("Write something first."), field="text")
    if len(written) > LONGEST:
        raise Invalid(_("This is too long. Keep it within 5,000 characters."), field="text")
    return written


def _tell_advisers(question: AdviceQuestion, *, at: datetime) -> None:
    advisers = people.holders(Permission.ADVISE, at=at).exclude(pk=question.asked_by_id)
    key = f"{question.public_id} {at:%Y-%m-%dT%H:%M:%S}"
    notifying.tell(advisers, NotificationKind.ADVICE_ASKED, path=_path(question), key=key, at=at)


def _path(question: AdviceQuestion) -> str:
    return reverse("guidance:question", args=[question.public_id])
