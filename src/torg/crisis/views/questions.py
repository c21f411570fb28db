"""What people ask, and the one answer that they all get."""

from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from torg.core import clock
from torg.crisis import answering, asking, commands, forms, passing, queries
from torg.crisis.models import Question
from torg.crisis.types import QuestionState
from torg.crisis.views import checked
from torg.crisis.views.frames import frame, is_id
from torg.people.access import StaffRequest, signed_in
from torg.publishing.loading import found
from torg.ui import respond

SHOWN = 200


@signed_in
@require_GET
def questions(request: StaffRequest, incident_id: UUID) -> HttpResponse:
    """Each question with how many ask it, what most ask first; and those that are answered."""
    at = clock.now()
    context = frame(request, incident_id, current="questions", at=at)
    rows = Question.objects.visible_to(request.person, at=at).filter(incident=context["incident"])
    counted = rows.annotate(
        people=Count("asked"),
        waiting=Count("asked", filter=Q(asked__answered_at=None)),
    )
    context |= {
        "open": counted.filter(state=QuestionState.OPEN).order_by("-people", "first_asked_at")[:SHOWN],
        "answered": counted.filter(state=QuestionState.ANSWERED).order_by("-answered_at")[:SHOWN],
        "aside": counted.filter(state=QuestionState.SET_ASIDE).order_by("-first_asked_at")[:SHOWN],
    }
    return respond.respond(request, "crisis/questions.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def question(request: StaffRequest, shared_question_id: UUID) -> HttpResponse:
    """One question: who asked, and the answer to all of them."""
    at = clock.now()
    context = _context(request, shared_question_id)
    row: Question = context["question"]
    main = queries.main_language()
    form = forms.AnswerForm(request.POST or None, main=main, initial={f"question_{main}": row.wording})
    context["form"] = form
    if request.method == "GET" or not form.is_valid():
        return respond.respond(request, "crisis/question.html", context, status=422 if form.errors else 200)
    context |= checked.told(request, row.incident, passing.remarks_on_all(form.answers(), main=main, at=at))
    respond.redraw_on_refusal(request, "crisis/question.html", context, form=form)
    told = form.cleaned_data
    commands.answer_question(
        question_id=shared_question_id,
        texts=form.answers(),
        confirmed=answering.REMARKS if told["is_confirmed"] else (),
        is_public=told["is_public"],
        past=checked.past(request),
        by=request.person,
        at=at,
    )
    return respond.done(request, to=_to(row), toast=_("The answer is on its way to everyone who asked."))


@signed_in
@require_POST
def send_to_more(request: StaffRequest, shared_question_id: UUID) -> HttpResponse:
    """The same answer to those who have asked since."""
    count = commands.send_to_more(question_id=shared_question_id, by=request.person, at=clock.now())
    said = ngettext("On its way to one person.", "On its way to %(count)d people.", count) % {"count": count}
    return respond.done(request, to=reverse("crisis:question", args=[shared_question_id]), toast=said)


@signed_in
@require_POST
def hide(request: StaffRequest, shared_question_id: UUID) -> HttpResponse:
    """Off the status page."""
    row = commands.hide_answer(question_id=shared_question_id, by=request.person, at=clock.now())
    return respond.done(request, to=_to(row), toast=_("Taken off the status page."))


@signed_in
@require_POST
def set_aside(request: StaffRequest, shared_question_id: UUID) -> HttpResponse:
    """It is not of this incident."""
    row = commands.set_aside(question_id=shared_question_id, by=request.person, at=clock.now())
    to = reverse("crisis:questions", args=[row.incident.public_id])
    return respond.done(request, to=to, toast=_("Set aside. Those who asked are in the inbox."))


@signed_in
@require_POST
def move(request: StaffRequest, asked_id: UUID) -> HttpResponse:
    """One person's question stands alone, or belongs to another."""
    chosen = request.POST.get("to", "")
    to = UUID(chosen) if is_id(chosen) else None
    row = commands.move_asked(asked_id=asked_id, to_question=to, by=request.person, at=clock.now())
    return respond.done(request, to=_to(row), toast=_("Moved."))


def _context(request: StaffRequest, question_id: UUID) -> dict[str, Any]:
    at = clock.now()
    row: Question = found(
        Question.objects.visible_to(request.person, at=at).select_related("incident", "answered_by"), question_id
    )
    others = Question.objects.visible_to(request.person, at=at).filter(incident=row.incident).exclude(pk=row.pk)
    asked = asking.with_words(row.asked.all(), row.incident, seen_by=request.person, at=at)
    return {
        **frame(request, row.incident.public_id, current="questions", at=at),
        "question": row,
        "texts": [(code, name, row.texts[code]) for code, name in forms.LANGUAGES if code in row.texts],
        "asked": asked.select_related("enquiry__thread", "injected", "reply").order_by("asked_at", "id")[:SHOWN],
        "waiting": row.asked.filter(answered_at=None).count(),
        "others": others.exclude(state=QuestionState.SET_ASIDE).order_by("first_asked_at")[:50],
    }


def _to(row: Question) -> str:
    return reverse("crisis:question", args=[row.public_id])
