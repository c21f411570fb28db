"""The guide: search, read, make from an answered question, edit, take out."""

from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from torg.core import clock
from torg.guidance import commands, forms, queries
from torg.guidance.commands.guide import Entry
from torg.guidance.types import Topic
from torg.guidance.views import frame
from torg.people import queries as people
from torg.people.access import StaffRequest, requires_everywhere, signed_in
from torg.people.types import Permission
from torg.ui import respond

PAGE = "guidance/edit_entry.html"


@signed_in
@require_GET
def guide(request: StaffRequest) -> HttpResponse:
    """Search the guide; without words, all of it."""
    at = clock.now()
    form = forms.SearchForm(request.GET)
    text, topic = request.GET.get("text", "")[:200], request.GET.get("topic", "")
    context = {
        **_frame(request, at=at),
        "form": form,
        "entries": queries.guide(text=text.replace("\x00", ""), topic=topic),
        "is_searched": bool(text.strip() or topic),
    }
    return respond.respond(request, "guidance/guide.html", context)


@signed_in
@require_GET
def entry(request: StaffRequest, guide_entry_id: UUID) -> HttpResponse:
    """One entry."""
    at = clock.now()
    context = {**_frame(request, at=at), "entry": queries.entry_or_absent(guide_entry_id), "at": at}
    return respond.respond(request, "guidance/entry.html", context)


@requires_everywhere(Permission.ADVISE)
@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """Write an entry that comes from no question."""
    return _make(request, None, {})


@requires_everywhere(Permission.ADVISE)
@require_http_methods(["GET", "POST"])
def from_question(request: StaffRequest, question_id: UUID) -> HttpResponse:
    """Make an entry from an answered question: the form begins with what was written, to be edited."""
    talk = queries.talk(question_id, seen_by=request.person, at=clock.now())
    answers = [message.text for message in talk.messages if message.is_answer]
    asked = [message.text for message in talk.messages if not message.is_answer]
    initial = {"title": asked[0][:160], "body": "\n\n".join(answers), "topic": talk.question.topic}
    return _make(request, question_id, initial)


@requires_everywhere(Permission.ADVISE)
@require_http_methods(["GET", "POST"])
def edit(request: StaffRequest, guide_entry_id: UUID) -> HttpResponse:
    """Write an entry anew."""
    at = clock.now()
    row = queries.entry_or_absent(guide_entry_id)
    initial = {"title": row.title, "body": row.body, "topic": row.topic, "language": row.language}
    form = forms.EntryForm(request.POST or None, initial=initial)
    context = {**_frame(request, at=at), "form": form, "entry": row}
    if request.method == "GET" or not form.is_valid():
        return respond.respond(request, PAGE, context, status=422 if form.errors else 200)
    respond.redraw_on_refusal(request, PAGE, context, form=form)
    commands.edit_entry(entry_id=guide_entry_id, entry=_entry(form), by=request.person, at=at)
    return respond.done(request, to=reverse("guidance:entry", args=[guide_entry_id]), toast=_("The entry is changed."))


@requires_everywhere(Permission.ADVISE)
@require_POST
def retire(request: StaffRequest, guide_entry_id: UUID) -> HttpResponse:
    """Take an entry out."""
    commands.retire_entry(entry_id=guide_entry_id, by=request.person, at=clock.now())
    return respond.done(request, to=reverse("guidance:guide"), toast=_("The entry is taken out of the guide."))


def _make(request: StaffRequest, question_id: UUID | None, initial: dict[str, str]) -> HttpResponse:
    at = clock.now()
    form = forms.EntryForm(request.POST or None, initial={"language": frame.language(), **initial})
    context = {**_frame(request, at=at), "form": form}
    if request.method == "GET" or not form.is_valid():
        return respond.respond(request, PAGE, context, status=422 if form.errors else 200)
    respond.redraw_on_refusal(request, PAGE, context, form=form)
    made = commands.make_entry(entry=_entry(form), question_id=question_id, by=request.person, at=at)
    to = reverse("guidance:entry", args=[made.public_id])
    return respond.done(request, to=to, toast=_("The entry is in the guide."))


def _entry(form: forms.EntryForm) -> Entry:
    given = form.cleaned_data
    return Entry(given["title"], given["body"], Topic(given["topic"]), given["language"])


def _frame(request: StaffRequest, *, at: datetime) -> dict[str, object]:
    return {
        "tabs": frame.tabs(request, at=at),
        "keeps": people.may(request.person, Permission.ADVISE, scope_id=None, at=at),
    }
