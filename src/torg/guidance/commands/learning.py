"""Confirming the poster, and completing a course."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from torg.audit import commands as audit
from torg.core.errors import Invalid, InvalidTransition
from torg.guidance import events, queries, quizzes, wording
from torg.guidance.models import Acknowledgement, Completion
from torg.people.models import Person
from torg.records.days import day_of


@transaction.atomic
def acknowledge(*, by: Person, at: datetime) -> Acknowledgement:
    """Confirm that one has read the poster and will keep to it this year (bekreftelse).

    Raises InvalidTransition when one has confirmed it this year.
    """
    day = day_of(at)
    version = wording.shown(get_language() or by.language, queries.owns_on(day)).version
    try:
        with transaction.atomic():
            row = Acknowledgement.objects.create(person=by, unit=by.unit, year=day.year, version=version, made_at=at)
    except IntegrityError as problem:
        raise InvalidTransition(_("You have confirmed this already this year. Thank you!")) from problem
    audit.record(events.ACKNOWLEDGED, actor=by, scope=None, target=row, at=at, facts={"year": day.year})
    return row


@transaction.atomic
def complete_course(*, course_id: str, progress: str, by: Person, at: datetime) -> Completion:
    """Note that one has answered every question of a course; what one answered is forgotten.

    A form that is sent twice counts once. Raises Invalid for progress that is not ours, is somebody else's, or lacks
    answers.
    """
    course = quizzes.course_or_absent(course_id)
    answered = quizzes.opened(progress, course=course, person=by.public_id, at=at)
    if answered.next_question is not None:
        raise Invalid(_("There are questions left. Answer them first."))
    row, is_new = Completion.objects.get_or_create(
        attempt=answered.attempt,
        defaults={"person": by, "unit": by.unit, "course": course.id, "version": course.version, "made_at": at},
    )
    if is_new:
        facts: dict[str, int | str] = {"course": course.id, "version": course.version}
        audit.record(events.COURSE_COMPLETED, actor=by, scope=None, target=row, at=at, facts=facts)
    return row
