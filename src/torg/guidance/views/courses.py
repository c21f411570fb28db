"""Courses by role: scenarios, then a quiz of one question a page, which works without JavaScript and stores nothing."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from torg.core import clock
from torg.guidance import commands, forms, queries, quizzes
from torg.guidance.content import Course, Option, Question
from torg.guidance.quizzes import Progress
from torg.guidance.views import frame
from torg.people.access import StaffRequest, signed_in
from torg.ui import respond

PAGE = "guidance/quiz.html"


@signed_in
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """All courses, one's own first."""
    at, language = clock.now(), frame.language()
    offered = [
        {
            "offer": each,
            "title": each.course.title.in_language(language),
            "lead": each.course.lead.in_language(language),
        }
        for each in queries.offered_to(request.person, at=at)
    ]
    return respond.respond(
        request, "guidance/courses.html", {"tabs": frame.tabs(request, at=at), "courses": offered, "at": at}
    )


@signed_in
@require_GET
def course(request: StaffRequest, course: str) -> HttpResponse:
    """A course: what it is about, and its scenarios."""
    language, found = frame.language(), quizzes.course_or_absent(course)
    scenarios = [
        {
            "title": each.title.in_language(language),
            "text": each.text.in_language(language),
            "advice": each.advice.in_language(language),
        }
        for each in found.scenarios
    ]
    context = {**_frame(request, found), "scenarios": scenarios}
    return respond.respond(request, "guidance/course.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def quiz(request: StaffRequest, course: str) -> HttpResponse:
    """One question at a time. Each answer is explained at once; the next question brings the answers so far along."""
    found, at = quizzes.course_or_absent(course), clock.now()
    if request.method == "GET":
        return _ask(request, quizzes.begin(found, request.person.public_id, at=at))
    progress = quizzes.opened(request.POST.get("progress", ""), course=found, person=request.person.public_id, at=at)
    if "question" not in request.POST:
        return _ask(request, progress)
    asked = progress.next_question
    if asked is not None and asked.id == request.POST["question"]:
        form = _form(progress, asked, request.POST)
        if not form.is_valid():
            return respond.respond(request, PAGE, _context(request, progress, form=form), status=422)
    further, question, option = quizzes.choose(progress, request.POST["question"], request.POST.get("option", ""))
    return respond.respond(request, PAGE, _context(request, further, explained=(question, option)))


@signed_in
@require_POST
def complete(request: StaffRequest, course: str) -> HttpResponse:
    """The last page of a quiz: note that the course is completed."""
    commands.complete_course(
        course_id=course, progress=request.POST.get("progress", ""), by=request.person, at=clock.now()
    )
    return respond.done(request, to=reverse("guidance:courses"), toast=_("Well done. The course is completed."))


def _ask(request: StaffRequest, progress: Progress) -> HttpResponse:
    asked = progress.next_question
    form = _form(progress, asked) if asked else None
    return respond.respond(request, PAGE, _context(request, progress, form=form))


def _form(progress: Progress, asked: Question, data=None) -> forms.ChoiceForm:
    initial = {"progress": quizzes.sealed(progress), "question": asked.id}
    return forms.ChoiceForm(data, asked=asked, language=frame.language(), initial=initial)


def _context(
    request: StaffRequest,
    progress: Progress,
    *,
    form: forms.ChoiceForm | None = None,
    explained: tuple[Question, Option] | None = None,
) -> dict[str, object]:
    language = frame.language()
    context: dict[str, object] = {
        **_frame(request, progress.course),
        "progress": progress,
        "sealed": quizzes.sealed(progress),
        "total": len(progress.course.questions),
        "form": form,
    }
    if explained:
        question, chosen = explained
        right = next(option for option in question.options if option.is_right)
        context["explained"] = {
            "question": question.text.in_language(language),
            "chosen": chosen.text.in_language(language),
            "why": chosen.why.in_language(language),
            "is_right": chosen.is_right,
            "right": right.text.in_language(language),
            "right_why": right.why.in_language(language),
            "number": len(progress.chosen),
        }
    return context


def _frame(request: StaffRequest, found: Course) -> dict[str, object]:
    language = frame.language()
    return {
        "tabs": frame.tabs(request, at=clock.now()),
        "course": found,
        "title": found.title.in_language(language),
        "lead": found.lead.in_language(language),
    }
