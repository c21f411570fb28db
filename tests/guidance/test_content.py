"""The texts that come with Torg, and how the municipality's own take their place."""

from datetime import date

import pytest
from django.db import transaction
from django.db.utils import DatabaseError

from torg.core.errors import Invalid, NotAllowed, NotFound
from torg.guidance import commands, content, queries, wording
from torg.guidance.commands.texts import OwnWording
from torg.guidance.content import Words
from torg.guidance.models import OwnText
from torg.people.types import Role
from torg.records.days import day_of


@pytest.mark.strategy("E1")
def test_the_poster_says_all_that_the_strategy_asks_and_leaves_private_speech_alone():
    shown = wording.shown("nb", {})

    assert len(shown.points) == 11
    assert len({point.title for point in shown.points}) == 11
    assert "privat" in shown.freedom.body


def test_every_text_is_there_in_three_languages_that_differ():
    texts = [wording.texts(language, {}) for language in content.LANGUAGES]

    for nb, nn, en in zip(*texts, strict=True):
        assert len({nb.body, nn.body, en.body}) == 3, nb.key


def test_a_text_that_lacks_a_language_stops_the_start():
    with pytest.raises(ValueError, match="lacks a language"):
        Words("Bokmål", "", "English")


@pytest.mark.strategy("B1", "E1")
def test_there_is_a_course_for_each_role_and_one_for_everybody():
    courses = content.courses().values()

    assert frozenset().union(*(course.roles for course in courses)) == frozenset(Role)
    assert [course.id for course in courses if not course.roles] == ["everyone"]
    assert all(course.scenarios and course.questions for course in courses)


def test_each_question_has_one_right_answer_and_explains_all_of_them():
    for course in content.courses().values():
        for question in course.questions:
            assert sum(option.is_right for option in question.options) == 1
            assert all(option.why.nb for option in question.options)


def word(by, at, *, body="Vi svarer alltid med fornavn.", title="Skriv navnet ditt", language="nb", from_on=None):
    own = OwnWording("point-professional", language, title if body else "", body)
    return commands.word_text(own=own, from_on=from_on or day_of(at), by=by, at=at)


def test_an_own_wording_holds_from_its_day_in_its_language_only(officer, at):
    word(officer, at, from_on=date(2026, 4, 1))

    before, after = queries.owns_on(date(2026, 3, 31)), queries.owns_on(date(2026, 4, 1))
    assert wording.text_of("point-professional", "nb", before).title != "Skriv navnet ditt"
    assert wording.text_of("point-professional", "nb", after).title == "Skriv navnet ditt"
    assert wording.text_of("point-professional", "nn", after).title != "Skriv navnet ditt"
    assert wording.shown("nb", after).version == "1/2026-04-01"


def test_an_empty_wording_brings_torgs_own_back_and_keeps_the_history(officer, at):
    word(officer, at)
    word(officer, at, body="")

    assert queries.owns_on(day_of(at)) == {}
    assert len(queries.wordings_of("point-professional")) == 2


def test_a_wording_is_refused_for_what_there_is_not_for_days_gone_by_and_for_others(officer, colleague, at):
    with pytest.raises(NotFound):
        commands.word_text(own=OwnWording("point-none", "nb", "A", "B"), from_on=day_of(at), by=officer, at=at)
    with pytest.raises(Invalid):
        word(officer, at, title="")
    with pytest.raises(Invalid):
        word(officer, at, from_on=date(2026, 3, 9))
    with pytest.raises(NotAllowed):
        word(colleague, at)


def test_a_wording_is_never_written_over(officer, at):
    row = word(officer, at)

    with pytest.raises(DatabaseError), transaction.atomic():
        OwnText.objects.filter(pk=row.pk).update(body="Noe annet")
