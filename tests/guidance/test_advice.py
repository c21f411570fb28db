"""Asking the information unit: who may what, when it is due, and the guide that grows out of it."""

from datetime import UTC, datetime, timedelta

import pytest

from tests import factories
from torg.core.errors import Invalid, InvalidTransition, NotAllowed, NotFound
from torg.guidance import commands, queries
from torg.guidance.commands.guide import Entry
from torg.guidance.types import AdviceState, Topic
from torg.people import commands as people
from torg.people.models import CalendarRow, Notification


@pytest.fixture
def question(colleague, at):
    return commands.ask_advice(topic=Topic.CASES, text="Kan jeg svare på dette?", by=colleague, at=at)


def answer(question, by, at, text="Ja, men uten navn."):
    return commands.answer_advice(question_id=question.public_id, text=text, by=by, at=at)


@pytest.mark.strategy("E1")
def test_a_question_is_asked_taken_answered_and_asked_again(question, officer, colleague, at):
    commands.take_advice(question_id=question.public_id, by=officer, at=at)
    answer(question, officer, at)
    later = at + timedelta(days=1)
    again = commands.reopen_advice(
        question_id=question.public_id, text="Også i private meldinger?", by=colleague, at=later
    )

    talk = queries.talk(question.public_id, seen_by=colleague, at=later)
    assert [message.is_answer for message in talk.messages] == [False, True, False]
    assert again.state == AdviceState.WAITING and again.taken_by is None
    assert again.due_at > question.due_at


def test_it_is_due_by_the_next_working_day_and_never_where_nobody_has_hours(question, officer, colleague, at):
    friday = datetime(2026, 3, 13, 12, 0, tzinfo=UTC)
    asked = commands.ask_advice(topic=Topic.OTHER, text="?!", by=colleague, at=friday)
    CalendarRow.objects.all().delete()
    unhurried = commands.ask_advice(topic=Topic.OTHER, text="?!", by=colleague, at=friday)

    assert question.due_at == datetime(2026, 3, 11, 14, 0, tzinfo=UTC)
    assert asked.due_at == datetime(2026, 3, 16, 14, 0, tzinfo=UTC)
    assert unhurried.due_at is None


def test_a_new_term_holds_for_new_questions(question, officer, colleague, at):
    commands.set_advice_term(within="2h", by=officer, at=at)

    asked = commands.ask_advice(topic=Topic.OTHER, text="Haster", by=colleague, at=at)

    assert asked.due_at == at + timedelta(hours=2)
    for by, within, refusal in ((officer, "soon", Invalid), (colleague, "1d", NotAllowed)):
        with pytest.raises(refusal):
            commands.set_advice_term(within=within, by=by, at=at)


def test_a_question_is_taken_by_one_only(question, officer, deputy, at):
    commands.take_advice(question_id=question.public_id, by=officer, at=at)

    with pytest.raises(InvalidTransition):
        commands.take_advice(question_id=question.public_id, by=deputy, at=at)
    with pytest.raises(NotAllowed):
        answer(question, deputy, at)
    with pytest.raises(NotAllowed):
        commands.put_back_advice(question_id=question.public_id, by=deputy, at=at)


def test_what_somebody_who_has_left_had_taken_can_be_put_back_by_a_colleague(question, officer, deputy, at):
    commands.take_advice(question_id=question.public_id, by=deputy, at=at)
    people.record_departure(person_id=deputy.public_id, by=officer, at=at)

    commands.put_back_advice(question_id=question.public_id, by=officer, at=at)
    answer(question, officer, at)


def test_nobody_answers_a_question_of_their_own_and_nobody_without_the_right_answers(question, officer, colleague, at):
    own = commands.ask_advice(topic=Topic.OTHER, text="Hva mener dere?", by=officer, at=at)

    with pytest.raises(NotAllowed):
        answer(own, officer, at)
    with pytest.raises(NotAllowed):
        answer(question, colleague, at)
    with pytest.raises(NotFound):
        answer(question, factories.person("Fremmed"), at)
    with pytest.raises(NotFound):
        queries.talk(question.public_id, seen_by=factories.person("Fremmed"), at=at)


def test_what_is_empty_or_endless_is_refused_and_only_whoever_asked_asks_again(question, officer, colleague, at):
    for text in ("  ", "x" * 5001):
        with pytest.raises(Invalid):
            commands.ask_advice(topic=Topic.OTHER, text=text, by=colleague, at=at)
    with pytest.raises(InvalidTransition):
        commands.reopen_advice(question_id=question.public_id, text="Hallo?", by=colleague, at=at)
    answer(question, officer, at)
    with pytest.raises(NotAllowed):
        commands.reopen_advice(question_id=question.public_id, text="Hallo?", by=officer, at=at)
    with pytest.raises(InvalidTransition):
        answer(question, officer, at)


def test_those_who_advise_are_told_and_then_whoever_asked(question, officer, deputy, colleague, at):
    answer(question, officer, at)

    told = set(Notification.objects.values_list("person__name", "kind"))
    assert told == {(officer.name, "ADVICE_ASKED"), (colleague.name, "ADVICE_ANSWERED")}


def entry(title="Kan vi svare om en sak?", body="Ja, men uten å si noe om den ene saken."):
    return Entry(title, body, Topic.CASES)


@pytest.mark.strategy("E1")
def test_an_answer_grows_into_the_guide_and_is_found_again(question, officer, at):
    with pytest.raises(InvalidTransition):
        commands.make_entry(entry=entry(), question_id=question.public_id, by=officer, at=at)
    answer(question, officer, at)
    made = commands.make_entry(entry=entry(), question_id=question.public_id, by=officer, at=at)

    assert queries.guide(text="saker") == [made]
    assert queries.guide(text="svømmehall") == []
    assert queries.guide(topic="ELECTION") == []
    with pytest.raises(InvalidTransition):
        commands.make_entry(entry=entry(), question_id=question.public_id, by=officer, at=at)


@pytest.mark.parametrize(
    ("field", "text"),
    [
        pytest.param("body", "Kine spurte om dette.", id="the first name of whoever asked"),
        pytest.param("title", "Hva ingrid informasjon mener", id="a colleague's whole name"),
        pytest.param("body", "Fødselsnummeret 13097248022 stod der.", id="personal data"),
        pytest.param("title", "  ", id="nothing"),
    ],
)
def test_an_entry_that_names_somebody_or_says_nothing_is_refused(question, officer, at, field, text):
    answer(question, officer, at)

    with pytest.raises(Invalid) as refused:
        commands.make_entry(entry=entry(**{field: text}), question_id=question.public_id, by=officer, at=at)
    assert refused.value.field == field


def test_an_entry_is_edited_and_taken_out_by_those_who_advise_only(officer, colleague, at):
    made = commands.make_entry(entry=entry(), by=officer, at=at)
    commands.edit_entry(entry_id=made.public_id, entry=entry(title="Ny tittel"), by=officer, at=at)

    with pytest.raises(NotAllowed):
        commands.retire_entry(entry_id=made.public_id, by=colleague, at=at)
    commands.retire_entry(entry_id=made.public_id, by=officer, at=at)
    with pytest.raises(NotFound):
        commands.retire_entry(entry_id=made.public_id, by=officer, at=at)
    assert queries.guide() == []
