"""What people ask, and the one answer that they all get."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from torg.core import clock
from torg.crisis import answering, asking, commands, correcting, forms, passing, queries
from torg.crisis.models import AnswerVersion, Question
from torg.crisis.types import AnswerCorrection, QuestionState
from torg.crisis.views import checked
from torg.crisis.views.frames import frame, is_id, may_take_down
from torg.people.access import StaffRequest, signed_in
from torg.publishing.loading import found
from torg.ui import respond

SHOWN = 200
# So long a job may take to send an answer before anybody is asked to send it once more.
SENDING = timedelta(seconds=30)
PAGE = "crisis/question.html"


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
    context["form"] = context["form"] or form
    if request.method == "GET" or not form.is_valid():
        return respond.respond(request, PAGE, context, status=422 if form.errors else 200)
    context |= checked.told(request, row.incident, passing.remarks_on_all(form.answers(), main=main, at=at))
    respond.redraw_on_refusal(request, PAGE, context, form=form)
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
def correct(request: StaffRequest, shared_question_id: UUID) -> HttpResponse:
    """Correct the answer; what the checks stop in the new one is shown with it."""
    at = clock.now()
    context = _context(request, shared_question_id)
    row: Question = context["question"]
    said = row.answer.texts if row.answer is not None else {}
    form = context["form"] = forms.AnswerCorrectionForm(request.POST, main=row.language, said=said)
    if not form.is_valid():
        return respond.respond(request, PAGE, context, status=422)
    context |= checked.told(request, row.incident, passing.remarks_on_all(form.as_sent(), main=row.language, at=at))
    respond.redraw_on_refusal(request, PAGE, context, form=form)
    commands.correct_answer(
        question_id=shared_question_id,
        correction=_correction(form, request.POST.get("seen", "")),
        past=checked.past(request),
        by=request.person,
        at=at,
    )
    return respond.done(request, to=_to(row), toast=_("The correction is out, and marked as one."))


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
        Question.objects.visible_to(request.person, at=at).select_related("incident", "answer__made_by"), question_id
    )
    versions = list(row.versions.select_related("made_by").order_by("number"))
    others = Question.objects.visible_to(request.person, at=at).filter(incident=row.incident).exclude(pk=row.pk)
    asked = asking.with_words(row.asked.all(), row.incident, seen_by=request.person, at=at)
    context = frame(request, row.incident.public_id, current="questions", at=at)
    return {
        **context,
        "may_take_down": row.is_public and may_take_down(request, context),
        "question": row,
        "versions": [(one, _texts(one), _told(one)) for one in reversed(versions)],
        "form": _correction_form(row),
        "asked": asked.select_related("enquiry__thread", "injected", "reply", "version")
        .prefetch_related("corrections__version", "corrections__reply")
        .order_by("asked_at", "id")[:SHOWN],
        **row.asked.aggregate(
            waiting=Count("pk", filter=Q(answered_at=None)),
            answered_people=Count("pk", filter=Q(version__isnull=False)),
        ),
        "is_being_sent": row.answered_at is not None and at - row.answered_at < SENDING,
        "behind": correcting.lacking(row).count() + correcting.waiting(row).exclude(problem="").count(),
        "others": others.exclude(state=QuestionState.SET_ASIDE).order_by("first_asked_at")[:50],
    }


def _texts(said: AnswerVersion) -> list[tuple[str, Any, Any]]:
    return [(code, name, said.texts[code]) for code, name in forms.LANGUAGES if code in said.texts]


def _told(said: AnswerVersion) -> list[tuple[str, str]]:
    return [(code, said.told[code]) for code, _name in forms.LANGUAGES if code in said.told]


def _correction_form(row: Question) -> forms.AnswerCorrectionForm | None:
    if row.answer is None:
        return None
    said = row.answer.texts
    initial = {f"{part}_{code}": text for code, parts in said.items() for part, text in parts.items()}
    return forms.AnswerCorrectionForm(main=row.language, said=said, initial=initial)


def _correction(form: forms.AnswerCorrectionForm, seen: str) -> AnswerCorrection:
    told = form.cleaned_data
    return AnswerCorrection(
        texts=form.answers(),
        told=form.told(),
        seen_version=int(seen) if seen.isdecimal() and len(seen) < 9 else 0,
        fitting=form.fitting(),
        confirmed=answering.REMARKS if told["is_confirmed"] else (),
        shows=told["shows"],
        tells=told["tells"],
    )


def _to(row: Question) -> str:
    return reverse("crisis:question", args=[row.public_id])
