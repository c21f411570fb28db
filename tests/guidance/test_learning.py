"""Confirming the poster once a year, and taking a course whose answers are stored nowhere."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail, signing

from tests import factories
from torg.audit.models import AuditEvent
from torg.core.errors import Invalid, InvalidTransition, NotAllowed, NotFound
from torg.guidance import commands, content, queries, quizzes, reminding
from torg.guidance.models import Acknowledgement, Completion
from torg.people import mailing
from torg.people.models import Letter, Notification, Unit

COURSE = "everyone"


def answered(person, at, *, wrong=0):
    """A course with all its questions answered, some of them wrongly."""
    progress = quizzes.begin(content.courses()[COURSE], person.public_id, at=at)
    while question := progress.next_question:
        options = sorted(question.options, key=lambda option: option.is_right, reverse=len(progress.chosen) >= wrong)
        progress, _question, _option = quizzes.choose(progress, question.id, options[0].id)
    return progress


@pytest.mark.strategy("E1")
def test_the_poster_is_confirmed_once_a_year(colleague, at):
    row = commands.acknowledge(by=colleague, at=at)

    with pytest.raises(InvalidTransition):
        commands.acknowledge(by=colleague, at=at + timedelta(days=1))
    commands.acknowledge(by=colleague, at=at + timedelta(days=365))
    assert (row.year, row.version, row.unit.name) == (2026, "1", "Kultur")
    assert AuditEvent.objects.filter(name="guidance.poster.acknowledged").count() == 2


def test_new_year_is_at_midnight_in_norway(colleague):
    commands.acknowledge(by=colleague, at=datetime(2026, 12, 31, 23, 30, tzinfo=UTC))

    assert Acknowledgement.objects.get().year == 2027


def test_a_reminder_comes_once_a_month_and_not_to_those_who_have_confirmed_or_left(officer, colleague, at):
    commands.acknowledge(by=officer, at=at)
    gone = factories.person("Borte Vekk")
    gone.left_at = at
    gone.save()

    assert reminding.remind(at=at - timedelta(days=60)) == 0
    assert reminding.remind(at=at) == 1
    assert reminding.remind(at=at + timedelta(hours=1)) == 1
    assert Notification.objects.get().person == colleague

    mailing.send_due(at=at)
    mailing.send_due(at=at)
    assert [message.to for message in mail.outbox] == [[colleague.email]]
    assert Letter.objects.get().state == "SENT"


def test_when_reminders_begin_and_how_small_a_unit_may_be_is_decided_with_a_date(officer, colleague, at):
    commands.set_routine(first_month=6, least_people=8, by=officer, at=at)

    assert (reminding.remind(at=at), reminding.remind(at=at - timedelta(days=1))) == (0, 2)
    assert queries.routine_at(at).least_people == 8
    for values in ({"first_month": 13, "least_people": 5}, {"first_month": 2, "least_people": 4}):
        with pytest.raises(Invalid):
            commands.set_routine(**values, by=officer, at=at)
    with pytest.raises(NotAllowed):
        commands.set_routine(first_month=2, least_people=5, by=colleague, at=at)
    assert AuditEvent.objects.filter(name="guidance.routine.set").count() == 1


def test_whoever_leaves_after_the_reminder_was_noted_gets_no_letter(officer, colleague, at):
    reminding.remind(at=at)
    for person in (officer, colleague):
        person.left_at = at
        person.save()

    assert mailing.send_due(at=at) == 0
    assert not Notification.objects.exists()


@pytest.mark.strategy("E1")
def test_a_course_is_completed_and_what_was_answered_is_forgotten(colleague, at):
    progress = answered(colleague, at, wrong=2)

    row = commands.complete_course(course_id=COURSE, progress=quizzes.sealed(progress), by=colleague, at=at)
    again = commands.complete_course(course_id=COURSE, progress=quizzes.sealed(progress), by=colleague, at=at)

    assert progress.right == len(progress.course.questions) - 2
    assert row == again
    assert {field.name for field in Completion._meta.fields} == {
        *("id", "public_id", "attempt", "person", "unit", "course", "version", "made_at")
    }
    assert AuditEvent.objects.filter(name="guidance.course.completed").count() == 1


def test_a_retake_counts_as_another(colleague, at):
    for _time in range(2):
        sealed = quizzes.sealed(answered(colleague, at))
        commands.complete_course(course_id=COURSE, progress=sealed, by=colleague, at=at)

    assert Completion.objects.count() == 2
    assert [each.course.id for each in queries.offered_to(colleague, at=at) if each.taken_at] == [COURSE]


def forged(progress, at):
    """What somebody could make of a form."""
    course, person = progress.course, str(progress.person)
    told = [course.id, course.version, person, str(progress.attempt), int(at.timestamp()), dict(progress.chosen)]
    return signing.dumps(told, key="somebody-elses-key", salt=quizzes.SALT, compress=True)


@pytest.mark.parametrize(
    "tamper",
    [
        pytest.param(lambda sealed, progress, at: "", id="nothing"),
        pytest.param(lambda sealed, progress, at: "x" + sealed, id="changed"),
        pytest.param(lambda sealed, progress, at: forged(progress, at), id="signed by another"),
        pytest.param(lambda sealed, progress, at: signing.dumps(["a"], salt=quizzes.SALT), id="of another shape"),
    ],
)
def test_a_quiz_that_was_tampered_with_completes_nothing(colleague, at, tamper):
    progress = answered(colleague, at)

    with pytest.raises(Invalid):
        commands.complete_course(
            course_id=COURSE, progress=tamper(quizzes.sealed(progress), progress, at), by=colleague, at=at
        )
    assert not Completion.objects.exists()


def test_answers_of_another_person_another_course_too_few_or_too_old_complete_nothing(officer, colleague, at):
    whole = quizzes.sealed(answered(colleague, at))
    begun = quizzes.sealed(quizzes.begin(content.courses()[COURSE], colleague.public_id, at=at))

    for course, progress, by, when in (
        (COURSE, whole, officer, at),
        ("leaders", whole, colleague, at),
        (COURSE, begun, colleague, at),
        (COURSE, whole, colleague, at + timedelta(days=3)),
    ):
        with pytest.raises(Invalid):
            commands.complete_course(course_id=course, progress=progress, by=by, at=when)
    with pytest.raises(NotFound):
        commands.complete_course(course_id="magic", progress=whole, by=colleague, at=at)


def test_only_the_next_question_can_be_answered_and_only_with_its_own_options(colleague, at):
    progress = quizzes.begin(content.courses()[COURSE], colleague.public_id, at=at)
    first, second = progress.course.questions[:2]

    for question, option in ((second.id, "a"), (first.id, "z"), (first.id, ""), ("none", "a")):
        with pytest.raises(Invalid):
            quizzes.choose(progress, question, option)
    further, _question, _option = quizzes.choose(progress, first.id, "a")
    with pytest.raises(Invalid):
        quizzes.choose(further, first.id, "b")


def test_the_figures_name_no_unit_of_fewer_than_five(colleague, at):
    large = Unit.objects.create(name="Skole")
    for number in range(6):
        person = factories.person(f"Lærer {number}")
        person.unit = large
        person.save()
    commands.acknowledge(by=colleague, at=at)

    told = queries.figures(at=at)

    # Two others, the officer and one more: too few, so the only large unit is counted with them.
    assert [(row.people, row.counts) for row in told] == [(8, (1, 0))]
    assert "Kultur" not in {row.unit for row in told}
