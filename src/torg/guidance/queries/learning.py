"""Who still has to confirm the poster, which courses are one's own, and figures by unit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext as _

from torg.guidance import content
from torg.guidance.content import Course
from torg.guidance.models import Acknowledgement, Completion
from torg.guidance.queries.routine import routine_at
from torg.people import grouping
from torg.people.grouping import UnitFigures
from torg.people.models import Person
from torg.people.types import Role
from torg.records.days import day_of


@dataclass(frozen=True, slots=True)
class Offered:
    """A course as it is offered to somebody; `taken_at` is when they last completed this version of it."""

    course: Course
    is_own: bool
    taken_at: datetime | None


def acknowledgement_of(person: Person, *, year: int) -> Acknowledgement | None:
    """The person's confirmation of the poster that year."""
    return Acknowledgement.objects.filter(person=person, year=year).first()


def without_acknowledgement(*, year: int) -> QuerySet[Person]:
    """Everybody who works here and has not confirmed the poster that year."""
    confirmed = Acknowledgement.objects.filter(year=year).values("person")
    return Person.objects.filter(left_at=None).exclude(pk__in=confirmed)


def offered_to(person: Person, *, at: datetime) -> Sequence[Offered]:
    """All courses, those for the person's own roles (not those lent by somebody away) first."""
    held = person.roles.in_force(at).values_list("role", flat=True)
    own = {Role(role) for role in held}
    taken = {
        (course, version): made_at
        for course, version, made_at in Completion.objects.filter(person=person)
        .order_by("made_at")
        .values_list("course", "version", "made_at")
    }
    all_courses = [
        Offered(course, not course.roles or bool(course.roles & own), taken.get((course.id, course.version)))
        for course in content.courses().values()
    ]
    return sorted(all_courses, key=lambda each: not each.is_own)


def figures(*, at: datetime) -> Sequence[UnitFigures]:
    """By unit, this year: how many have confirmed the poster, and how many have completed a course.

    No unit of fewer than the routine says stands alone.
    """
    year = day_of(at).year
    confirmed = Count("pk", filter=Q(acknowledgements__year=year), distinct=True)
    learnt = Count("pk", filter=Q(courses_taken__made_at__year=year), distinct=True)
    counted = Person.objects.filter(left_at=None).values(unit_name=F("unit__name"))
    rows = counted.annotate(people=Count("pk", distinct=True), confirmed=confirmed, learnt=learnt)
    told = (
        UnitFigures(row["unit_name"] or _("Without a unit"), row["people"], (row["confirmed"], row["learnt"]))
        for row in rows
    )
    return grouping.by_unit(told, least=routine_at(at).least_people)
