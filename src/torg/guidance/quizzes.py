"""A quiz without memory: what has been answered so far travels with the form, signed, and is stored nowhere."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.core import signing
from django.utils.translation import gettext as _

from torg.core import ids
from torg.core.errors import Invalid, NotFound
from torg.guidance import content
from torg.guidance.content import Course, Option, Question

SALT = "torg.guidance.quiz"
# Somebody may be called away in the middle of it.
LASTS = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one person is in one course: the options that were chosen, by question."""

    course: Course
    person: UUID
    attempt: UUID
    began_at: datetime
    chosen: Mapping[str, str] = field(default_factory=dict)

    @property
    def next_question(self) -> Question | None:
        """The first question without an answer; None when all are answered."""
        return next((each for each in self.course.questions if each.id not in self.chosen), None)

    @property
    def number(self) -> int:
        """Which question comes next, counted from one."""
        return len(self.chosen) + 1

    @property
    def right(self) -> int:
        """How many were right at the first try."""
        return sum(option.is_right for option in self._options())

    def _options(self) -> list[Option]:
        found = (question.option(self.chosen.get(question.id, "")) for question in self.course.questions)
        return [option for option in found if option is not None]


def begin(course: Course, person: UUID, *, at: datetime) -> Progress:
    """From the first question; a retake begins in the same way."""
    return Progress(course, person, ids.new(), at)


def choose(progress: Progress, question_id: str, option_id: str) -> tuple[Progress, Question, Option]:
    """Answer the next question. Raises Invalid for another question, or for an option that it does not have."""
    question = progress.next_question
    if question is None or question.id != question_id:
        raise Invalid(_("This question was answered already, or comes later. Go on from where you are."))
    option = question.option(option_id)
    if option is None:
        raise Invalid(_("Choose one of the answers."), field="option")
    return replace(progress, chosen={**progress.chosen, question.id: option.id}), question, option


def sealed(progress: Progress) -> str:
    """The progress as text that only we can have written."""
    course, began = progress.course, int(progress.began_at.timestamp())
    told = [course.id, course.version, str(progress.person), str(progress.attempt), began, dict(progress.chosen)]
    return signing.dumps(told, salt=SALT, compress=True)


def opened(token: str, *, course: Course, person: UUID, at: datetime) -> Progress:
    """The progress that a form brings back.

    Raises Invalid when it is not ours, too old, of another course or version, or somebody else's.
    """
    try:
        name, version, whose, attempt, began, chosen = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError) as problem:
        raise Invalid(_("The answers so far could not be read. Begin the questions again.")) from problem
    if (name, version, whose) != (course.id, course.version, str(person)):
        raise Invalid(_("These answers belong to another course or another person. Begin the questions again."))
    began_at = datetime.fromtimestamp(began, UTC)
    if at - began_at > LASTS:
        raise Invalid(_("It is too long since you began. Begin the questions again."))
    return Progress(course, person, UUID(attempt), began_at, chosen)


def course_or_absent(course_id: str) -> Course:
    """The course of that name; raises NotFound."""
    course = content.courses().get(course_id)
    if course is None:
        raise NotFound(_("There is no such course."))
    return course
