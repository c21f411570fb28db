"""The municipality's own wordings."""

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from torg.core import clock
from torg.guidance import commands, forms, queries, wording
from torg.guidance.commands.texts import OwnWording
from torg.guidance.content import LANGUAGES
from torg.guidance.views import frame
from torg.people.access import StaffRequest, requires_everywhere
from torg.people.types import Permission
from torg.records.days import day_of
from torg.ui import respond


@requires_everywhere(Permission.ADVISE)
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """Every text that can be worded anew."""
    at = clock.now()
    owns = queries.owns_on(day_of(at))
    worded = {key for key, _language in owns}
    texts = [(text, text.key in worded) for text in wording.texts(frame.language(), owns)]
    return respond.respond(request, "guidance/texts.html", {"tabs": frame.tabs(request, at=at), "texts": texts})


@requires_everywhere(Permission.ADVISE)
@require_http_methods(["GET", "POST"])
def text(request: StaffRequest, text_key: str) -> HttpResponse:
    """One text in one language: as it holds, how it was worded before, and a new wording."""
    at = clock.now()
    day, language = day_of(at), _language(request)
    shown = queries.text_or_absent(text_key, language, day=day)
    initial = {"title": shown.title, "body": shown.body, "from_on": day}
    form = forms.OwnTextForm(request.POST or None, initial=initial)
    context = {
        "tabs": frame.tabs(request, at=at),
        "text": shown,
        "form": form,
        "language": language,
        "languages": settings.LANGUAGES,
        "wordings": queries.wordings_of(text_key),
    }
    if request.method == "GET" or not form.is_valid():
        return respond.respond(request, "guidance/text.html", context, status=422 if form.errors else 200)
    respond.redraw_on_refusal(request, "guidance/text.html", context, form=form)
    given = form.cleaned_data
    own = OwnWording(text_key, language, given["title"], given["body"])
    commands.word_text(own=own, from_on=given["from_on"], by=request.person, at=at)
    return respond.done(request, to=reverse("guidance:texts"), toast=_("The wording is saved."))


def _language(request: StaffRequest) -> str:
    asked = request.GET.get("language", "")
    return asked if asked in LANGUAGES else frame.language()
