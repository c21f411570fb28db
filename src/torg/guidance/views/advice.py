"""Asking the information unit, and its queue."""

from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from torg.core import clock
from torg.guidance import commands, forms, queries
from torg.guidance.types import Topic
from torg.guidance.views import frame
from torg.people.access import StaffRequest, requires, requires_everywhere, signed_in
from torg.people.types import Permission
from torg.ui import respond

ASK_AGAIN = gettext_lazy("What is still unclear?")
PAGE = "guidance/question.html"


@signed_in
@require_http_methods(["GET", "POST"])
def advice(request: StaffRequest) -> HttpResponse:
    """Ask, and see one's own questions."""
    at = clock.now()
    form = forms.AskForm(request.POST or None)
    context = {
        "tabs": frame.tabs(request, at=at),
        "form": form,
        "questions": queries.asked_by(request.person),
        "within": queries.within(at=at),
        "at": at,
    }
    if request.method == "GET" or not form.is_valid():
        return respond.respond(request, "guidance/advice.html", context, status=422 if form.errors else 200)
    respond.redraw_on_refusal(request, "guidance/advice.html", context, form=form)
    asked = commands.ask_advice(
        topic=Topic(form.cleaned_data["topic"]), text=form.cleaned_data["text"], by=request.person, at=at
    )
    said = _("Your question is sent. You are told when it is answered.")
    return respond.done(request, to=reverse("guidance:question", args=[asked.public_id]), toast=said)


@requires(Permission.ADVISE)
@require_GET
def queue(request: StaffRequest) -> HttpResponse:
    """Questions that wait, and those answered lately."""
    at = clock.now()
    within = queries.within(at=at)
    context = {
        "tabs": frame.tabs(request, at=at),
        "waiting": queries.queue()[:100],
        "answered": queries.answered_lately(),
        "term": forms.TermForm(initial={"within": within}),
        "at": at,
    }
    return respond.respond(request, "guidance/queue.html", context)


@requires_everywhere(Permission.ADVISE)
@require_POST
def term(request: StaffRequest) -> HttpResponse:
    """Set how fast questions are answered."""
    commands.set_advice_term(within=request.POST.get("within", "").strip(), by=request.person, at=clock.now())
    return respond.done(request, to=reverse("guidance:queue"), toast=_("The deadline for new questions is set."))


@signed_in
@require_GET
def question(request: StaffRequest, question_id: UUID) -> HttpResponse:
    """One question, for whoever asked and for those who advise."""
    return respond.respond(request, PAGE, _context(request, question_id, at=clock.now()))


@requires(Permission.ADVISE)
@require_POST
def take(request: StaffRequest, question_id: UUID) -> HttpResponse:
    """Take a question."""
    commands.take_advice(question_id=question_id, by=request.person, at=clock.now())
    return _back(request, question_id, _("The question is yours."))


@requires(Permission.ADVISE)
@require_POST
def put_back(request: StaffRequest, question_id: UUID) -> HttpResponse:
    """Put a question back."""
    commands.put_back_advice(question_id=question_id, by=request.person, at=clock.now())
    return _back(request, question_id, _("The question is back in the queue."))


@requires(Permission.ADVISE)
@require_POST
def answer(request: StaffRequest, question_id: UUID) -> HttpResponse:
    """Answer a question."""
    at = clock.now()
    form = forms.WriteForm(request.POST)
    context = _context(request, question_id, at=at, answer=form)
    if not form.is_valid():
        return respond.respond(request, PAGE, context, status=422)
    respond.redraw_on_refusal(request, PAGE, context, form=form)
    commands.answer_advice(question_id=question_id, text=form.cleaned_data["text"], by=request.person, at=at)
    return _back(request, question_id, _("The answer is given. It can become an entry in the guide."))


@signed_in
@require_POST
def reopen(request: StaffRequest, question_id: UUID) -> HttpResponse:
    """Ask again."""
    at = clock.now()
    form = forms.WriteForm(request.POST, label=ASK_AGAIN)
    context = _context(request, question_id, at=at, again=form)
    if not form.is_valid():
        return respond.respond(request, PAGE, context, status=422)
    respond.redraw_on_refusal(request, PAGE, context, form=form)
    commands.reopen_advice(question_id=question_id, text=form.cleaned_data["text"], by=request.person, at=at)
    return _back(request, question_id, _("You have asked again."))


def _context(
    request: StaffRequest,
    question_id: UUID,
    *,
    at: datetime,
    answer: forms.WriteForm | None = None,
    again: forms.WriteForm | None = None,
) -> dict[str, object]:
    return {
        "tabs": frame.tabs(request, at=at),
        "talk": queries.talk(question_id, seen_by=request.person, at=at),
        "answer": answer or forms.WriteForm(),
        "again": again or forms.WriteForm(label=ASK_AGAIN),
        "at": at,
    }


def _back(request: StaffRequest, question_id: UUID, said: str) -> HttpResponse:
    return respond.done(request, to=reverse("guidance:question", args=[question_id]), toast=said)
