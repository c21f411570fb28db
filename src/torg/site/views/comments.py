"""Comments on our own site: written by anybody, looked through once by whoever wrote, shown to staff who decide."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from torg.core import clock
from torg.core.errors import Invalid
from torg.people.access import StaffRequest, public, requires
from torg.people.types import Permission
from torg.publishing import queries as publishing
from torg.publishing.types import Published
from torg.site import addresses, commands, commenting, discussion, forms, identity, queries, rendering, writers
from torg.site.views import frame
from torg.triage import readings
from torg.ui import respond

ANYBODY = "anybody may comment, without saying who they are"
FORM, PREVIEW = "site/comment.html", "site/comment_preview.html"


# There is nothing to forge: nobody is signed in here, and a cookie would be one that the page does without.
@csrf_exempt
@public(ANYBODY)
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, article_id: UUID) -> HttpResponse:
    """The form; then what was written, once more to look through; then what only its writer sees."""
    at = clock.now()
    told = _article(article_id, request.POST.get("language") or request.GET.get("sprak", ""))
    form = forms.CommentForm(request.POST or None, initial={"language": told.language})
    context = {**_around(told), "form": form}
    if not form.is_bound or not form.is_valid():
        return frame.page(request, FORM, context, status=422 if form.errors else 200)
    written = form.written(article_id)
    # Whatever is wrong, the page that comes again can be sent.
    context |= {"stamp": commenting.stamp(written, at=at), "is_private": _is_private(written.text)}
    if not form.cleaned_data["opened"]:
        return frame.page(request, PREVIEW, context)
    respond.redraw_on_refusal(request, PREVIEW, context, form=form)
    commenting.check_stamp(form.cleaned_data["opened"], written, at=at)
    commenting.count(request.META.get("REMOTE_ADDR", ""))
    row = commands.receive_comment(written=written, at=at)
    to = reverse("site:own-comment", args=[writers.secret_of(row)])
    return frame.unlisted(respond.done(request, to=to), is_secret=True)


@requires(Permission.HIDE)
@require_GET
def waiting(request: StaffRequest) -> HttpResponse:
    """Comments that somebody must look at before they are shown."""
    at = clock.now()
    rows = list(queries.comments_waiting(request.person, at=at)[:50])
    titles = {row.article_id: publishing.published_one(row.article_id) for row in rows}
    told = [(row, titles[row.article_id], _is_private(row.text)) for row in rows]
    return respond.respond(request, "site/comments_waiting.html", {"rows": told, "at": at})


@requires(Permission.HIDE)
@require_POST
def showing(request: StaffRequest, site_comment_id: UUID) -> HttpResponse:
    """Let a comment that waited be seen."""
    seen = forms.SeenForm(request.POST)
    if not seen.is_valid():
        raise Invalid(_("Load the page again, and read the comment before you show it."))
    commands.show_comment(comment_id=site_comment_id, **seen.cleaned_data, by=request.person, at=clock.now())
    return respond.done(request, to=reverse("site:comments"), toast=_("Everyone can read the comment now."))


def _article(article_id: UUID, language: str) -> Published:
    told = publishing.published_one(article_id, language=language or None) or publishing.published_one(article_id)
    if told is None or told.is_withdrawn:
        raise Http404
    return told


def _around(told: Published) -> dict[str, object]:
    """The frame, the article and the way back to it."""
    municipality = identity.current()
    spoken = addresses.frame_language(told.language, municipality)
    context = frame.context({"article": told}, language=spoken, kind=rendering.NEWS)
    back = addresses.article(told, municipality)
    return {**context, "discussion": discussion.of_article(told.public_id), "back": back}


def _is_private(text: str) -> bool:
    """Whether the software finds something in it that it would mask, such as a national identity number."""
    return any(reading.masked_text != text for reading in readings.read_all([text]).values())
