"""Asking for access, following the request behind its secret link, fetching documents, and complaining."""

from uuid import UUID

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from torg.core import clock
from torg.core.actors import Rule
from torg.core.errors import Unavailable
from torg.files import queries as files
from torg.openness import commands, deadlines, loading, queries, receipts
from torg.openness.models import AccessRequest
from torg.people.access import public
from torg.site import forms
from torg.site.views import frame
from torg.ui import respond

ANYONE = "anyone may ask for access, without saying who they are (offentleglova § 3)"
BY_LINK = "whoever has the secret link is the one who asked, who has no account here"
REQUESTER = Rule("openness.requester", "1")
# From one address in an hour: far more than anybody reads, few enough that a machine is no burden.
MOST_ASKED, WITHIN = 60, 3600


@public(ANYONE)
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, public_entry_id: UUID) -> HttpResponse:
    """The form, and the receipt behind a link of one's own."""
    filled = frame.context({})
    row = queries.entry_or_absent(public_entry_id, at=clock.now())
    form = forms.AskForm(request.POST or None, initial={"language": translation.get_language()})
    filled |= {"row": row, "form": form}
    if not form.is_bound or not form.is_valid() or form.cleaned_data["website"]:
        return frame.page(request, "site/ask.html", filled, status=422 if form.errors else 200)
    _count(request)
    respond.redraw_on_refusal(request, "site/ask.html", filled, form=form)
    _made, secret = commands.ask(public_entry_id=public_entry_id, wanted=form.asked(), by=REQUESTER, at=clock.now())
    return frame.unlisted(respond.done(request, to=reverse("site:request", args=[secret])), is_secret=True)


@public(BY_LINK)
@require_safe
def request_page(request: HttpRequest, secret: str) -> HttpResponse:
    """Where the request stands, the answer, the documents, and the complaint."""
    found = loading.request_by_secret(secret, at=clock.now())
    return frame.unlisted(_shown(request, found, secret), is_secret=True)


@public(BY_LINK)
@require_POST
def complaint(request: HttpRequest, secret: str) -> HttpResponse:
    """Complain."""
    found = loading.request_by_secret(secret, at=clock.now())
    frame.context({}, language=found.language)
    form = forms.AccessComplaintForm(request.POST)
    if not form.is_valid():
        return frame.unlisted(_shown(request, found, secret, form=form, status=422), is_secret=True)
    text = form.cleaned_data["text"]
    commands.complain(request_id=found.public_id, text=text, by=REQUESTER, at=clock.now())
    return frame.unlisted(respond.done(request, to=reverse("site:request", args=[secret])), is_secret=True)


@public(BY_LINK)
@require_POST
def withdrawal(request: HttpRequest, secret: str) -> HttpResponse:
    """Take the request back."""
    found = loading.request_by_secret(secret, at=clock.now())
    frame.context({}, language=found.language)
    commands.take_back(request_id=found.public_id, by=REQUESTER, at=clock.now())
    return frame.unlisted(respond.done(request, to=reverse("site:request", args=[secret])), is_secret=True)


@public(BY_LINK)
@require_safe
def file(request: HttpRequest, secret: str, handed_out_id: UUID) -> HttpResponse:
    """One document, to be saved."""
    found = commands.fetch(secret=secret, file_id=handed_out_id, by=REQUESTER, at=clock.now())
    kept = found.document_object
    is_pdf = kept.media_type == "application/pdf"
    answer = HttpResponse(
        files.read(kept.sha256), content_type=kept.media_type if is_pdf else "application/octet-stream"
    )
    ending = ".pdf" if is_pdf else ""
    answer.headers["Content-Disposition"] = f'attachment; filename="{found.public_id}{ending}"'
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return frame.unlisted(answer, is_secret=True)


def _shown(
    request: HttpRequest,
    found: AccessRequest,
    secret: str,
    *,
    form: forms.AccessComplaintForm | None = None,
    status: int = 200,
) -> HttpResponse:
    at = clock.now()
    newest = found.decisions.order_by("-id").first()
    told = {
        "asked": found,
        "decision": newest,
        "files": newest.files.select_related("document_object__document").order_by("id") if newest else (),
        "is_silent": deadlines.is_silent(found, at=at),
        "may_complain": deadlines.may_complain(found, outcome=newest.outcome if newest else "", at=at),
        "form": form or forms.AccessComplaintForm(),
        "secret": secret,
        "together": [(other.entry.own_number, receipts.link_of(other)) for other in loading.asked_together(found)],
    }
    return frame.page(request, "site/request.html", frame.context(told, language=found.language), status=status)


def _count(request: HttpRequest) -> None:
    """Raises Unavailable for a machine that asks without end."""
    key = f"asked:{request.META.get('REMOTE_ADDR', '')}"
    cache.add(key, 0, WITHIN)
    if cache.incr(key) > MOST_ASKED:
        raise Unavailable(_("You have asked for much in a short time. Wait an hour, or call us."))
